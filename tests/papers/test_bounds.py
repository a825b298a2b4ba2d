import json
from dataclasses import fields
from pathlib import Path

from paperreader.formats import Unparsed, readings
from paperreader.papers.bounds import _LISTS, _MAPPINGS, _TEXTS, _WHOLE, MOST_LINKS, bounded
from paperreader.papers.paper import Link, LinkKind, Paper


def test_a_paper_within_the_bounds_is_as_it_was() -> None:
    paper = Paper("Title", "x" * 900_000, ("Ann Lee",) * 5154, fields={"volume": "1"})
    assert bounded(paper) == (paper, [])
    assert bounded(paper)[0] is paper


def test_every_text_and_every_list_has_a_bound() -> None:
    assert set(_TEXTS) == {f.name for f in fields(Paper) if f.type is str}
    lists = {f.name for f in fields(Paper) if "tuple" in str(f.type) or "Mapping" in str(f.type)}
    assert {*_LISTS, *_MAPPINGS, *_WHOLE} == lists


def test_what_is_too_large_is_cut_and_said() -> None:
    link = Link(LinkKind.PAGE, "https://example.org")
    paper = Paper(
        "T" * 20_000,
        "a" * 3_000_000,
        tuple(f"Author {n}" for n in range(30_000)),
        links=(link,) * 2000,
        keywords=("k" * 3_000_000, "short"),
        fields={f"f{n}": "x" for n in range(2000)},
    )
    small, cut = bounded(paper)
    assert (len(small.title), len(small.abstract), len(small.authors)) == (
        10_000,
        1_000_000,
        20_000,
    )
    assert (len(small.links), len(small.fields)) == (500, 200)
    assert [len(word) for word in small.keywords] == [1000, 5]
    assert [each.split()[1] for each in cut] == [
        *("title", "abstract", "authors", "keywords", "fields", "links"),
    ]
    assert bounded(small) == (small, [])
    assert len(paper.cleaned().abstract) == 1_000_000


def test_latex_that_is_too_long_is_left_out_rather_than_cut() -> None:
    whole = {"title": "{T}", "author": "{A} and " * 20_000}
    assert bounded(Paper("T", bibtex=whole))[0].bibtex == {"title": "{T}"}


def test_addresses_in_an_abstract_are_no_more_links_than_a_paper_has() -> None:
    abstract = " ".join(f"https://example.org/{n}" for n in range(MOST_LINKS + 100))
    assert len(Paper("T", abstract).cleaned().links) == MOST_LINKS


def test_the_report_says_what_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"title": "Huge", "abstract": "word " * 300_000}))
    [reading] = readings(str(path))
    paper, cut = list(reading)
    assert isinstance(paper, Paper)
    assert cut == Unparsed(str(path), "the abstract was cut at 1,000,000 characters", "Huge")
    assert reading.leftovers == 1
