"""PubMed's tagged text and its variants."""

from paperreader.formats import Document
from paperreader.formats.tagged_formats.nbib import Nbib
from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers

PUBMED = """
PMID- 8692918
OWN - NLM
STAT- MEDLINE
IS  - 0027-8424 (Print)
DP  - 1996 Jul 9
TI  - The structure of a thing complexed with
      another thing.
LID - 10.1073/pnas.93.14.6913 [doi]
LID - S0027 [pii]
AB  - BACKGROUND: In the structure - of IL-6 - many
      things. RESULTS: x.
FAU - van Raaij, M J
AU  - van Raaij MJ
AD  - Somewhere, Cambridge, United
      Kingdom.
FAU - Doe, Jane A Jr
AU  - Doe JA Jr
CN  - The Thing Group
TA  - Proc Natl
JT  - Proceedings of the Academy
MH  - Aurovertins/*chemistry
MH  - *Protein Structure
OT  - things
PMC - PMC38908
EDAT- 1996/07/10
SO  - Proc Natl. 1996 Jul 9;93(14):6913-7. doi: 10.1073/pnas.93.14.6913.

PMID- 2
TI  - Second.
AU  - Raaij MJ
AU  - Doe JA
DEP - 20180330
AID - arXiv:1706.03762v2 [pii]
"""


def test_pubmed() -> None:
    one, two = papers("a.nbib", PUBMED, "nbib")
    assert one == Paper(
        "The structure of a thing complexed with another thing.",
        abstract="BACKGROUND: In the structure - of IL-6 - many things. RESULTS: x.",
        authors=("M. J. van Raaij", "Jane A. Doe Jr", "The Thing Group"),
        published="1996-07-09",
        venue="Proceedings of the Academy",
        keywords=("Aurovertins/chemistry", "Protein Structure", "things"),
        identifiers={"doi": "10.1073/pnas.93.14.6913", "pmid": "8692918", "pmcid": "PMC38908"},
        kind="article",
        fields={"issn": "0027-8424", "shortjournal": "Proc Natl", "pages": "S0027"},
    )
    assert two == Paper(
        "Second.",
        authors=("M. J. Raaij", "J. A. Doe"),
        published="2018-03-30",
        identifiers={"pmid": "2", "arxiv": "1706.03762"},
        kind="article",
    )


def test_pmc_puts_its_own_id_first() -> None:
    one, two = papers(
        "medlars.txt",
        "PMC - PMC1\nPMID- 1\nTI  - One.\nAB  - \nOAB - Publisher: Abstract available from the"
        " publisher.\nJT  - J\n\nPMC - PMC2\nPMID- 2\nTI  - Two.\nOAB - Autre\n      résumé.\n",
        "nbib",
    )
    assert (one.abstract, two.abstract) == ("", "Autre résumé.")
    assert two.identifiers == {"pmid": "2", "pmcid": "PMC2"}


def test_eric_has_no_pmid() -> None:
    one, two = papers(
        "eric.nbib",
        "OWN - ERIC\nTI  - One\nAU  - Leipzig, Jeremy\nOID - ED1\nDP  - 2021\n"
        "LID - http://eric.ed.gov/?id=ED1\nISBN - 979-8-2098-8762-1\n\n\n"
        "OWN - ERIC\nTI  - Two\nDP  - 2012\n",
        "nbib",
    )
    assert one == Paper(
        "One",
        authors=("Jeremy Leipzig",),
        published="2021",
        links=(Link(LinkKind.PAGE, "http://eric.ed.gov/?id=ED1"),),
        identifiers={"isbn": "9798209887621"},
        kind="article",
    )
    assert two.title == "Two"


def test_books_and_chapters() -> None:
    chapter, book = papers(
        "a.nbib",
        "PMID- 1\nTI  - Chapter\nBTI - Book\nDP  - 2009\n\nPMID- 2\nBTI - Book\nPB  - P\n",
        "nbib",
    )
    assert (chapter.title, chapter.venue) == ("Chapter", "Book")
    assert (book.title, book.venue) == ("Book", "")


def test_what_has_no_title_is_left_over() -> None:
    found = items(
        "a.nbib", "Exported today\n\nOWN - NLM\nTI-\nAB  - x\n\nPMID- 2\nTI  - Two\n", "nbib"
    )
    assert [left.location for left in leftovers(found)] == ["line 3"]
    assert [heading.text for heading in headings(found)] == ["Exported today"]


def test_a_record_with_nothing_but_an_id_waits_for_its_title() -> None:
    (paper,) = papers("a.nbib", "PMID-1\nTI  -\nDP  - 2013 06 10\n", "nbib")
    assert (paper.title, paper.published, paper.pending) == ("PMID 1", "2013-06-10", True)


def test_ris_and_prose_are_not_taken_for_it() -> None:
    for data in (b"TY  - JOUR\nTI  - One\nER  -\n", b"PMID 1 and TI - the rest\n"):
        assert not Nbib().recognises(Document.of_bytes("a.txt", data))
