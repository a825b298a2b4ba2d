"""Texts of a Hugging Face Papers page beside titles and abstracts, recognised by wording."""

import re
from enum import Enum, auto

from paperreader.papers.months import ABBREVIATED


class Role(Enum):
    """The role of a piece of a page that is neither title nor abstract."""

    BANNER = auto()
    COMMUNITY = auto()
    NAVIGATION = auto()
    DATE = auto()
    NUMBER = auto()
    AUTHORS = auto()
    DOT = auto()
    SUBMITTED = auto()
    SUBMITTER = auto()
    ORGANIZATION = auto()
    UPVOTE = auto()
    GITHUB = auto()
    ARXIV = auto()
    CUT = auto()


_NAVIGATION = frozenset(
    [
        *(
            "models",
            "datasets",
            "spaces",
            "buckets",
            "buckets new",
            "community",
            "docs",
            "enterprise",
        ),
        *("pricing", "log in", "sign up", "hugging face", "posts", "solutions", "tasks", "website"),
        *("collections", "languages", "organizations", "daily", "weekly", "monthly", "previous"),
        *("next", "trending papers", "daily papers", "papers", "weekly papers", "monthly papers"),
        *("system theme", "company", "tos", "privacy", "about", "careers", "articles", "blog"),
        *("trending papers ranked by github stars activity", "by", "ak", "by ak", "inference"),
        *("system theme company", "storage", "kernels", "learn", "chat", "profile", "settings"),
        *("huggingface's logo", "huggingface", "hugging face's logo"),
    ]
)
_MONTH = "|".join(ABBREVIATED)
_DATE = (
    rf"(?:·\s*)?(?:published\s+)?(?:on\s+)?(?:{_MONTH})[a-z]{{0,6}}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?"
)
_COUNT = r"\d[\d,.]{0,9}\s?[kKmM]?"
_WORDINGS = tuple(
    (role, re.compile(wording, re.IGNORECASE))
    for role, wording in (
        (Role.BANNER, r"get trending papers in your email inbox[^!]{0,30}!?|subscribe|new"),
        (Role.COMMUNITY, r"(?:by\s*)?(?:AK\s*)?and the research community"),
        (Role.DATE, _DATE),
        (Role.NUMBER, rf"(?:\[-\]\s*)?(?:\+\s?)?(?:{_COUNT}|-)"),
        (Role.AUTHORS, r"(?:[-*·]\s*)*(\d{1,6}) authors?"),
        (Role.DOT, r"[·•*|]"),
        (
            Role.SUBMITTED,
            r"(?:·\s*)?submitted by\b.{0,60}|#\d{1,4} paper of the (?:day|week|month)",
        ),
        (Role.UPVOTE, rf"upvote\s*(?:{_COUNT}|-)?"),
        (Role.GITHUB, rf"github\s*(?:{_COUNT})?"),
        (Role.ARXIV, r"(?:view )?arxiv page|view pdf|arxiv:\s*\d{4}\.\d{4,5}"),
        (Role.CUT, r"\[content truncated\]|\[?\.\.\.\]?|\[…\]"),
    )
)
_LONGEST = 100
_NUMBER = re.compile(r"(\d[\d,.]{0,9})\s?([kKmM]?)")
_DAY = re.compile(rf"({_MONTH})[a-z]{{0,6}}\.?\s+(\d{{1,2}})\b(?:,\s*(\d{{4}}))?", re.IGNORECASE)


def role_of(text: str) -> Role | None:
    """Return the role that the wording of a piece shows; None for titles and abstracts."""
    if len(text) > _LONGEST:
        return None
    if text.casefold() in _NAVIGATION:
        return Role.NAVIGATION
    return next((role for role, wording in _WORDINGS if wording.fullmatch(text)), None)


def count_in(text: str) -> int | None:
    """Return the number in "118", "3.29k", "GitHub 110k", or None."""
    match = _NUMBER.search(text)
    if not match:
        return None
    number, unit = match.groups()
    try:
        value = float(number.replace(",", ""))
    except ValueError:
        return None
    return round(value * {"": 1, "k": 1_000, "m": 1_000_000}[unit.lower()])


def date_in(text: str, number: str = "") -> str:
    """Return the day in "Published on Dec 28, 2024" as an ISO date.

    Pages omit the current year; then it is taken from the arXiv id `number`, which starts with year
    and month, if it is of the same month or the next. Else the date is empty.
    """
    match = _DAY.search(text)
    if not match:
        return ""
    name, day, year = match.groups()
    month = ABBREVIATED.index(name.title()) + 1
    if not year and number:
        numbered = int(number[:2]) * 12 + int(number[2:4]) - 1
        ago = (numbered - month + 1) % 12
        year = str(2000 + (numbered - ago) // 12) if ago <= 1 else ""
    return f"{year}-{month:02}-{int(day):02}" if year else ""
