"""BibTeX: what it looks like, and that nothing in a paper can break it."""

import io
import logging
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from hypothesis import assume, given
from hypothesis import strategies as st

from paperreader.export import bibtex
from paperreader.papers.paper import Link
from paperreader.papers.record import Record

from .samples import hostile, record, records, some


def parsed(source: str) -> Library:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return parse_string(source)


def field(name: str, **fields: Any) -> str:
    entry = parsed(bibtex.entry(record(**fields))).entries[0]
    return str(entry[name])


def test_a_preprint_looks_as_arxiv_writes_it() -> None:
    preprint = record(
        "Retrieval by mBERT at 5% cost",
        authors=("Ann van Dyk", "Bo Li"),
        published="2023-03-01",
        categories=("stat.ML", "cs.LG"),
        identifiers={"arxiv": "2303.01566"},
    )
    assert bibtex.entry(preprint) == (
        "@misc{dyk2023retrievalmbert5cost,\n"
        "      title={Retrieval by {mBERT} at 5\\% cost},\n"
        "      author={Ann van Dyk and Bo Li},\n"
        "      year={2023},\n"
        "      month=mar,\n"
        "      day={1},\n"
        "      eprint={2303.01566},\n"
        "      archivePrefix={arXiv},\n"
        "      primaryClass={stat.ML},\n"
        "      url={https://arxiv.org/abs/2303.01566}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("fields", "kind", "venue"),
    [
        ({"venue": "Journal of Proofs"}, "article", "journal"),
        ({"venue": "Proc. of the 3rd Workshop"}, "inproceedings", "booktitle"),
        ({"venue": "NeurIPS 2023"}, "inproceedings", "booktitle"),
        ({"venue": "PRL", "identifiers": {"arxiv": "2303.01566"}}, "misc", "journal"),
    ],
)
def test_the_kind_of_entry_follows_from_where_it_appeared(
    fields: dict[str, Any], kind: str, venue: str
) -> None:
    entry = parsed(bibtex.entry(record(**fields))).entries[0]
    assert entry.entry_type == kind
    assert entry[venue] == fields["venue"]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("On the use of Bayesian methods", "On the use of {Bayesian} methods"),
        ("BERT-based X-ray GPT4 and mT5", "{BERT}-based {X}-ray {GPT4} and {mT5}"),
        ("A bound of $O(n_1)$, $x$", "A bound of {$O(n_1)$}, $x$"),
        (r"{Keep} \emph{This} Schr\"odinger", r"{Keep} \emph{This} {Schr}\"odinger"),
        ("R&D #1 a_b 5% x^2", r"{R}\&{D} \#1 a\_b 5\% x\^{}2"),
        (r"Already \& done \%", r"Already \& done \%"),
        ("It costs $5 and $10", r"It costs \$5 and \$10"),
        ("Open { only", r"Open \textbraceleft{} only"),
        ("Shut } only {x}", r"Shut \textbraceright{} only \textbraceleft{}x\textbraceright{}"),
        ("Planes {110} at ~10 keV", r"Planes \{110\} at \textasciitilde{}10 {keV}"),
        (r"{\bf Planes} {110}", r"{\bf Planes} {110}"),
        (r"$\left\{ x \right.$", r"$\left\lbrace{} x \right.$"),
        ("The end \\", r"The end \textbackslash{}"),
        ("A line\\\\", "A line\\\\ "),
        ("See @article{x, y}", r"See @article\{x, y\}"),
        ("Größe: ein Maß 中文", "Größe: ein {Maß} 中文"),
    ],
)
def test_titles_are_escaped_and_their_capitals_kept(title: str, written: str) -> None:
    assert field("title", title=title) == written


def test_bodies_and_names_with_commas_stay_one_name() -> None:
    names = ("ATLAS Collaboration", "Cinema, Ltd.", "R and D", "Plato")
    assert field("author", authors=names) == (
        "{ATLAS Collaboration} and {Cinema, Ltd.} and {R and D} and Plato"
    )


def test_tags_are_keywords_and_a_note_is_not_printed() -> None:
    entry = bibtex.entry(record(keywords=("search",), tags=("later", "search"), note="50% true"))
    assert "keywords={search, later}" in entry
    assert "annote={50\\% true}" in entry


def test_topics_are_keywords_and_no_class_of_arxiv() -> None:
    categories = ("Transfer Learning", "cs.LG")
    entry = bibtex.entry(record(categories=categories, keywords=("vision",)))
    assert "primaryClass={cs.LG}" in entry
    assert "keywords={vision, Transfer Learning}" in entry


def test_addresses_are_left_alone() -> None:
    url = "https://a.org/x_y?p=1%202&q=#z"
    assert field("url", links=(Link.of(url),)) == url


@pytest.mark.parametrize(
    ("latex", "text", "written"),
    [
        ("\\", "", "\\textbackslash{}"),
        ("a\\\\", "a", "a"),
        ("{a", "a", "a"),
        ("{a", "", "\\textbraceleft{}a"),
        ("a @article{x}", "", "a @article\\{x\\}"),
    ],
)
def test_latex_that_would_break_the_entry_is_written_as_text(
    latex: str, text: str, written: str
) -> None:
    assert field("volume", bibtex={"volume": latex}, fields={"volume": text}) == written


@some
@given(st.lists(records(), min_size=1, max_size=4))
def test_the_fields_own_parser_finds_every_entry_whole(given_records: list[Record]) -> None:
    out = io.StringIO()
    # That parser takes a quotation mark in a key for the start of a value.
    assume(not any('"' in each.paper.citation_key for each in given_records))
    bibtex.write(iter(given_records), out)
    library = parsed(out.getvalue())
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries) == len(given_records)
    for entry, each in zip(library.entries, given_records, strict=True):
        assert each.paper.pending or entry["title"]
        assert ("abstract" in entry.fields_dict) == bool(each.paper.abstract)
        assert entry.fields_dict.get("eprint") is None or entry["archivePrefix"] == "arXiv"


@given(hostile)
def test_bibtex_itself_finds_every_brace_paired(title: str) -> None:
    """BibTeX counts every brace, also one behind a backslash."""
    depth = 0
    entry = bibtex.entry(record("x" + title))
    for place, sign in enumerate(entry):
        depth += (sign == "{") - (sign == "}")
        assert depth > 0 or not entry.index("{") <= place < len(entry) - 2
    assert depth == 0


@given(hostile)
def test_no_sign_is_left_that_latex_would_obey(title: str) -> None:
    written = field("title", title="x" + title)
    outside = written.replace(r"\%", "").replace(r"\#", "").replace(r"\&", "")
    assert "%" not in outside
    if "$" not in outside:
        assert "#" not in outside
        assert "&" not in outside
