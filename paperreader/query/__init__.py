"""The query language: from text to a tree, and what a screen or a script asks for."""
