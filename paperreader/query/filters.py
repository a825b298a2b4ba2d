"""Conditions in a query that the store answers: `year:2019..2023`, `is:unread`, a paper's id."""

import re

from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in
from paperreader.query.tree import Filter

FILTERS = ("category", "venue", "tag", "note", "source", "year", "is", "has")
VALUES = {
    "is": ("unread", "read", "bookmarked", "done"),
    "has": ("code", "pdf", "note"),
}

_ARXIV_BEGUN = re.compile(r"(?:arxiv:)?(\d\d(?:0[1-9]|1[0-2])\.\d{1,5})", re.IGNORECASE)
_PLAIN = re.compile(r"[\w.-]+")
_SPAN = re.compile(r"(\d{4})?(?:\.\.+|[-–])(\d{0,4})")
_BOUND = re.compile(r"(>=|<=|>|<|=)\s*(\d{4})")


def read(name: str, told: str, *, begun: bool) -> tuple[Filter | None, str]:
    """Return the condition that `told` is for the filter `name`, and a notice.

    There is no condition, but a notice, where the value cannot be one. `begun`: the value is
    still being typed.
    """
    value = told.strip(",;:!?'\"\\ ")
    if name == "year":
        years = _years(value, begun=begun)
        if years is None:
            return None, f"year:{value} is no year; write year:2019, 2019..2023 or >=2020"
        return (Filter(name, years) if years else None), ""
    if name in VALUES:
        return _listed(name, value, begun=begun)
    if not value:
        return None, ""
    return Filter(name, value.rstrip("*") + "*" if begun else value), ""


def _listed(name: str, value: str, *, begun: bool) -> tuple[Filter | None, str]:
    """Read a value that must be one of a few; its beginning is enough while it is typed."""
    sought = value.lower()
    for known in VALUES[name]:
        if sought and (sought == known or (begun and known.startswith(sought))):
            return Filter(name, known), ""
    if not value:
        return None, ""
    return None, f"{name}:{value} is not known; {name}: takes {', '.join(VALUES[name])}"


def key(scheme: str, told: str, *, begun: bool) -> str:
    """Return the paper's key that `told` names, or its beginning and a *, or an empty text."""
    star = told.endswith("*")
    bare = told.rstrip("*.:")
    if found := identifiers_in(bare):
        name = min(found)  # an arXiv paper's DOI names both: arxiv comes first
        return f"{name}:{found[name]}"
    if scheme in ("", "id", "arxiv"):
        if match := _ARXIV_BEGUN.fullmatch(bare) if star or begun else None:
            return f"arxiv:{match[1]}" + ("*" if len(match[1]) < len("1706.03762") else "")
        if not star and (found_id := arxiv_id(bare)):
            return f"arxiv:{found_id}"
    if scheme in ("", "id", "doi") and (found_doi := doi(bare)):
        named = identifiers_in(f"https://doi.org/{found_doi}")
        if "arxiv" in named:
            return f"arxiv:{named['arxiv']}"
        return f"doi:{found_doi}" + ("*" if star or begun else "")
    return f"{scheme}:{bare}" if scheme in ("acl", "openreview") and _PLAIN.fullmatch(bare) else ""


def _years(told: str, *, begun: bool) -> str | None:
    """Return FIRST..LAST; an empty text where it is still being typed, None where it is none."""
    if match := _BOUND.fullmatch(told):
        year = int(match[2])
        return {
            ">=": f"{year}..",
            ">": f"{year + 1}..",
            "<=": f"..{year}",
            "<": f"..{year - 1}",
            "=": f"{year}..{year}",
        }[match[1]]
    if re.fullmatch(r"\d{4}", told):
        return f"{told}..{told}"
    match = _SPAN.fullmatch(told)
    first, last = match.groups() if match else (None, "")
    if match and (len(last) == 4 or not last or begun) and (first or len(last) == 4):
        first, last = first or "", last if len(last) == 4 else ""
        return f"{last}..{first}" if first > last > "" else f"{first}..{last}"
    if begun and re.fullmatch(r"\d{1,3}", told):
        return f"{told:0<4}..{told:9<4}"
    return "" if not told or (begun and re.fullmatch(r"[<>=.\d\s-]*", told)) else None
