"""Conditions in a query that the store answers: `year:2019..2023`, `is:unread`, a paper's id."""

import re
from datetime import date, timedelta

from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in
from paperreader.query.relative_dates import with_dates
from paperreader.query.tree import Filter

FILTERS = ("category", "venue", "tag", "note", "source", "year", "is", "has")

# The values of `is` and `has`, each with what other tools call it.
_VALUES = {
    "is": {
        "unread": "new unseen",
        "read": "seen opened",
        "bookmarked": "bookmark starred star flagged flag saved favourite favorite later",
        "reading": "toread to-read queued",
        "done": "finished archived",
        "tagged": "labeled labelled",
        "untagged": "unlabeled unlabelled",
    },
    "has": {
        "code": "repo repository github",
        "pdf": "file attachment attachments",
        "note": "notes comment",
        "tag": "tags label labels",
        "title": "",
        "author": "authors",
        "abstract": "summary",
        "venue": "journal conference",
        "year": "date",
        "category": "categories",
        "doi": "",
    },
}
VALUES = {name: tuple(values) for name, values in _VALUES.items()}
_READ_AS = {
    name: {word: value for value, others in values.items() for word in (value, *others.split())}
    for name, values in _VALUES.items()
}
_NO_TAG = frozenset(("none", "untagged"))

_ARXIV_BEGUN = re.compile(r"(?:arxiv:)?(\d\d(?:0[1-9]|1[0-2])\.\d{1,5})", re.IGNORECASE)
_ARXIV_FILE = re.compile(r"(.+?)(?:v\d+)?\.(?:pdf|ps|tex|html)", re.IGNORECASE)
_PLAIN = re.compile(r"[\w.-]+")
_ACL = re.compile(r"\d{4}\.[a-z][\w-]*\.\d+|[a-z]\d\d-\d{4}", re.IGNORECASE)

_DATE = r"\d{4}(?:[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?)?"
_BOUND = re.compile(rf"(>=|<=|>|<|=)\s*({_DATE})")
_RANGE = re.compile(rf"({_DATE}|\*)?\s*(?:\.\.+|–|-|:|\bTO\b)\s*({_DATE}|\*)?")
_BRACKETED_PAIR = re.compile(r"(\d{4}),\s*(\d{4})")
_BRACKETS = re.compile(r"[\[{](.*?)[\]}]?")
_COMPACT = re.compile(r"\b(\d{4})(\d\d)(\d\d)\d{0,6}\b")
_ONE_DATE = re.compile(_DATE)
_YEAR_BEGUN = re.compile(r"\d{1,3}")
_BEGUN = re.compile(r"[<>=.\d\s-]*")
_RANGE_BEGUN = re.compile(rf"({_DATE})(?:\.\.+|-)\d{{0,3}}")


def read(name: str, text: str, *, begun: bool) -> tuple[Filter | None, str]:
    """Return the condition that `text` is for the filter `name`, and a notice.

    A value that cannot be one gives a notice, and a condition that holds for no paper. `begun`:
    the value is still being typed; then there is no condition until it can be read.
    """
    value = text.strip(",;:!?'\"\\ ")
    if name == "year":
        return _year(value, begun=begun)
    if name in VALUES:
        return _listed(name, value, begun=begun)
    if not value:
        return None, ""
    if name == "tag" and value.lower() in _NO_TAG:
        return Filter("is", "untagged"), ""
    return Filter(name, value.rstrip("*") + "*" if begun else value), ""


def any_value(name: str) -> Filter:
    """Return the condition that a paper has a value in a field at all."""
    return Filter("has", name) if name in VALUES["has"] else Filter(name, "*")


