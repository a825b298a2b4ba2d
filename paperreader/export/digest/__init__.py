"""A digest of new papers, as text, Markdown, a web page, or a mail."""
