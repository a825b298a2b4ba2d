"""Dialogs, and the entries they offer."""