def key(scheme: str, text: str, *, begun: bool) -> str:
    """Return the paper's key that `text` is, or its first part and a *, or an empty text."""
    star = text.endswith("*")
    bare = text.rstrip("*.:")
    if file := _ARXIV_FILE.fullmatch(bare):
        bare = file[1] if arxiv_id(file[1]) else bare
    # After doi: all of it is the DOI, whatever else it looks like.
    if not (scheme == "doi" and doi(bare)) and (ids := identifiers_in(bare)):
        name = min(ids)  # an arXiv paper's DOI names both: arxiv comes first
        return f"{name}:{ids[name]}"
    if scheme in ("", "id", "arxiv"):
        if match := _ARXIV_BEGUN.fullmatch(bare) if star or begun else None:
            return f"arxiv:{match[1]}" + ("*" if len(match[1]) < len("1706.03762") else "")
        if not star and (arxiv := arxiv_id(bare)):
            return f"arxiv:{arxiv}"
    if scheme in ("", "id", "doi") and (the_doi := doi(bare)):
        ids = identifiers_in(f"https://doi.org/{the_doi}")
        if "arxiv" in ids:
            return f"arxiv:{ids['arxiv']}"
        return f"doi:{the_doi}" + ("*" if star or begun else "")
    if scheme == "" and _ACL.fullmatch(bare) and "." in bare:
        return f"acl:{bare}"
    if scheme == "pmid" and bare.isdecimal():
        return f"pmid:{bare}"
    return f"{scheme}:{bare}" if scheme in ("acl", "openreview") and _PLAIN.fullmatch(bare) else ""


def _listed(name: str, value: str, *, begun: bool) -> tuple[Filter | None, str]:
    """Read a value that must be one of a few; its first letters are enough while it is typed."""
    word = value.lower()
    if word == "*" and name == "has":
        return None, ""
    if exact := _READ_AS[name].get(word):
        return Filter(name, exact), ""
    for value_known in VALUES[name]:
        if word and begun and value_known.startswith(word):
            return Filter(name, value_known), ""
    if not value:
        return None, ""
    notice = f"{name}:{value} is not known; {name}: takes {', '.join(VALUES[name])}"
    return (None if begun else Filter(name, value)), notice


def _year(value: str, *, begun: bool) -> tuple[Filter | None, str]:
    if not value:
        return None, ""
    if value == "*":
        return any_value("year"), ""
    if dates := _dates(value):
        return Filter("year", dates), ""
    if begun and _YEAR_BEGUN.fullmatch(value):
        return Filter("year", f"{value:0<4}..{value:9<4}"), ""
    if begun and (match := _RANGE_BEGUN.fullmatch(value)):
        return Filter("year", f"{_iso(match[1])}.."), ""
    if begun and _BEGUN.fullmatch(value):
        return None, ""
    notice = f"year:{value} is not a year; write year:2019, 2019..2023, 2019-05 or >=2020"
    return (None if begun else Filter("year", value)), notice


def _dates(text: str) -> str:
    """Return FIRST..LAST, or an empty text where `text` is no range of dates."""
    text = _COMPACT.sub(r"\1-\2-\3", text.rstrip("*") if text != "*" else text)
    text = with_dates(text)
    if brackets := _BRACKETS.fullmatch(text):
        text = _BRACKETED_PAIR.sub(r"\1..\2", brackets[1].strip())
    if text.endswith("+"):
        text = text[:-1] + ".."
    if match := _BOUND.fullmatch(text):
        return _bounded(match[1], _iso(match[2]))
    if _ONE_DATE.fullmatch(text):
        return f"{_iso(text)}..{_iso(text)}"
    if match := _RANGE.fullmatch(text):
        first, last = (_iso(part) if part and part != "*" else "" for part in match.groups())
        if first > last > "":
            first, last = last, first
        return f"{first}..{last}" if first or last else ""
    return ""


def _bounded(sign: str, when: str) -> str:
    """Return the range of dates that `sign` and a date are."""
    match sign:
        case ">=":
            return f"{when}.."
        case "<=":
            return f"..{when}"
        case ">":
            return f"{_beside(when, 1)}.."
        case "<":
            return f"..{_beside(when, -1)}"
    return f"{when}..{when}"


def _beside(when: str, step: int) -> str:
    """Return the year, month or day after (1) or before (-1) a date, as finely as it is given."""
    year, *rest = (int(part) for part in when.split("-"))
    if not rest:
        return f"{min(max(year + step, 0), 9999):04d}"
    if len(rest) == 1:
        months = min(max(year * 12 + rest[0] - 1 + step, 0), 9999 * 12 + 11)
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    try:
        return (date(year, *rest) + timedelta(days=step)).isoformat()
    except (ValueError, OverflowError):  # the 30th of February, or the end of the calendar
        return when


def _iso(when: str) -> str:
    """Return a date with - between its parts, of two digits each after the year."""
    year, *rest = re.split(r"[-/.]", when)
    return "-".join([year, *(f"{int(part):02d}" for part in rest)])
