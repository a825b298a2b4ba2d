"""Which queries are plain words."""

import pytest

from paperreader.query.plain_words import PlainWords
from paperreader.query.query import Query
from paperreader.query.tree import Filter


def plain(text: str, *, typing: bool = False) -> PlainWords | None:
    return PlainWords.of(Query.parse(text, typing=typing).tree)


def test_words_are_plain_words() -> None:
    assert plain("hiding personal details") == PlainWords(("hiding", "personal", "details"))
    assert plain("stars, that blow up?") == PlainWords(("stars", "that", "blow", "up"))


def test_conditions_stand_beside_words() -> None:
    assert plain("dark matter is:unread (year:2019 tag:new)") == PlainWords(
        ("dark", "matter"),
        (Filter("is", "unread"), Filter("year", "2019..2019"), Filter("tag", "new")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "is:unread",
        '"dark matter"',
        '"dark matter" halos',
        "author:hinton",
        "attention author:hinton",
        "title:attention graphs",
        "dark -matter",
        "dark OR matter",
        "halos (dark OR matter)",
        "~atention networks",
        'one two three four five title:"six seven"',
    ],
)
def test_more_is_asked_for(text: str) -> None:
    assert plain(text) is None


def test_quotation_marks_in_a_sentence_are_its_own() -> None:
    found = plain('what is known about "virtual" storage in such large systems')
    assert found is not None
    assert found.words[3:7] == ("about", "virtual", "storage", "in")


def test_the_last_word_may_be_unfinished() -> None:
    assert plain("dark mat", typing=True) == PlainWords(("dark",), unfinished="mat")
    assert plain("dark mat ", typing=True) == PlainWords(("dark", "mat"))
    assert plain("m", typing=True) == PlainWords((), unfinished="m")
