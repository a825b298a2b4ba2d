"""The fields of BibTeX and biblatex, and the attributes of a paper that they correspond to."""

from paperreader.papers.paper import Paper

# The name in `Paper.bibtex` of the preambles that the entry needs, with empty lines between them.
PREAMBLE = "@preamble"
# The fields that say where a work appeared; `Paper.venue` holds one of them.
VENUE_FIELDS = frozenset(
    "journal journaltitle booktitle school institution organization howpublished".split()
)
_VENUE_FIELDS = {
    "article": "journal", "periodical": "journal", "review": "journal",
    "thesis": "institution", "phdthesis": "school", "mastersthesis": "school",
    "report": "institution", "techreport": "institution", "manual": "organization",
    "misc": "journal", "online": "organization", "electronic": "organization",
    "unpublished": "howpublished", "booklet": "howpublished", "software": "organization",
    "dataset": "organization", "patent": "organization",
}  # fmt: skip
# The fields that are attributes of a paper, rather than entries of `Paper.fields`.
_ATTRIBUTES = {
    "title": "title", "subtitle": "title", "author": "authors", "editor": "editors",
    "abstract": "abstract", "keywords": "keywords", "note": "comment", "comment": "comment",
    "date": "published", "year": "published", "month": "published", "day": "published",
    **dict.fromkeys(VENUE_FIELDS, "venue"),
}  # fmt: skip


def venue_field(kind: str) -> str:
    """Return the field that holds the venue in an entry of that kind."""
    return _VENUE_FIELDS.get(kind, "booktitle")


def value_of(paper: Paper, name: str) -> object:
    """Return the value of the field `name` in `paper`, '' if it has none.

    An entry of `Paper.fields` goes before the attribute that the field usually is.
    """
    if name in paper.fields:
        return paper.fields[name]
    if name in _ATTRIBUTES:
        return getattr(paper, _ATTRIBUTES[name])
    return paper.identifiers.get("arxiv" if name == "eprint" else name, "")
