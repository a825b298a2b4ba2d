"""A file of CSL-JSON or RIS that goes in and comes out says the same."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import write
from paperreader.formats import Document, read
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record

from .samples import some

WORDS = st.lists(
    st.sampled_from(
        ["Gardens", "of", "10 %", "R&D", "«Beds»", "a-b", "O'Neil", "Über", "注意", "$x_1$", "{A}",
         "C#", "a_b", "A: b", "(x)", "α", "1–2", "et", "No. 3", "~5"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)  # fmt: skip
FAMILIES = st.sampled_from(
    ["Bee", "van Dee", "O'Neil", "de la Cruz", "García López", "Łęcki", "Ng"]
)
GIVEN = st.sampled_from(["Ann", "C. E.", "José María", "J.-P.", "Ed"])
PERSONS = st.lists(
    st.builds(lambda f, g: {"family": f, "given": g}, FAMILIES, GIVEN)
    | st.builds(lambda name: {"literal": name}, st.sampled_from(["The Group", "WHO", "李四"])),
    min_size=1,
    max_size=3,
)
DATES = st.sampled_from([[2020], [2020, 3], [2020, 3, 5], [1887, 12, 31]])
TYPES = ["article-journal", "paper-conference", "chapter", "book", "thesis", "report", "webpage",
         "dataset", "article", "document", "manuscript", "patent", "own-type"]  # fmt: skip
ITEMS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(TYPES),
        "title": WORDS,
        "issued": DATES.map(lambda parts: {"date-parts": [parts]}),
    },
    optional={
        "author": PERSONS,
        "editor": PERSONS,
        "accessed": DATES.map(lambda parts: {"date-parts": [parts]}),
        "abstract": WORDS,
        "keyword": st.sampled_from(["a", "a, b c", "Über"]),
        "page": st.sampled_from(["1", "1-9", "e42", "S1–S9", "1, 3-5"]),
        "DOI": st.sampled_from(["10.1000/x", "10.1000/(a)b_c"]),
        "PMID": st.just("31000201"),
        "PMCID": st.just("PMC6000201"),
        "ISBN": st.just("9783161484100"),
        "ISSN": st.just("1234-5678"),
        "URL": st.sampled_from(["https://a.org/x", "https://arxiv.org/abs/2001.00001"]),
        **dict.fromkeys(
            ("container-title", "collection-title", "publisher", "publisher-place", "note", "genre",
             "event-title", "title-short", "medium", "archive"), WORDS
        ),
        **dict.fromkeys(("volume", "issue", "edition", "number"), st.sampled_from(["3", "IV", "2a"])),
    },
)  # fmt: skip
LINES = {
    "T2": WORDS, "JF": WORDS, "JO": WORDS, "PB": WORDS, "CY": WORDS, "N1": WORDS, "AB": WORDS,
    "KW": WORDS, "M3": WORDS, "ET": st.just("2"), "VL": st.just("3"), "IS": st.just("2"),
    "SP": st.sampled_from(["1", "e42"]), "EP": st.just("9"), "SN": st.just("1234-5678"),
    "DO": st.just("10.1000/x"), "UR": st.just("https://a.org/x"), "L1": st.just("https://a.org/p.pdf"),
    "PY": st.sampled_from(["2020", "2020/03/05", "2020///"]), "DA": st.just("2020/03/05"),
    "AU": st.builds(lambda f, g: f"{f}, {g}", FAMILIES, GIVEN),
    "A2": st.builds(lambda f, g: f"{f}, {g}", FAMILIES, GIVEN),
    "LA": st.just("en"), "C1": WORDS, "U1": WORDS, "RN": WORDS,
}  # fmt: skip
RECORDS = st.tuples(
    st.sampled_from(
        ["JOUR", "CONF", "CHAP", "BOOK", "THES", "RPRT", "ELEC", "GEN", "UNPB", "XXXX"]
    ),
    WORDS,
    st.fixed_dictionaries({}, optional=LINES),
)


def parsed(name: str, source: str) -> list[Paper]:
    items = list(read(Document.of_bytes(name, source.encode())))
    papers = [item for item in items if isinstance(item, Paper)]
    assert len(items) == len(papers)
    return papers


def written(name: str, papers: list[Paper]) -> str:
    out = io.StringIO(newline="")
    write(name, [Record(n, f"k{n}", paper, added=str(n)) for n, paper in enumerate(papers)], out)
    return out.getvalue()


@some
@given(st.lists(ITEMS, min_size=1, max_size=3))
def test_csl_json(items: list[dict[str, object]]) -> None:
    source = json.dumps([{"id": f"key{n}", **item} for n, item in enumerate(items)])
    papers = parsed("a.json", source)
    assert parsed("b.json", written("csl-json", papers)) == papers


@some
@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_ris(records: list[tuple[str, str, dict[str, str]]]) -> None:
    source = "".join(
        f"TY  - {kind}\nTI  - {title}\n"
        + "".join(f"{tag}  - {value}\n" for tag, value in lines.items())
        + f"ID  - key{number}\nER  - \n"
        for number, (kind, title, lines) in enumerate(records)
    )
    papers = parsed("a.ris", source)
    assert parsed("b.ris", written("ris", papers)) == papers
