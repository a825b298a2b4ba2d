"""Saved web pages of papers: by the metadata that sites put there for search engines."""
