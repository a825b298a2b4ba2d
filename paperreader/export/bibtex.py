"""BibTeX: entries that came from a .bib as they were, others in the form of arXiv's."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TextIO

from paperreader.export import citation_keys, dates
from paperreader.export.base import ExportFormat
from paperreader.export.latex_text import is_closed, is_whole, protected, safe, verbatim
from paperreader.papers import names
from paperreader.papers.bibtex_fields import PREAMBLE, VENUE_FIELDS, venue_field
from paperreader.papers.links import best_url
from paperreader.papers.months import ABBREVIATED
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.papers.untitled import is_untitled
from paperreader.papers.venues import kind_of_paper

# The macros of the months.
_MONTHS = tuple(map(str.lower, ABBREVIATED))
_MACRO_OF_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
# The entry types of BibTeX and biblatex.
_KINDS = frozenset(
    """article book booklet conference inbook incollection inproceedings manual mastersthesis misc
    phdthesis proceedings techreport unpublished mvbook bookinbook suppbook collection mvcollection
    suppcollection dataset online patent periodical suppperiodical mvproceedings reference
    mvreference inreference report set software thesis xdata artwork audio image jurisdiction
    legislation legal letter movie music performance review standard video electronic www""".split()
)
# Groups of equivalent fields: an entry with one of a group needs no other.
_GROUPS = (
    VENUE_FIELDS,
    frozenset(("date", "year", "month", "day")),
    frozenset(("keywords", "keyword")),
    frozenset(("eprint", "arxivid", "arxiv")),
    frozenset(("pmcid", "pmc")),
    frozenset(("address", "location")),
)
_IDENTIFIERS = frozenset(("doi", "eprint", "pmid", "pmcid", "isbn", "url"))
# Fields that LaTeX does not interpret.
_VERBATIM = frozenset("doi eprint pmid pmcid isbn issn url file pdf local-url biburl".split())
# The reader's mark for a macro that the .bib itself does not define.
_MACRO = re.compile(r"\\bibtexmacro\{([A-Za-z][^\s{}#,=\"%~()'\\]*)\}")
_ARXIV_CLASS = re.compile(r"[a-z-]+(\.[A-Za-z-]+)?")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_+-]{0,60}")

Fields = dict[str, str]


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write each record as one entry, separated by empty lines.

    An entry that others refer to by `crossref` comes after them, as BibTeX requires.
    """
    parents = _parents(records) if isinstance(records, Collection) else None
    late: list[str] = []
    written: set[str] = set()
    separator = ""
    for key, record in citation_keys.keyed(records, by_every_key=True):
        for latex in _preambles(record.paper):
            if latex not in written:
                written.add(latex)
                out.write(f"{separator}@preamble{{{{{latex}}}}}\n")
                separator = "\n"
        text = entry(record, key, parents)
        if parents and record.paper.citation_key in parents:
            late.append(text)
            continue
        out.write(separator + text)
        separator = "\n"
    for text in late:
        out.write(separator + text)
        separator = "\n"


def entry(record: Record, key: str = "", parents: Collection[str] | None = None) -> str:
    """Return the entry of the record; without `key`, under its own citation key.

    If `parents` are given, a `crossref` to any other entry is left out.
    """
    kind = _kind(record.paper)
    fields = _fields(record, kind, parents)
    lines = (f"      {name}={value}" for name, value in fields.items())
    return f"@{kind}{{{key or citation_keys.base(record.paper)},\n" + ",\n".join(lines) + "\n}\n"


FORMAT = ExportFormat("bibtex", "BibTeX", (".bib", ".bibtex"), write)


def _parents(records: Iterable[Record]) -> set[str]:
    """Return the keys of those of `records` that others refer to."""
    referred: set[str] = set()
    present: set[str] = set()
    for record in records:
        paper = record.paper
        referred.add(paper.fields.get("crossref", ""))
        present.add(paper.citation_key)
        present.update(map(str.strip, paper.bibtex.get("ids", "").split(",")))
        referred.update(entry.fields.get("crossref", "") for entry in paper.entries)
        present.update(entry.key for entry in paper.entries)
    return referred & present - {""}


def _preambles(paper: Paper) -> list[str]:
    """Return the preambles that the LaTeX of the paper's entry needs."""
    return [
        latex
        for latex in _latex_of(paper).get(PREAMBLE, "").split("\n\n")
        if latex and is_closed(latex)
    ]


def _kind(paper: Paper) -> str:
    if not paper.kind and "arxiv" in paper.identifiers:
        return "misc"  # as arXiv writes it
    kind = kind_of_paper(paper)
    own = paper.bibtex and kind.isascii() and kind.isalpha()
    return kind if own or kind in _KINDS else "misc"


def _fields(record: Record, kind: str, parents: Collection[str] | None) -> Fields:
    """Return the fields with their values in braces: those of the paper's own entry first."""
    paper = record.paper
    latex = _latex_of(paper)
    own = _own_fields(latex)
    # What another entry of the paper says stays there.
    elsewhere = {n: v for each in paper.entries for n, v in _own_fields(each.fields).items()}
    said = {**elsewhere, **own}
    fields = dict(own)
    inherits = parents is None or latex.get("crossref", "") in parents
    for group in _known(paper, kind):
        if "crossref" in own and inherits and not {"abstract", "comment"} & group.keys():
            continue
        covering = {**elsewhere, **fields}
        if not any(_is_covered(said, covering, name, value) for name, value in group.items()):
            fields |= {name: value for name, value in group.items() if value}
    for name, value in latex.items():
        # LaTeX that would break the entry is escaped as plain text.
        if not is_whole(value) and _FIELD_NAME.fullmatch(name):
            text = _braced(safe(value))
            if not _is_covered(own, fields, name, text):
                fields[name] = text
    if not inherits and len(fields) > len(own):
        # Inherited fields are written out, as the entry that they came from is not exported.
        fields.pop("crossref", None)
    if tags := [tag for tag in record.tags if tag not in paper.keywords]:
        known = fields.get("keywords", "")[1:-1]
        fields["keywords"] = _braced(", ".join(filter(None, [known, safe(", ".join(tags))])))
    if record.note:
        # BibTeX prints `note` in a bibliography; personal notes are not for print.
        fields["annote"] = _braced(safe(record.note))
    return fields


