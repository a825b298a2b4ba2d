"""What the body of a paper's page says where its metadata is silent."""

import html
import re

from paperreader import text
from paperreader.formats.common.html_tags import Tag

_ABSTRACT = re.compile(
    r"(?<![\w-])(?:abstract|abstract-content|abstract-text|abstracttext|c-abstract|abs\d*-content"
    r"|abstractsection|abstract-full|acl-abstract)(?![\w-])",
    re.IGNORECASE,
)
# The parts of a name on the pages of Elsevier, and the rows of the table on those of arXiv.
_NAME_PART = re.compile(r"(?<![\w-])(?:given-name|surname)(?![\w-])")
_ROWS = {name: re.compile(rf"tablecell {name}\b") for name in ("comments", "subjects", "jref")}
_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 section blockquote td tr".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ABSTRACT_HEADINGS = frozenset(("abstract", "summary"))
# An abstract below a heading ends at the next, or with the part of the page that it is in.
_ENDS = frozenset("section article main body footer nav aside form table".split()) | _HEADINGS
_LONGEST = 20_000


class Body:
    """Takes the tags of a page in order, and collects the texts of its known elements."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._abstract = _Elements(_ABSTRACT, most=1)
        self._below_heading = _BelowHeading()
        self._names = _Elements(_NAME_PART, most=10_000)
        self._rows = {name: _Elements(pattern, most=1) for name, pattern in _ROWS.items()}

    def take(self, tag: Tag) -> None:
        """Take the next tag of the page."""
        names = ""
        if not tag.is_end and tag.attributes:
            values = tag.values()
            names = f"{values.get('class', '')} {values.get('id', '')}"
        for elements in (self._abstract, self._names, *self._rows.values()):
            elements.take(tag, names)
        self._below_heading.take(tag)

    @property
    def abstract(self) -> str:
        """The text of the element that is marked as the abstract, or stands below its heading."""
        return next(iter(self._abstract.texts), "") or self._below_heading.text

    @property
    def authors(self) -> list[str]:
        """The names whose parts, given name and surname, have an element each."""
        parts = self._names.texts
        return [" ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=False)]

    def row(self, name: str) -> str:
        """Return the row `comments`, `subjects` or `jref` of the table on a page of arXiv."""
        return " ".join(next(iter(self._rows[name].texts), "").split())


class _Elements:
    """Collects the texts of the first elements whose class or id fits."""

    def __init__(self, pattern: re.Pattern[str], most: int) -> None:
        self.texts: list[str] = []
        self._pattern = pattern
        self._most = most
        self._name = ""
        self._depth = 0
        self._text: list[str] = []

    def take(self, tag: Tag, names: str) -> None:
        if self._depth:
            self._text.append(html.unescape(tag.text))
            if tag.name in _BLOCKS:
                self._text.append("\n\n")
            if tag.name == self._name:
                self._depth += -1 if tag.is_end else 1
            if not self._depth:
                self.texts.append(text.paragraphs("".join(self._text)))
                self._text = []
        elif (
            names
            and len(self.texts) < self._most
            and tag.name not in _VOID
            and self._pattern.search(names)
        ):
            self._name, self._depth = tag.name, 1


class _BelowHeading:
    """Collects the text below the first heading "Abstract"."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._is_open = self._is_done = False

    def take(self, tag: Tag) -> None:
        if self._is_done:
            return
        if self._is_open:
            self._text.append(html.unescape(tag.text))
            self._length += len(tag.text)
            if tag.name in _BLOCKS:
                self._text.append("\n\n")
            self._is_done = tag.name in _ENDS or self._length > _LONGEST
        elif tag.is_end and tag.name in _HEADINGS:
            heading = html.unescape(tag.text).strip(" :.\n\t").lower()
            self._is_open = heading in _ABSTRACT_HEADINGS

    @property
    def text(self) -> str:
        return text.paragraphs("".join(self._text)) if self._is_done else ""
