"""The formats as a whole: which one takes a document, what a reading tells, and damaged files."""

import random
from collections.abc import Iterator
from contextlib import suppress

import pytest

from paperreader.formats import FORMATS, Document, Format, FormatError, Reading, read
from paperreader.formats.base import Item, Unparsed
from paperreader.papers.paper import Paper
from tests.formats.huggingface.test_html_page import SHOWN, entry, page
from tests.formats.huggingface.test_text_page import (
    BARE,
    CARD,
    HEADER_2026,
    MARKDOWN,
    PAIRS,
    REFERENCES,
    SINGLE,
)
from tests.formats.outcome import outcome, read_text

LIST = "\n\n".join(text for pair in PAIRS[:4] for text in pair)
DAY = {"dailyPapers": [entry("2601.00001", "One"), entry("2601.00002", "Two")]}
WHOLE = {
    "markdown": MARKDOWN,
    "references": REFERENCES,
    "bare": BARE,
    "card": f"and the research community\n\n{CARD}",
    "single": SINGLE,
    "page": f"{HEADER_2026}\n\n{LIST}",
    "text": LIST,
    "html": page("DailyPapers", DAY, SHOWN),
    "shown": page("DailyPapers", {}, SHOWN),
    "json": '[{"paper": {"id": "2601.00001", "title": "One", "upvotes": 1}, "publishedAt": null}]',
    "ids": "# to read\n2404.19543, doi:10.1145/1 (good)\nhttps://arxiv.org/abs/2303.01566\n",
}
INSERTED = (
    "\0",
    "[",
    "](",
    "](http://a.b/c)",
    "][1]",
    "<",
    "&",
    '"',
    "\\",
    "\n\n",
    "\r",
    "\x1b]0;x\x07",
)


def test_names_are_unique_and_every_format_has_a_title() -> None:
    assert len({known.name for known in FORMATS}) == len(FORMATS)
    assert all(known.title for known in FORMATS)


def test_plain_titles_and_abstracts_need_no_page_around_them() -> None:
    out = read_text(LIST)
    assert out.format == "text"
    assert [(paper.title, paper.abstract) for paper in out.papers] == PAIRS[:4]


def test_prose_is_not_taken_for_titles_and_abstracts() -> None:
    prose = "We went home. It was late, and the road was long, as it always is in winter.\n\n" * 9
    with pytest.raises(FormatError, match="looks like plain text"):
        read_text(prose)


class Odd:
    """A format that yields what it is told to."""

    name = "odd"
    title = "an odd file"

    def __init__(self, *items: Item | str) -> None:
        self.items = items

    def recognises(self, document: Document) -> bool:
        return True

    def parse(self, document: Document) -> Iterator[Item]:
        for item in self.items:
            if isinstance(item, str):
                raise FormatError(item)
            yield item


def reading(*items: Item | str, found: bool = False) -> Reading:
    known: Format = Odd(*items)
    return Reading(Document("file", lambda: pytest.fail("not opened"), discovered=found), known)


def test_every_paper_is_made_safe_where_it_enters() -> None:
    [paper] = outcome(reading(Paper("A \x1b[31mred\x1b[0m title\n", authors=("Ann\x07",)))).papers
    assert (paper.title, paper.authors) == ("A [31mred[0m title", ("Ann",))


def test_what_is_said_of_a_passage_is_safe_to_show() -> None:
    out = outcome(reading(Unparsed("a\x1b[31m", "not a paper: x\x11\x9bJ", "raw\x1b")))
    assert out.leftovers == [Unparsed("a[31m", "not a paper: xJ", "raw\x1b")]


def test_a_paper_without_a_title_is_left_over() -> None:
    out = outcome(reading(Paper("\x1b\n", abstract="About nothing.")))
    assert (out.papers, out.reading.papers, out.reading.leftovers) == ([], 0, 1)
    assert out.leftovers[0].text == "About nothing."


def test_what_came_before_a_break_is_kept() -> None:
    out = outcome(reading(Paper("One"), "file is broken off."))
    assert out.titles == ["One"]
    assert out.leftovers == [Unparsed("file", "file is broken off.", "")]


def test_a_break_before_the_first_paper_is_an_error_for_a_named_file_only() -> None:
    with pytest.raises(FormatError, match="broken"):
        outcome(reading("file is broken."))
    assert len(outcome(reading("file is broken.", found=True)).leftovers) == 1


def test_a_reading_without_papers_says_why() -> None:
    nothing = reading()
    assert list(nothing) == []
    assert (
        nothing.why_empty() == "Nothing to add from file: it is an odd file without a single paper."
    )


@pytest.mark.parametrize("name", WHOLE)
def test_files_cut_or_damaged_anywhere_are_read_in_part_or_refused(name: str) -> None:
    whole = WHOLE[name].encode()
    chance = random.Random(name)
    cuts = [whole[:end] for end in range(0, len(whole), max(10, len(whole) // 60))]
    for data in [*cuts, *(damaged(whole, chance) for _ in range(60))]:
        with suppress(FormatError):
            for item in read(Document.of_bytes("file", data)):
                assert not isinstance(item, Paper) or item.title


def damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 3, 10])):
        at = chance.randrange(len(changed) or 1)
        match chance.randrange(4):
            case 0:
                changed[at:at] = chance.choice(INSERTED).encode()
            case 1:
                del changed[at : at + chance.choice([1, 20, 300])]
            case 2:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                changed[at:at] = changed[: chance.choice([5, 500])]
    return bytes(changed)