def _latex_of(paper: Paper) -> Mapping[str, str]:
    """Return the fields as LaTeX: those of the entry of its key, if the paper has several."""
    own = (each.fields for each in paper.entries if each.key == paper.citation_key)
    return next(own, paper.bibtex)


def _own_fields(latex: Mapping[str, str]) -> Fields:
    return {
        name: _own_value(name, value)
        for name, value in latex.items()
        if is_whole(value) and _FIELD_NAME.fullmatch(name) and name != "xdata"
    }


def _own_value(name: str, latex: str) -> str:
    """Return the value in braces, but the name of a macro without them."""
    if name == "month":
        return _month(latex)
    macro = _MACRO.fullmatch(latex)
    return macro[1] if macro else _braced(latex)


def _month(latex: str) -> str:
    """Return a month with its macros; a name in braces is text, and a brace elsewhere ends none."""
    if latex[:1] == "{" and latex.strip("{}") in _MONTHS:
        return latex
    if "{" in latex or "}" in latex:
        return _braced(latex)
    parts = _MACRO_OF_MONTH.split(latex)
    return " # ".join(part if part in _MONTHS else _braced(part) for part in parts if part)


def _is_covered(own: Fields, fields: Fields, name: str, value: str) -> bool:
    """Whether an equivalent field is set, or one of the paper's own holds the identifier."""
    group = next((group for group in _GROUPS if name in group), frozenset((name,)))
    if not fields.keys().isdisjoint(group):
        return True
    # The abstract is never among the paper's own fields, whatever text they share.
    if name != "abstract" and value and value in own.values():
        return True
    identifier = value[1:-1].lower()
    return name in _IDENTIFIERS and any(
        identifier and identifier in known.lower() for known in own.values()
    )


def _known(paper: Paper, kind: str) -> Iterator[Fields]:
    """Yield the fields of the paper in arXiv's order, related ones as one group."""
    ids = paper.identifiers
    # Also an entry that was called by its key had no title.
    untitled = is_untitled(paper) or (paper.pending and paper.bibtex)
    yield {"title": "" if untitled else _braced(protected(_without_subtitle(paper)))}
    yield {"author": _braced(" and ".join(_author(name) for name in paper.authors))}
    yield _date(paper)
    yield {venue_field(kind): _braced(safe(paper.venue))}
    yield {"editor": _braced(" and ".join(_author(name) for name in paper.editors))}
    for name, value in paper.fields.items():
        if _FIELD_NAME.fullmatch(name) and name not in {"crossref", "xdata"}:
            yield {name: _braced(verbatim(value) if name in _VERBATIM else safe(value))}
    classes = [category for category in paper.categories if _ARXIV_CLASS.fullmatch(category)]
    if "arxiv" in ids:
        yield {
            "eprint": _braced(verbatim(ids["arxiv"])),
            "archivePrefix": "{arXiv}",
            "primaryClass": _braced(verbatim(next(iter(classes), ""))),
        }
    elif classes and not paper.bibtex:
        yield {"primaryClass": _braced(verbatim(classes[0]))}
    for scheme in ("doi", "pmid", "pmcid", "isbn"):
        yield {scheme: _braced(verbatim(ids.get(scheme, "")))}
    yield {"url": _braced(verbatim(_url(paper)))}
    yield {"abstract": _braced(safe(paper.abstract))}
    topics = [] if paper.bibtex else [each for each in paper.categories if each not in classes]
    yield {"keywords": _braced(safe(", ".join(dict.fromkeys((*paper.keywords, *topics)))))}
    if not {"note", "comment"} & paper.bibtex.keys() and paper.comment not in paper.fields.values():
        yield {"comment": _braced(safe(paper.comment))}


def _without_subtitle(paper: Paper) -> str:
    """Return the title without the subtitle, if that has its own field."""
    subtitle = paper.fields.get("subtitle", "")
    if subtitle and paper.title.endswith(subtitle) and len(paper.title) > len(subtitle):
        return paper.title.removesuffix(subtitle).rstrip().removesuffix(":")
    return paper.title


def _date(paper: Paper) -> Fields:
    year, month, day = dates.parts(paper.published)
    return {
        "year": _braced(year),
        "month": _MONTHS[month - 1] if month else "",
        "day": _braced(str(day)) if day else "",
    }


def _url(paper: Paper) -> str:
    """Return the address to write; for a paper from a .bib only one that its source gave."""
    if not paper.bibtex:
        return best_url(paper)
    has_address = any("http" in value or "www." in value for value in paper.bibtex.values())
    if has_address or {"doi", "eprint", "url"} & paper.bibtex.keys():
        return ""
    return next((link.url for link in paper.links), "")


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _author(name: str) -> str:
    """Return a name, in braces if it is not a person's or would be read as two names."""
    body = not names.split(name).given and (" " in name or name.lower() in {"and", "others"})
    return _braced(safe(name)) if body else safe(name)
