"""The rest of a BibTeX entry: fields that are not shown, but used in citations and exports."""

from dataclasses import replace

from paperreader.formats.bibtex.entries import Entry
from paperreader.formats.bibtex.latex_text import printed, verbatim
from paperreader.formats.bibtex.names import people
from paperreader.papers.bibtex_fields import PREAMBLE
from paperreader.papers.paper import Paper

# Fields that are attributes of the paper.
_TAKEN = frozenset(
    """title abstract author editor year month day date keywords keyword author_keywords
    author-keywords mendeley-tags doi url pmid pubmedid pmcid pmc isbn arxivid arxiv arxiv_id
    ids""".split()
)
_EPRINT = frozenset("eprint archiveprefix eprinttype primaryclass eprintclass".split())
# Fields that hold a path or an address, in which a backslash is not a command.
_VERBATIM = frozenset("file local-url pdf verba verbb verbc biburl".split())


def with_record(paper: Paper, entry: Entry) -> Paper:
    """Return the paper with the entry's type, key, editors, other fields, and LaTeX.

    The LaTeX of an abstract is not kept, as it would double the size of most records; neither is
    that of inherited fields. A macro that the file does not define is marked as one.
    """
    own = {
        name: f"\\bibtexmacro{{{value}}}" if name in entry.macros else value
        for name, value in entry.fields.items()
        if name not in entry.inherited
    }
    bibtex = {name: " ".join(v.split()) for name, v in own.items() if name != "abstract"}
    if entry.preamble:
        bibtex[PREAMBLE] = entry.preamble
    return replace(
        paper,
        kind=entry.type,
        citation_key=entry.key,
        editors=people(entry.fields.get("editor", "")),
        fields=_other_fields(paper, entry),
        bibtex=bibtex,
    )


def _other_fields(paper: Paper, entry: Entry) -> dict[str, str]:
    """Return the text of every field that is not an attribute of the paper."""
    taken = _TAKEN | _EPRINT if "arxiv" in paper.identifiers else _TAKEN
    venue = " ".join(paper.venue.split())
    fields: dict[str, str] = {}
    for name, value in entry.fields.items():
        plain = verbatim(value) if name in _VERBATIM else printed(value)
        plain = " ".join(plain.split())
        if plain and name not in taken and (plain != venue or name in ("note", "subtitle")):
            fields[name] = plain
    return fields
