"""RIS: accepted by rispy, one value to a line."""

import io

import rispy
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import ris
from paperreader.papers.paper import Link, LinkKind
from paperreader.papers.record import Record

from .samples import record, records, some


def written(*given_records: Record) -> str:
    out = io.StringIO()
    ris.write(given_records, out)
    return out.getvalue()


def test_a_preprint() -> None:
    sample = record(
        "On it",
        abstract="One.\n\nTwo.",
        authors=("Ann van Dyk", "ATLAS Collaboration"),
        published="2024-03",
        keywords=("search",),
        identifiers={"arxiv": "2303.01566", "doi": "10.1000/x"},
        links=(Link(LinkKind.PDF, "https://a.org/x.pdf"), Link(LinkKind.CODE, "https://b.org")),
        tags=("later",),
        note="Read me.",
    )
    assert written(sample) == (
        "TY  - UNPB\n"
        "ID  - dyk2024onit\n"
        "TI  - On it\n"
        "AU  - van Dyk, Ann\n"
        "AU  - ATLAS Collaboration\n"
        "PY  - 2024\n"
        "DA  - 2024/03\n"
        "AB  - One. Two.\n"
        "KW  - search\n"
        "KW  - later\n"
        "DO  - 10.1000/x\n"
        "AN  - arXiv:2303.01566\n"
        "UR  - https://arxiv.org/abs/2303.01566\n"
        "L1  - https://a.org/x.pdf\n"
        "L2  - https://b.org\n"
        "RN  - Read me.\n"
        "ER  - \n"
        "\n"
    )


def test_the_type_follows_from_where_it_appeared() -> None:
    assert written(record(venue="A Journal")).startswith("TY  - JOUR\n")
    assert written(record(venue="ICML")).startswith("TY  - CONF\n")


@some
@given(st.lists(records(), max_size=4))
def test_rispy_reads_the_same_papers(given_records: list[Record]) -> None:
    sample = rispy.loads(written(*given_records))
    assert len(sample) == len(given_records)
    for entry, each in zip(sample, given_records, strict=True):
        assert entry["title"] == each.paper.title
        assert entry.get("abstract", "") == " ".join(each.paper.abstract.split())
        assert len(entry.get("authors", [])) == len(each.paper.authors)
