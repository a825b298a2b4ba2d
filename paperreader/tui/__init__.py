"""The reader on the screen. Only this package imports Textual."""
