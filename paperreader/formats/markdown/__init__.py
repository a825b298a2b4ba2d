"""Markdown: lists, tables and digests of papers, and our own reading lists."""
