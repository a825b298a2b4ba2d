r"""The words of one field of one paper, as the one item that Whoosh carries from field to codec.

Lines, one for each text in the field: the title or the abstract is one text, each author's name
is one. A line is the words of the text in order, then, after a tab, the joined words, each with
the position of its first part:

    pre training of gpt 4\t0:pretraining 3:gpt4
"""

from collections.abc import Iterable

from paperreader.search.analysis import Words


def pack(texts: Iterable[Words]) -> bytes:
    """Return the words of some texts as bytes; a word has no white space in it."""
    return "\n".join(map(_line, texts)).encode()


def unpack(packed: bytes) -> list[Words]:
    """Return the words that were packed."""
    return [_words(line) for line in packed.decode().split("\n")]


def _line(words: Words) -> str:
    line = " ".join(words.words)
    if words.joined:
        line += "\t" + " ".join(f"{position}:{word}" for position, word in words.joined)
    return line


def _words(line: str) -> Words:
    line, _, joined = line.partition("\t")
    pairs = (pair.split(":") for pair in joined.split())
    return Words(line.split(), [(int(position), word) for position, word in pairs])
