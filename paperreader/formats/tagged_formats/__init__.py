"""Formats of tagged lines: RIS, Web of Science, EndNote, PubMed nbib."""
