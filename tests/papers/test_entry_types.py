import pytest

from paperreader.papers.entry_types import ENTRY_TYPES, kind_of, type_of


@pytest.mark.parametrize("entry_type", ENTRY_TYPES)
def test_the_word_that_a_kind_is_written_as_is_read_as_a_word_for_it(entry_type: object) -> None:
    kind = str(getattr(entry_type, "kind", ""))
    written = type_of(kind)
    assert written is not None
    for system in ("csl", "ris", "zotero"):
        word = getattr(written, system)
        again = type_of(kind_of(system, word))
        assert again is not None
        assert getattr(again, system) == word


def test_an_unknown_word_is_kept_and_has_no_table() -> None:
    assert kind_of("ris", "AGGR") == "aggr"
    assert type_of("aggr") is None
