"""The keys that reference managers give papers: vaswani2017attention."""

import re

from paperreader.query.text_field import Field
from paperreader.query.tree import Filter, Node, Or, Phrase, Word

# Google Scholar's vaswani2017attention, INSPIRE's Aad:2012tfa; cvpr2018 is read so too.
_NAME_YEAR = re.compile(
    r"(?:@\w+\{)?([^\W\d_]{2,})[:_-]?((?:19|20)\d\d)[:_-]?([^\W\d_]{3,}|[a-z]?),?"
)
# Better BibTeX's vaswaniAttentionAllYou2017.
_CAMEL = re.compile(r"([a-z]+)((?:[A-Z][a-z]+)+)")
_PART = re.compile(r"[A-Z][a-z]+")
# DBLP:conf/nips/VaswaniSPUJGKP17: a last name, the initials of the others, a year.
_DBLP = re.compile(r"(?:@\w+\{)?DBLP:\w+/[\w-]+/([A-Z][a-z]+)[A-Z]*(\d\d)[a-z]?,?")
_CENTURY = 50

LIKE = re.compile(r"@\w+\{|DBLP:|[^\W\d_]{2,}[:_-]?(?:19|20)\d\d")


def read(text: str) -> list[Node]:
    """Return the author, year and title words that a key is made of; nothing where it is none.

    A preprint is often of the year before. Without title words the first part may be a venue
    too, so that it is any word.
    """
    if match := _DBLP.fullmatch(text):
        year = int(match[2])
        century = 1900 if year >= _CENTURY else 2000
        return [Word(match[1], Field.AUTHOR), Word(str(century + year))]
    if not (match := _NAME_YEAR.fullmatch(text)):
        return []
    name, year_text, title = match.groups()
    words = [title] if len(title) > 1 else []
    if camel := _CAMEL.fullmatch(name):
        name, words = camel[1], [*_PART.findall(camel[2]), *words]
    if not words:
        return [Word(name), Word(year_text)]
    before = str(int(year_text) - 1)
    when = Or((Word(year_text), Filter("year", f"{before}..{before}")))
    return [Word(name, Field.AUTHOR), when, *(Phrase(word, Field.TITLE) for word in words)]
