"""The whole record of a BibTeX entry: what is not shown, but cited from and written back."""

from dataclasses import replace

from paperreader.formats.bibtex.entries import Entry
from paperreader.formats.bibtex.latex_text import printed, verbatim
from paperreader.formats.bibtex.names import people
from paperreader.papers.paper import Paper

# Fields whose text is in an attribute of the paper.
_TAKEN = frozenset(
    """title abstract author editor year month day date keywords keyword author_keywords
    author-keywords mendeley-tags doi url pmid pubmedid pmcid pmc isbn arxivid arxiv arxiv_id
    ids""".split()
)
_EPRINT = frozenset("eprint archiveprefix eprinttype primaryclass eprintclass".split())
# Fields that hold a path or an address, in which a backslash is no command.
_VERBATIM = frozenset("file local-url pdf verba verbb verbc biburl".split())


def with_record(paper: Paper, entry: Entry) -> Paper:
    """Return the paper with the entry's type, key, editors, other fields, and own LaTeX.

    The LaTeX of an abstract is not kept, which would double the size of most records; nor that
    of fields that the entry inherits. A macro that the file does not define is marked as one.
    """
    own = {
        name: f"\\bibtexmacro{{{value}}}" if name in entry.macros else value
        for name, value in entry.fields.items()
        if name not in entry.inherited
    }
    return replace(
        paper,
        kind=entry.type,
        citation_key=entry.key,
        editors=people(entry.fields.get("editor", "")),
        fields=_others(paper, entry),
        bibtex={name: " ".join(v.split()) for name, v in own.items() if name != "abstract"},
    )


def _others(paper: Paper, entry: Entry) -> dict[str, str]:
    """Return the text of every field that no attribute of the paper holds."""
    taken = _TAKEN | _EPRINT if "arxiv" in paper.identifiers else _TAKEN
    venue = " ".join(paper.venue.split())
    found: dict[str, str] = {}
    for name, value in entry.fields.items():
        text = verbatim(value) if name in _VERBATIM else printed(value)
        text = " ".join(text.split())
        if text and name not in taken and (text != venue or name in ("note", "subtitle")):
            found[name] = text
    return found
