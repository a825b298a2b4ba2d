"""Facts in a line beside a title: names, a label, a date, a venue."""

import re

from paperreader.formats.common.dates import iso_date
from paperreader.formats.markdown import signs

EDGE = " \t\n\r*_`.,;:|-–—·•/\\<>"
QUOTES = "\"'“”‘’«»"
YEAR = re.compile(
    r"(?<![\w./])((?:19|20)\d\d)(?:[-./](0[1-9]|1[0-2])(?:[-./]([0-2]\d|3[01]))?)?(?![\w]|\.\d)"
)
_NAMED_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
    r"\.?,?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d\b"
)
_VENUE = re.compile(r"\b([A-Z][A-Za-z]{2,14})(?:[ '’-]{0,2}((?:19|20)?\d\d))?\b")
_PERSON = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*)(?:\s+(?:(?:[dl]['’])?[A-ZÀ-ÖØ-Þ][\w.'’-]*|van|von|de|der|den|da|di|la|le|bin|al|el|ter))"
    r"{1,4}"
)
ET_AL = re.compile(
    r",?\s*(?:(?:&|and)\s*)?\bet\.?\s*al\b\.?|,?\s+and (?:\d+ )?others\b|\s*等(?=\W|$)",
    re.IGNORECASE,
)
# The end of a list of names: a full stop, line end, bracket, dash or year.
_AFTER_PEOPLE = re.compile(r"(?<!\b[A-Z])[.;]\s|\n|\s[-–—|]\s|\s*[(\[]|,?\s*\b(?:19|20)\d\d\b")
_SHORT_YEAR = re.compile(r"['’ -](\d\d)$")
_AFTER_STOP = re.compile(r"[.,]\s+(\w+)")
_APA_NAME = re.compile(r"([^,&\s][^,&]{0,40}),\s*((?:[A-Z]\.[\s-]*){1,4})")
_LABEL = re.compile(r"\W{0,6}([^\W\d_][^\W\d_ ;-]*(?:[ ;-][^\W\d_]+){0,2})\W{0,4}?[:：]\W{0,3}\s*")
# Labels before a colon, and the field of a paper that each names.
_LABELS = {
    **dict.fromkeys(("title", "paper title", "제목", "标题"), "title"),
    **dict.fromkeys(("authors", "author", "by", "저자", "作者"), "authors"),
    **dict.fromkeys(("abstract", "초록", "摘要"), "abstract"),
    **dict.fromkeys(("date", "published", "publication date", "submitted", "year"), "published"),
    **dict.fromkeys(("published on", "publish date", "release date"), "published"),
    **dict.fromkeys(("venue", "conference", "journal", "published in"), "venue"),
    **dict.fromkeys(("vote", "votes", "upvotes", "upvote"), "upvotes"),
    **dict.fromkeys(("keywords", "tags", "topics", "keyword"), "keywords"),
    **dict.fromkeys(("categories", "category", "subjects", "subject"), "categories"),
    **dict.fromkeys(("summary", "tl;dr", "tldr", "description"), "summary"),
    **dict.fromkeys(("paper", "link", "links", "url", "pdf", "arxiv", "arxiv id", "doi"), "link"),
    **dict.fromkeys(("code", "github", "project", "project page", "paper link"), "link"),
}
_NO_VENUES = ("arxiv", "corr", "openreview", "osf", "workshop")
# The authors and the date are at most this many characters from the title.
NEAR = 400


def people(text: str) -> tuple[str, ...]:
    """Return the names at the start of a text, or nothing if it starts with other words."""
    text = text.strip(EDGE + QUOTES)[:3000]
    text = text[3:] if text.lower().startswith("by ") else text
    shortened = ET_AL.search(text)
    text = text[: shortened.start()] if shortened else _AFTER_PEOPLE.split(text, maxsplit=1)[0]
    venue = next((m for m in _AFTER_STOP.finditer(text) if signs.is_venue(m.group(1))), None)
    text = text[: venue.start()] if venue else text
    parts = [part.strip(EDGE + "†‡§0123456789") for part in re.split(r",|;|&|\band\b", text)]
    parts = [part for part in parts if part.split()]
    while len(parts) > 1 and signs.is_venue(parts[-1].split()[0]):
        parts.pop()
    if shortened and len(parts) == 1 and 1 <= len(parts[0].split()) <= 4 and parts[0][0].isupper():
        return tuple(parts)
    if all(_PERSON.fullmatch(part) and not _names_venue(part) for part in parts):
        return tuple(parts)
    return ()


def _names_venue(part: str) -> bool:
    """Whether capitalised words name a venue: "In CVPR", "NeurIPS Workshop"."""
    words = part.split()
    return words[0] in ("In", "The", "Proceedings") or any(map(signs.is_venue, words))


def label(text: str) -> tuple[str, str]:
    """Return the field that a label such as "Authors: …" names and its value.

    Without a known label the field is empty and the value is the whole text.
    """
    match = _LABEL.match(text[:80])
    name = _LABELS.get(match.group(1).strip().casefold(), "") if match else ""
    return (name, text[match.end() :]) if match and name else ("", text)


def apa_people(text: str) -> tuple[str, ...]:
    """Return the names before the year of "Doe, J. Q., & Roe, R. (2020). Title"."""
    listed = text.partition("(")[0][:NEAR]
    return tuple(f"{m.group(2).strip()} {m.group(1).strip()}" for m in _APA_NAME.finditer(listed))


def year_in(text: str) -> str:
    """Return the first date in a text as ISO: a year, a month or a day."""
    match = YEAR.search(text)
    return "-".join(part for part in match.groups() if part) if match else ""


def date_in(text: str) -> str:
    """Return the first date in a text; "26 Jan 2023" in the same year is more precise."""
    year = year_in(text)
    named = (iso_date(match.group()) for match in _NAMED_DATE.finditer(text))
    return next((date for date in named if date[:4] == (year[:4] or date[:4])), year)


def year_of(venue: str) -> str:
    """Return the year in a venue such as "CVPR'19" or "ICML 20", or ''."""
    match = _SHORT_YEAR.search(venue)
    return f"{19 if match[1] > '50' else 20}{match[1]}" if match else ""


def venue_in(text: str) -> str:
    """Return the first short name of a conference or journal, with its year."""
    for match in _VENUE.finditer(text):
        if signs.is_venue(match.group(1)) and match.group(1).lower() not in _NO_VENUES:
            return match.group().strip()
    return ""
