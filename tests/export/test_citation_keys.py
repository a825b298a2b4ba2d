"""Citation keys."""

import io
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import ExportError, citation_keys, write
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record

from .samples import record, records

SAME = [
    record("Deep learning", authors=("Ann Lee",), published="2024", key=f"k:{i}") for i in "abc"
]


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (
            Paper("Attention Is All You Need", authors=("Ashish Vaswani",), published="2017-06-12"),
            "vaswani2017attentionneed",
        ),
        (Paper("The H-Consistency of $O(n)$ Things"), "hconsistencynd"),
        (Paper("On it", published="2020"), "on2020"),
        (Paper("Über Größe", authors=("Jürgen Groß",), published="1999"), "gross1999ubergrosse"),
        (Paper("X", authors=("Søren Łukasiewicz",), published="n.d."), "lukasiewiczndx"),
        (Paper("注意力", authors=("李",)), "papernd"),
        (Paper("", identifiers={"arxiv": "2404.1"}), "papernd"),
    ],
)
def test_a_key_is_surname_year_and_title(paper: Paper, key: str) -> None:
    assert citation_keys.base(paper) == key


@given(records())
def test_a_key_is_of_plain_letters_and_digits(given_record: Record) -> None:
    key = citation_keys.base(replace(given_record.paper, citation_key=""))
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()


@pytest.mark.parametrize("key", ["doe:2019", "DBLP:conf/x/Doe19", "Müller_2020+a", "10.1000/x"])
def test_a_key_of_its_own_is_kept(key: str) -> None:
    assert citation_keys.base(record("A title", citation_key=key).paper) == key


@pytest.mark.parametrize("key", ["o'neil\"x", "a(b)", "a#b", "a~b@c"])
def test_a_key_that_only_bibtex_reads_is_kept_in_an_entry_of_a_bib(key: str) -> None:
    own = record("A title", citation_key=key, bibtex={"title": "A title"})
    assert citation_keys.base(own.paper) == key
    assert citation_keys.base(record("A title", citation_key=key).paper) == "titlend"


@pytest.mark.parametrize("key", ["a b", "a,b", "{a}", "a\\b", "a%b", "x" * 300])
def test_a_key_that_would_break_the_file_is_not(key: str) -> None:
    assert citation_keys.base(record("A title", citation_key=key).paper) == "titlend"


def test_clashing_keys_get_letters_whatever_the_order() -> None:
    for order in itertools.permutations(SAME):
        keys = {each.key: key for key, each in citation_keys.keyed(order)}
        assert keys == {
            "k:a": "lee2024deeplearning",
            "k:b": "lee2024deeplearninga",
            "k:c": "lee2024deeplearningb",
        }


def test_the_paper_that_was_there_first_keeps_its_key() -> None:
    old = record("X", key="z", added="2020-01-01")
    new = record("X", key="a", added="2021-01-01")
    assert dict(citation_keys.keyed([new, old])) == {"xnda": new, "xnd": old}


def test_a_letter_never_makes_the_key_of_another_paper() -> None:
    several = [record(title, key=str(i)) for i, title in enumerate(["X", "X", "Xnda"])]
    several.append(record("Y", authors=("Xnd A",), key="9"))
    assert len({key for key, _ in citation_keys.keyed(several)}) == len(several)


@given(st.lists(st.sampled_from([*SAME, record("Deep")]), max_size=60))
def test_keys_are_unique_from_a_list_and_from_an_iterator(given_records: list[Record]) -> None:
    for several in (given_records, iter(given_records)):
        keys = [key for key, _ in citation_keys.keyed(several)]
        assert len(keys) == len(given_records)
        assert len(set(keys)) == len(keys)


def test_a_scheme_replaces_the_keys() -> None:
    doe = record("The Garden of Beds", authors=("Jane Doe",), published="2019", citation_key="x")
    [named] = citation_keys.by_scheme([doe], "{surname}:{year}-{title}")
    assert citation_keys.base(named.paper) == "doe:2019-garden"
    [named] = citation_keys.by_scheme([doe], "{words}")
    assert citation_keys.base(named.paper) == "gardenbeds"


def test_json_lines_keep_the_papers_own_keys() -> None:
    doe = record("The Garden of Beds", authors=("Jane Doe",), published="2019", citation_key="x")
    for name, key in (("bibtex", "@article{doe2019,"), ("jsonl", '"citation_key": "x"')):
        out = io.StringIO()
        write(name, [doe], out, "{surname}{year}")
        assert key in out.getvalue().replace("@misc", "@article")


@pytest.mark.parametrize("scheme", ["{other}", "{surname", "{0}", "{surname.x}", "a b", "{year!z}"])
def test_a_scheme_that_makes_no_key_is_refused(scheme: str) -> None:
    with pytest.raises(ExportError, match="scheme for citation keys"):
        citation_keys.by_scheme([record("A title")], scheme)


def test_its_own_key_goes_before_one_that_is_made() -> None:
    made = record("Deep Learning", authors=("Ann Lee",), published="2024", added="2020", key="k1")
    own = record("B", citation_key="lee2024deeplearning", added="2026", key="k2")
    keys = {each.key: key for key, each in citation_keys.keyed([made, own])}
    assert keys == {"k2": "lee2024deeplearning", "k1": "lee2024deeplearninga"}
