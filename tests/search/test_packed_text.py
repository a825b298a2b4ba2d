"""The packed item that carries the words of a field through Whoosh."""

from hypothesis import given
from hypothesis import strategies as st

from paperreader.search import analysis
from paperreader.search.packed_text import pack, unpack


@given(st.lists(st.text(), min_size=1))
def test_words_come_out_as_they_went_in(texts: list[str]) -> None:
    words = [analysis.words(text) for text in texts]
    assert unpack(pack(words)) == words


def test_the_documented_line() -> None:
    packed = pack([analysis.words("pre-training of GPT-4")])
    assert packed == b"pre training of gpt 4\t0:pretraining 3:gpt4"
