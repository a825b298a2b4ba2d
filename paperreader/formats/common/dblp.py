"""What DBLP's records have in common in XML and JSON."""

# The types of its search, and the entry types.
ENTRY_TYPES = {
    "Journal Articles": "article", "Conference and Workshop Papers": "inproceedings",
    "Informal and Other Publications": "misc", "Informal Publications": "misc",
    "Editorship": "proceedings", "Books and Theses": "book", "Reference Works": "inreference",
    "Parts in Books or Collections": "incollection", "Data and Artifacts": "dataset",
}  # fmt: skip


def title_of(text: str) -> str:
    """Return a title without the full stop that DBLP puts after it."""
    return " ".join(text.split()).removesuffix(".")


def citation_key(key: str) -> str:
    """Return the citation key of DBLP's BibTeX for the record with this key."""
    return f"DBLP:{key}" if key else ""
