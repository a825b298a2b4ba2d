"""PDFs are written here by hand, with the layouts that papers have."""

import logging
import random
import sys
from io import BytesIO

import pytest

from paperreader.formats.base import FormatError, Heading
from paperreader.formats.input.document import Document
from paperreader.formats.pdf.pdf import Pdf
from paperreader.papers.paper import LinkKind, Paper

pypdf = pytest.importorskip("pypdf")

ABSTRACT = (
    "We study how rivers find their beds when nobody is looking, and we show that a simple",
    "rule explains most of what is known. The rule is checked on seventeen rivers in three",
    "coun-",
    "tries, and it holds in all of them but for one, which had been moved by its owners.",
)
Lines = list[tuple[str, int]]
TITLE = "Rivers Without Witnesses"


def written(text: str) -> bytes:
    return (
        text.encode("latin-1", "replace")
        .replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
    )


def pdf(lines: Lines, metadata: dict[str, str] | None = None, stamp: str = "") -> bytes:
    """A file of one page; `lines` are (text, size) from the top down, with tabs between columns."""
    content, y = [b"BT"], 780.0
    for text, size in lines:
        y -= size * 1.5
        for column, words in enumerate(text.split("\t")):
            x = 72 + 160 * column
            content.append(b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj" % (size, x, y, written(words)))
    if stamp:
        content.append(b"/F1 20 Tf 0 1 -1 0 30 200 Tm (%s) Tj" % written(stamp))
    content.append(b"ET")
    stream = b"\n".join(content)
    info = b"".join(b"/%s (%s)" % (k.encode(), written(v)) for k, v in (metadata or {}).items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< %s >>" % info,
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, told in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def page(
    title: str = TITLE,
    authors: str = "Jane Doe*, Max van Muster and Li Wei",
    head: tuple[str, ...] = (),
) -> Lines:
    return [
        *((text, 8) for text in head),
        (title, 17),
        (authors, 11),
        ("University of Somewhere", 10),
        ("{jane,max}@example.org", 9),
        ("Abstract", 12),
        *((text, 10) for text in ABSTRACT),
        ("1 Introduction", 12),
        ("Rivers were described before (arXiv preprint arXiv:1999.00001, 2019).", 10),
        ("More is told in the paper of Smith and others, of which this is a continuation.", 10),
    ]


def read(data: bytes, name: str = "some/file.pdf") -> Paper:
    items = list(Pdf().parse(Document.of_bytes(name, data)))
    return next(item for item in items if isinstance(item, Paper)).cleaned()


def test_the_first_page_tells_title_authors_and_abstract() -> None:
    paper = read(pdf(page()))
    assert paper.title == TITLE
    assert paper.authors == ("Jane Doe", "Max van Muster", "Li Wei")
    assert paper.abstract.startswith("We study how rivers")
    assert "three countries, and it holds" in paper.abstract
    assert paper.abstract.endswith("by its owners.")
    assert paper.identifiers == {}
    assert not paper.pending


def test_a_title_over_two_lines_is_one() -> None:
    lines = page()
    lines[0:1] = [("Rivers Without", 17), ("Witnesses", 17)]
    assert read(pdf(lines)).title == TITLE


def test_a_journals_banner_in_larger_letters_is_no_title() -> None:
    lines = [("Journal of Rivers, Vol. 7", 24), *page()]
    assert read(pdf(lines)).title == TITLE


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Jane Doe1,2*, John Roe1 & Max M. Muster3", ("Jane Doe", "John Roe", "Max M. Muster")),
        ("Jane Doe, Member, IEEE, and John Roe, Fellow, IEEE", ("Jane Doe", "John Roe")),
        ("Jane Doe    John van Roe    Li Wei", ("Jane Doe", "John van Roe", "Li Wei")),
        ("Jane Doe John Roe Max Muster", ()),
        ("Department of Rivers, University of Beds", ()),
        ("Some words that are no names", ()),
    ],
)
def test_lines_of_names(line: str, authors: tuple[str, ...]) -> None:
    assert read(pdf(page(authors=line))).authors == authors


def test_an_abstract_on_the_line_of_its_heading() -> None:
    lines = page()
    place = lines.index(("Abstract", 12))
    lines[place : place + 2] = [(f"Abstract\x97{ABSTRACT[0]}", 10)]
    assert read(pdf(lines)).abstract.startswith("We study how rivers")
    lines = [(TITLE, 17), ("Abstract Syntax Notation One for rivers and for beds of theirs", 10)]
    assert read(pdf(lines)).abstract == ""


def test_the_stamp_in_the_margin_gives_id_category_and_date() -> None:
    paper = read(pdf(page(), stamp="arXiv:2101.00042v1  [cs.CL]  6 Dec 2021"))
    assert paper.identifiers == {"arxiv": "2101.00042"}
    assert paper.categories == ("cs.CL",)
    assert paper.published == "2021-12-06"
    assert paper.link(LinkKind.PAGE) == "https://arxiv.org/abs/2101.00042"
    assert paper.title == TITLE
    later = read(pdf(page(), stamp="arXiv:hep-th/9901001v3 [hep-th] 6 Dec 2001"))
    assert later.identifiers == {"arxiv": "hep-th/9901001"}
    assert (later.published, later.updated) == ("", "2001-12-06")


