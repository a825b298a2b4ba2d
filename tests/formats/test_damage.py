"""Damaged files of reference managers: read in part or refused, but never an exception more."""

import random
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.formats import Document, FormatError, read
from paperreader.formats.base import Format
from paperreader.formats.bibtex.bibtex import BibTeX
from paperreader.formats.csv_table import CsvTable
from paperreader.formats.tagged_formats.nbib import Nbib
from paperreader.formats.tagged_formats.ris import EndNote, Ris, WebOfScience
from paperreader.formats.xml_formats.pubmed import PubMedXml
from paperreader.papers.paper import Paper

WHOLE = {
    "a.bib": '% Encoding: UTF-8\n@string{j = {J. } # "T"}\n@article{k, title={A {B} $c^{2}$ \\\'e},'
    ' author="M{\\"u}ller, J. and {A, B} and others", journal=j, month=jan, year=2001,'
    " crossref={p}, doi={10.1000/x\\_1}, url={https://x.org/~a}, abstract={One \\& two.},"
    " keywords={a; b}, note={arXiv:1706.03762}}\n@proceedings{p, title={P}, date={2001-02/2002}}\n",
    "a.ris": "1.\nTY  - JOUR\nTI  - One\nAU  - Doe, J., Jr.\nPY  - 2001/02/03/\nAB  - A\nb\n"
    "KW  - a; b\nUR  - https://doi.org/10.1000/x\nDO  - 10.1000/x\nER  - \nTY  - BOOK\nT1  - Two\n",
    "a.txt": "FN x\nVR 1.0\nPT J\nAU Doe, J\n   Roe, B\nTI One\n   two\nPY 2020\nPD JAN 1\nER\n\nEF\n",
    "a.enw": "%0 Journal Article\n%T One\n%A Doe, J\n%D 2001\n%K a\nb\n%R 10.1000/x\n",
    "a.nbib": "PMID- 1\nTI  - One\n      two\nFAU - Doe, J\nDP  - 2001 Jan 3\nLID - 10.1000/x [doi]\n",
    "a.xml": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>"
    "A <i>b</i> &amp;</ArticleTitle><Abstract><AbstractText Label='L'>x</AbstractText></Abstract>"
    "<AuthorList><Author><LastName>D</LastName></Author></AuthorList></Article></MedlineCitation>"
    "</PubmedArticle></PubmedArticleSet>",
    "a.json": '[{"id":"a","type":"book","title":"T","author":[{"family":"D","given":"J"}],"issued":'
    '{"date-parts":[[2001,"2"]]},"DOI":"10.1000/x","note":"PMID: 1"}]',
    "a.csv": 'title;authors;year;doi\n"One\ntwo";Doe, J and Roe, B;2001;10.1000/x\n;;;\n',
}
FORMATS: tuple[Format, ...] = (
    BibTeX(),
    Ris(),
    WebOfScience(),
    EndNote(),
    Nbib(),
    PubMedXml(),
    CsvTable(),
)
_PIECES = (
    b"{", b"}", b'"', b"@", b"=", b",", b"#", b"\\", b"$", b"\n", b"\r", b"\0", b"\xff", b"\xc3",
    b"TY  - JOUR\n", b"ER  - ", b"@article{", b"@string{x=", b"</PubmedArticle>", b"&foo;",
    b"PMID- ", b" and ", b";", b"\t", b"[", b"9" * 5000, b"\x1b[31m", b"null", b"1e999", b"<!--",
)  # fmt: skip


def consume(name: str, data: bytes) -> None:
    """Read the document in its format, and in every other one as if it were of that."""
    document = Document.of_bytes(name, data)
    with suppress(FormatError):
        list(read(document))
    for form in FORMATS:
        form.recognises(document)
        with suppress(FormatError):
            for item in form.parse(document):
                if isinstance(item, Paper):
                    assert item.cleaned().key


def mutations(data: bytes, seed: int) -> Iterator[bytes]:
    """Yield a few versions of `data` with bytes changed, cut out and put in."""
    chance = random.Random(seed)
    for count in (1, 3, 12):
        changed = bytearray(data)
        for _ in range(count):
            place = chance.randrange(len(changed))
            deed = chance.randrange(3)
            if deed == 0:
                changed[place] = chance.randrange(256)
            elif deed == 1:
                changed[place : place + chance.choice((0, 5, 40))] = chance.choice(_PIECES)
            else:
                del changed[place : place + chance.choice((1, 10))]
                changed += b" "
        yield bytes(changed)


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_is_read(name: str) -> None:
    assert any(
        isinstance(item, Paper) for item in read(Document.of_bytes(name, WHOLE[name].encode()))
    )


@pytest.mark.parametrize("name", WHOLE)
def test_cut_at_every_tenth_byte(name: str) -> None:
    data = WHOLE[name].encode()
    for end in range(0, len(data), 10):
        consume(name, data[:end])


@pytest.mark.parametrize("name", WHOLE)
def test_mutated(name: str) -> None:
    for seed in range(25):
        for data in mutations(WHOLE[name].encode(), seed):
            consume(name, data)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(
        st.one_of(
            st.text(max_size=20), st.sampled_from([piece.decode("latin-1") for piece in _PIECES])
        )
    ),
    st.integers(min_value=0, max_value=400),
)
def test_anything_put_anywhere(name: str, pieces: list[str], place: int) -> None:
    source = WHOLE[name]
    put = "".join(pieces).encode("utf-8", "surrogatepass")
    consume(name, source[:place].encode() + put + source[place:].encode())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="{}$\\\"'`~^-ab \n%&#_@,=()[]cov", max_size=200))
def test_any_field_prints_something_in_reasonable_time(source: str) -> None:
    consume("a.bib", f"@book{{a, title={{{source}}}, author={{{source}}}}}".encode())
