"""Tests of what leaves: every format against hostile papers, foreign parsers and our readers."""