def test_the_file_name_may_be_the_arxiv_id() -> None:
    assert read(pdf(page()), "x/2101.00042v2.pdf").identifiers == {"arxiv": "2101.00042"}


def test_a_doi_on_the_page_is_its_own() -> None:
    head = ("https://doi.org/10.1234/abc.5",)
    assert read(pdf(page(head=head))).identifiers == {"doi": "10.1234/abc.5"}


@pytest.mark.parametrize(
    "title", ["Microsoft Word - rivers_final.docx", "untitled", "main.dvi", ""]
)
def test_what_programs_call_a_title_is_none(title: str) -> None:
    assert read(pdf(page(), {"Title": title, "Author": "Administrator"})).title == TITLE


def test_a_title_in_the_metadata_counts_where_the_page_has_it_too() -> None:
    lines = page(title="RIVERS WITHOUT WITNESSES")
    assert read(pdf(lines, {"Title": TITLE})).title == TITLE
    assert read(pdf(lines, {"Title": "Some Template Of 1998"})).title != "Some Template Of 1998"


def test_what_cannot_be_told_is_left_empty() -> None:
    paper = read(pdf([("A talk about rivers and beds", 12), ("42", 9)]))
    assert paper.title == "A talk about rivers and beds"
    assert (paper.abstract, paper.authors, paper.published) == ("", (), "")


def test_a_page_with_text_but_no_title_goes_by_its_file_name() -> None:
    paper = read(pdf([("1 2 3 4 5", 10)]), "papers/Doe_Rivers.pdf")
    assert paper.title == "Doe Rivers"
    assert paper.pending


def test_a_page_of_pictures_is_told() -> None:
    with pytest.raises(FormatError, match="without text"):
        read(pdf([]))


def test_a_page_that_takes_too_much_to_read_goes_by_its_metadata() -> None:
    lines = [*page(), *[("word " * 40, 10)] * 10_000]
    assert read(pdf(lines, {"Title": TITLE})).title == TITLE
    with pytest.raises(FormatError, match="without text"):
        read(pdf(lines))


def test_an_encrypted_file_is_told() -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(page())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(FormatError, match="encrypted"):
        read(out.getvalue())
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(page())))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    assert read(out.getvalue()).title == TITLE


def test_without_the_library_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(FormatError, match="pip install pypdf"):
        read(pdf(page()))


def test_recognised_by_its_signature_only() -> None:
    assert Pdf().recognises(Document.of_bytes("no-suffix", pdf(page())))
    assert not Pdf().recognises(Document.of_bytes("name.pdf", b"plain text"))


