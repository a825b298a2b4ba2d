"""Hugging Face Papers: pages saved as text or HTML, and the JSON of its API."""
