"""Vectors of words and papers: search by meaning, with numpy alone."""
