"""Placeholders that databases and people write for missing values."""

import re

_THING = (
    r"(?:abstract|author|authors|author name|author names|name|title|summary|description|keywords?"
    r"|information|data|venue|journal|doi|date|text|content)"
)
_HERE = (
    r"(?:available|provided|listed|given|supplied|found|specified|known|assigned|present|entered)"
)
_NOTHING = re.compile(
    rf"no {_THING}(?: (?:is|are|was|were))?(?: {_HERE})?(?: for this (?:article|paper|item))?"
    rf"|{_THING}(?: (?:is|are|was|were))? (?:not |un|not yet ){_HERE}"
    rf"|an {_THING} is not available(?: for this content.*)?"
    r"|n a|none|null|nan|nil|undefined|unknown|not available|not applicable|unavailable|missing"
    r"|tba|tbd|to be (?:announced|determined|added)|xxx+"
    r"|anon(?:ymous(?: authors?| author s)?)?|(?:unknown|no) authors?|authors? unknown|et al"
)
_DASHES = re.compile(r"[-–—?.…_/*()\[\]\s]+")
_WORDS = re.compile(r"[^\W_]+")
# The longest placeholder, in characters.
_LONGEST = 120


def is_placeholder(text: str) -> bool:
    """Whether the text only says that there is nothing: "[No abstract available]", "n/a", "-"."""
    if len(text) > _LONGEST:
        return False
    if _DASHES.fullmatch(text):
        return True
    words = " ".join(_WORDS.findall(text.lower()))
    return _NOTHING.fullmatch(words) is not None
