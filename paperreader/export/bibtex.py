"""BibTeX, as arXiv writes it; articles and conference papers where there is no arXiv id."""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from paperreader import latex
from paperreader.export import citation_keys, dates
from paperreader.export.address import best, is_conference
from paperreader.export.base import ExportFormat
from paperreader.papers import names
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record

# A command or an accent of LaTeX, which stays, or a sign that would be taken for something else.
_COMMAND_OR_SIGN = re.compile(r"\\[A-Za-z]+|\\.|[&%#_$^\\]", re.DOTALL)
_NOT_PLAIN = re.compile(r"[\\{}&%#_$^@]")
# A line's end before a brace: some parsers take its second backslash to escape the brace.
_LINE_END = re.compile(r"(?<!\\)((?:\\\\)+)(?=[{}]|$)")
_COMMAND_OR_BRACE = re.compile(r"\\[A-Za-z]+|\\.|[{}]", re.DOTALL)
_COMMAND_OR_WORD = re.compile(r"\\[A-Za-z]+|\\.|[^\W_]+|.", re.DOTALL)
_SPECIAL = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "^": r"\^{}",
    "\\": r"\textbackslash{}",
}
_TAKES_LETTER = re.compile(r"\\(?:['\"`^~=.]|[A-Za-z]+)")
_WORD = re.compile(r"[^\W_]+")
_BRACES_IN_FORMULAS = (r"\lbrace{}", r"\rbrace{}")
_BRACES_IN_WORDS = (r"\textbraceleft{}", r"\textbraceright{}")
# "@word{" inside a value: some parsers take it for the next entry.
_ENTRY_LIKE = re.compile(r"(?<!\\)((?:\\\\)*)(\\?@)(?=\w*[ \t]*\{)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write each record as one entry, parted by empty lines."""
    for number, (key, record) in enumerate(citation_keys.keyed(records)):
        out.write("\n" if number else "")
        out.write(entry(record, key))


def entry(record: Record, key: str = "") -> str:
    """Return the record's entry; without `key`, under the key that it would have alone."""
    kind = _kind(record.paper)
    fields = (f"      {name}={value}" for name, value in _fields(record, kind))
    return f"@{kind}{{{key or citation_keys.base(record.paper)},\n" + ",\n".join(fields) + "\n}\n"


FORMAT = ExportFormat("bibtex", "BibTeX", (".bib", ".bibtex"), write)


def _kind(paper: Paper) -> str:
    if "arxiv" in paper.identifiers or not (paper.venue or "acl" in paper.identifiers):
        return "misc"
    return "inproceedings" if is_conference(paper) else "article"


def _fields(record: Record, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the entry's fields in arXiv's order, then what only a library knows."""
    paper = record.paper
    ids = paper.identifiers
    year, month, day = dates.parts(paper.published)
    told = [
        ("title", _braced(_protected(paper.title))),
        ("author", _braced(" and ".join(_author(name) for name in paper.authors))),
        ("year", f"{{{year}}}" if year else ""),
        ("month", _MONTHS[month - 1] if month else ""),
        ("day", f"{{{day}}}" if day else ""),
        ("booktitle" if kind == "inproceedings" else "journal", _braced(_safe(paper.venue))),
        ("eprint", _verbatim(ids.get("arxiv", ""))),
        ("archivePrefix", "{arXiv}" if "arxiv" in ids else ""),
        ("primaryClass", _verbatim(paper.categories[0]) if paper.categories else ""),
        ("doi", _verbatim(ids.get("doi", ""))),
        ("pmid", _verbatim(ids.get("pmid", ""))),
        ("url", _verbatim(best(paper))),
        ("abstract", _braced(_safe(paper.abstract))),
        ("keywords", _braced(_safe(", ".join(dict.fromkeys(paper.keywords + record.tags))))),
        ("comment", _braced(_safe(paper.comment))),
        # `note` would be printed in a bibliography; what a person notes for themselves is not.
        ("annote", _braced(_safe(record.note))),
    ]
    return ((name, value) for name, value in told if value)


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _verbatim(value: str) -> str:
    """A field that LaTeX does not interpret: braces are all that could break it."""
    return _braced(value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"))


def _author(name: str) -> str:
    """A name; in braces where its words are no person's or would be taken for two names."""
    body = not names.split(name).given and (" " in name or name.lower() in {"and", "others"})
    return _braced(_safe(name)) if body else _safe(name)


def _safe(text: str) -> str:
    """Return the text for a value in braces: specials escaped outside formulas, braces paired."""
    if _NOT_PLAIN.search(text) is None:
        return text
    return _closed("".join(_piece(piece, formula=formula) for formula, piece in latex.pieces(text)))


def _protected(title: str) -> str:
    """Return a safe title whose capitals a bibliography style cannot take away.

    In a title written like a sentence a capital inside is a name's, and stays; where Every Word
    Has One, only words in mixed case need it.
    """
    words = [word for word in _WORD.findall(title)[1:] if len(word) > 3 and word[1:].islower()]
    sentence = sum(word[0].isupper() for word in words) * 2 <= len(words)
    parts: list[str] = []
    for formula, piece in latex.pieces(title):
        safe = _piece(piece, formula=formula)
        if not formula:
            parts.append(_shielded(safe, sentence=sentence, start=not parts))
        else:
            parts.append(f"{{{safe}}}" if safe != safe.lower() else safe)
    return _closed("".join(parts))


def _shielded(text: str, *, sentence: bool, start: bool) -> str:
    """Put braces around the words of the text that need their capitals."""
    depth = 0
    before = ""
    shielded: list[str] = []
    for part in _COMMAND_OR_WORD.findall(text):
        depth += (part == "{") - (part == "}")
        named = sentence and not (start and not shielded)
        bare = depth == 0 and not _TAKES_LETTER.fullmatch(before)
        shielded.append(f"{{{part}}}" if bare and _has_capitals(part, named=named) else part)
        before = part
    return "".join(shielded)


def _has_capitals(word: str, *, named: bool) -> bool:
    """Whether the word is an acronym or in mixed case (BERT, mT5, L2), or `named` by a capital."""
    if not _WORD.fullmatch(word) or word.islower() or word in {"A", "I"}:
        return False
    capitals = [place for place, letter in enumerate(word) if letter.isupper()]
    return bool(capitals) and (named or capitals != [0] or len(word) == 1 or not word.isalpha())


def _piece(piece: str, *, formula: bool) -> str:
    """Escape what LaTeX would take for commands, but for the commands that stand there already.

    In a formula only the percent sign has to go: it would hide the rest of the line.
    """
    special = {"%": r"\%"} if formula else _SPECIAL
    return _COMMAND_OR_SIGN.sub(lambda found: special.get(found[0], found[0]), piece)


def _closed(text: str) -> str:
    r"""Return the text with every brace paired, whether or not `\{` counts as one.

    BibTeX counts it, some parsers do not; where either count fails, the braces that fail are
    written as commands.
    """
    text = _LINE_END.sub(r"\1 ", text)
    if _unpaired(text, escaped=True) or _unpaired(text, escaped=False):
        opening, closing = _BRACES_IN_FORMULAS if "$" in text else _BRACES_IN_WORDS
        named = {r"\{": opening, r"\}": closing, "{": opening, "}": closing}
        lost = _unpaired(text, escaped=False)
        text = _COMMAND_OR_BRACE.sub(
            lambda found: (
                named.get(found[0], found[0])
                if len(found[0]) > 1 or found.start() in lost
                else found[0]
            ),
            text,
        )
    return _ENTRY_LIKE.sub(r"\1{\2}", text)


def _unpaired(text: str, *, escaped: bool) -> set[int]:
    r"""Return the places of the braces that have no partner; `escaped` counts `\{` in."""
    opened: list[int] = []
    lost: set[int] = set()
    if "{" not in text and "}" not in text:
        return lost
    for found in _COMMAND_OR_BRACE.finditer(text):
        brace = found[0].removeprefix("\\") if escaped else found[0]
        if brace == "{":
            opened.append(found.start())
        elif brace == "}" and opened:
            opened.pop()
        elif brace == "}":
            lost.add(found.start())
    return lost | set(opened)