def test_damaged_files_raise_only_our_error_and_print_nothing(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    whole = pdf(page(), {"Title": TITLE}, stamp="arXiv:2101.00042v1 [cs.CL] 6 Dec 2021")
    chance = random.Random(4)
    damaged = [whole[:cut] for cut in range(0, len(whole), 97)]
    for _ in range(60):
        copy = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
        damaged.append(bytes(copy))
    with caplog.at_level(logging.WARNING):
        for data in damaged:
            try:
                items = list(Pdf().parse(Document.of_bytes("x.pdf", data)))
            except FormatError:
                continue
            assert all(isinstance(item, Paper | Heading) for item in items)
    assert not caplog.records
    assert capsys.readouterr() == ("", "")


def block(*lines: tuple[str, int], title: str = TITLE) -> Lines:
    return [
        (title, 17),
        *lines,
        ("Abstract", 12),
        *((text, 10) for text in ABSTRACT),
        ("1 Introduction", 12),
    ]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            [("Mona Birch", 11), ("Garden Works", 9), ("Kaisers, Germany", 9), ("m@e.org", 9), ("Rolf Cedar", 11),
             ("Johannes University", 9), ("r@e.org", 9), ("Gerd Maple", 11), ("Trinity College", 9)],
            ("Mona Birch", "Rolf Cedar", "Gerd Maple"),
        ),
        (
            [("Mona Birch", 11), ("Garden Works", 11), ("m@e.org", 11), ("Rolf Cedar", 11), ("Hose Works", 11), ("r@e.org", 11)],
            ("Mona Birch", "Rolf Cedar"),
        ),
        ([("Mona Birch", 11), ("Garden University", 11), ("and", 11), ("Rolf Cedar", 11), ("Hose Works", 11)], ("Mona Birch", "Rolf Cedar")),
        ([("Pia Linden1 \xb7 Otto Ash2 \xb7 Uma Rowan1", 11), ("Accepted: 13 July 2023", 9)], ("Pia Linden", "Otto Ash", "Uma Rowan")),
        ([("Pia Linden | Otto Ash", 11), ("Garden University", 9)], ("Pia Linden", "Otto Ash")),
        ([("Pia Linden, Garden University; Otto Ash and Uma Rowan, Hose Institute", 11)], ("Pia Linden", "Otto Ash", "Uma Rowan")),
        ([("Pia Linden, Otto Ash,", 11), ("Uma Rowan, and Max Fir, University of Gardens", 11)], ("Pia Linden", "Otto Ash", "Uma Rowan", "Max Fir")),
        ([("Pia Linden", 11), ("Otto Ash", 11)], ("Pia Linden", "Otto Ash")),
        ([("A tale of water", 12), ("Pia Linden", 11), ("Garden University", 9)], ("Pia Linden",)),
        ([("By PIA LINDEN", 11), ("Garden University", 9)], ("PIA LINDEN",)),
        ([("L\xb4aszl\xb4o Linden and G\xa8unter Ash", 11)], ("László Linden", "Günter Ash")),
        ([("Pia Linden, PhD, Member, IEEE, and Otto Ash", 11)], ("Pia Linden", "Otto Ash")),
        ([("Department of Gardens", 11), ("Berlin", 11)], ()),
        (
            [("Mona Birch\tAna Luz Cedro Alto\tLi Wei", 11), ("East City\tRed Hills\tNew Garden", 11),
             ("m@e.org\ta@e.org\tl@e.org", 11), ("Otto van der Ash\tEve O'Fir", 11), ("West City\tBlue Hills", 11)],
            ("Mona Birch", "Ana Luz Cedro Alto", "Li Wei", "Otto van der Ash", "Eve O'Fir"),
        ),
        ([("Mona Birch\tRolf d'Arc Jr.", 11), ("May 3, 2021", 11)], ("Mona Birch", "Rolf d'Arc Jr.")),
        ([("Mona Birch, Member, IEEE, Rolf Cedar, Life Fellow, OSA, and Li Wei", 11)], ("Mona Birch", "Rolf Cedar", "Li Wei")),
        ([("Mona Birch1, Rolf Cedar1,2, Li", 11), ("Wei3, and Ana Luz Cedro Alto1", 11), ("1Garden University", 9)],
         ("Mona Birch", "Rolf Cedar", "Li Wei", "Ana Luz Cedro Alto")),
        ([("Mona Birch m@e.org", 11), ("Garden Works", 11), ("Rolf Cedar r@e.org", 11), ("Hose Works", 11)], ("Mona Birch", "Rolf Cedar")),
        ([("MONA BIRCH, Garden University, Germany", 9), ("ROLF CEDAR and LI WEI, Hose Works, Peru", 9),
          ("ACM Reference Format:", 8), ("Mona Birch, Rolf Cedar, and Li Wei. 2018. Rivers Without Witnesses.", 8)],
         ("Mona Birch", "Rolf Cedar", "Li Wei")),
    ],
)  # fmt: skip
def test_the_authors_of_a_title_block(lines: Lines, names: tuple[str, ...]) -> None:
    assert read(pdf(block(*lines))).authors == names


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Pia Linden", ("Pia Linden", "Otto Ash")),
        ("plinden", ("Pia Linden", "Otto Ash")),
        ("Linden", ("Pia Linden", "Otto Ash")),
        ("Pia Linden; Otto Ash; Uma Rowan", ("Pia Linden", "Otto Ash")),
        ("Pia Linden, Otto Ash; Garden University", ("Pia Linden", "Otto Ash")),
        ("Linden, Pia; Ash, Otto", ("Pia Linden", "Otto Ash")),
    ],
)
def test_the_page_knows_more_authors_than_the_metadata(author: str, names: tuple[str, ...]) -> None:
    lines = block(("Pia Linden and Otto Ash", 11), ("Garden University", 9))
    paper = read(pdf(lines, {"Title": TITLE, "Author": author}))
    assert paper.authors[:2] == names


@pytest.mark.parametrize(
    "lines",
    [
        [("References", 12), ("[1] A. Zub. Gates. 2018. https://doi.org/10.1007/s1", 10)],
        [("REFERENCES", 12), ("A. Zub. Gates. doi:10.1007/s1", 10)],
        [("Bibliography", 12), ("A. Zub. Gates. arXiv:2001.00001 [cs.GR]", 10)],
        [("Data: https://doi.org/10.5281/zenodo.1", 10)],
        [("This paper extends our earlier work, doi:10.1007/s1", 10)],
        [("Supplementary material: https://doi.org/10.1007/s1", 10)],
        [
            (
                "Gates were opened by many people in many gardens for many years before us (doi:10.1007/s1)",
                10,
            )
        ],
    ],
)
def test_an_identifier_of_another_work_is_not_the_papers(lines: Lines) -> None:
    assert read(pdf([*page(), *lines])).identifiers == {}


@pytest.mark.parametrize(
    "head",
    [
        "https://doi.org/10.1000/s1",
        "doi: 10.1000/s1",
        "Gardens 28 (2023) 132, DOI 10.1000/s1",
        "DOI:10.1000/s1.",
    ],
)
def test_a_doi_in_the_head_or_the_foot_is_the_papers(head: str) -> None:
    assert read(pdf(page(head=(head,)))).identifiers == {"doi": "10.1000/s1"}
    assert read(pdf([*page(), (head, 8)])).identifiers == {"doi": "10.1000/s1"}
