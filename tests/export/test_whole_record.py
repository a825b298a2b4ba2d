"""A .bib that goes in and comes out is the same but for its layout."""

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import bibtex, write
from paperreader.formats import Document, read
from paperreader.papers.merging import combined
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record

from .samples import some

BOOK = r"""
@string{acm = "ACM {P}ress"}
@InCollection{doe:2019+a,
  author    = {de la Vall{\'e}e Poussin, Ch. J. and {NASA} and Dean, Jr., Jeff},
  editor    = {Eff, Eve and others},
  title     = {The {DNA} of $\alpha$-Gardens: {\"U}ber alles \& more~or less},
  booktitle = {Flowers \emph{of} the North},
  publisher = acm # { and Sons},
  address   = {New~York},
  volume = 7, number = {2}, chapter = 3, edition = {Second}, series = {LNCS},
  pages     = {1--20},
  month     = mar # "~1", year = {in press},
  isbn      = {978-3-16-148410-0}, issn = {1234-5678}, doi = {10.1000/ABC_d},
  note      = {Extended version of \url{https://example.org/x_y}},
  language  = {ngerman}, pmcid = {PMC123}, foo-bar = {unknown {\ss}}, crossref = {flowers},
  file      = {C\:\\papers\\a_b.pdf:PDF},
}
@phdthesis{roe, author={Roe, Max}, title={On Beds}, school={Univ. of X}, year=2001, month=7}
@online{web, author={Lee, Ann}, title={A Page}, url={https://a.org/b_c?d=1%202}, urldate={2020-01-02}}
@misc{pre, author={Lee, Ann}, title={A Preprint}, eprint={2303.01566}, eprinttype={arxiv},
  eprintclass={cs.CL}, date={2023-03-02}}
@book{flowers, title={Flowers of the North}, editor={Eff, Eve}, year=2001, publisher={B}}
"""


def parsed(name: str, data: str) -> list[Paper]:
    items = read(Document.of_bytes(name, data.encode()))
    return [item for item in items if isinstance(item, Paper)]


def written(name: str, papers: list[Paper]) -> str:
    out = io.StringIO(newline="")
    write(name, [Record(0, f"k{n}", p, added=str(n)) for n, p in enumerate(papers)], out)
    return out.getvalue()


def test_a_bib_in_and_out_is_equal() -> None:
    papers = parsed("a.bib", BOOK)
    assert parsed("b.bib", written("bibtex", papers)) == papers
    assert [p.citation_key for p in papers] == ["doe:2019+a", "roe", "web", "pre", "flowers"]


def test_an_entry_is_written_as_it_was() -> None:
    text = written("bibtex", parsed("a.bib", BOOK))
    for line in (
        r"author={de la Vall{\'e}e Poussin, Ch. J. and {NASA} and Dean, Jr., Jeff}",
        r"title={The {DNA} of $\alpha$-Gardens: {\"U}ber alles \& more~or less}",
        "publisher={ACM {P}ress and Sons}",
        "month=mar # {~1}",
        "doi={10.1000/ABC_d}",
        r"foo-bar={unknown {\ss}}",
        "school={Univ. of X}",
        "@incollection{doe:2019+a,",
    ):
        assert line in text
    assert "eprint={10" not in text
    assert text.index("@incollection") < text.index("@book{flowers")


def test_what_was_inherited_is_written_out_where_the_other_entry_is_not_there() -> None:
    child, parent = parsed(
        "a.bib",
        "@inproceedings{c, title={C}, author={Lee, Ann}, crossref={p}}\n"
        "@proceedings{p, title={P}, year=2001, publisher={B}}",
    )
    assert "crossref={p}" in written("bibtex", [child, parent])
    alone = written("bibtex", [child])
    assert "crossref" not in alone
    assert "booktitle={P}" in alone
    assert "publisher={B}" in alone


WORDS = st.sampled_from(
    ["{DNA}", "\\&", "$x_1$", '{\\"u}', "\\'e", "a~b", "--", "``q''", "\\emph{so}", "flowers",
     "\\%", "{\\ss}", "O'Neil", "and more", "\\textendash", "Ünïcode", "50", "(x)", "a_b"]
)  # fmt: skip
VALUES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
NAMES = st.sampled_from(
    ["title", "author", "booktitle", "journal", "volume", "pages", "publisher", "note", "year",
     "month", "editor", "series", "number", "howpublished", "keywords", "abstract", "school",
     "subtitle", "x-own", "language", "annote", "date", "institution", "address"]
)  # fmt: skip
ENTRIES = st.tuples(
    st.sampled_from(["article", "book", "inproceedings", "misc", "thesis", "own", "techreport"]),
    st.dictionaries(NAMES, VALUES, max_size=8),
)


@some
@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_reading_what_was_written_gives_what_was_read(
    entries: list[tuple[str, dict[str, str]]],
) -> None:
    text = "\n".join(
        f"@{kind}{{key{number},\n title = {{T}},\n"
        + "".join(f" {name} = {{{value}}},\n" for name, value in fields.items())
        + "}"
        for number, (kind, fields) in enumerate(entries)
    )
    papers = parsed("a.bib", text)
    again = parsed("b.bib", written("bibtex", papers))
    assert again == papers


@pytest.mark.parametrize("name", ["ris", "csl-json", "csv"])
def test_other_formats_keep_the_facts_that_one_cites_by(name: str) -> None:
    suffix = {"ris": ".ris", "csl-json": ".json", "csv": ".csv"}[name]
    papers = parsed("a.bib", BOOK)
    again = {p.title: p for p in parsed("b" + suffix, written(name, papers))}
    for paper in papers:
        found = again[paper.title]
        assert (found.identifiers, found.published) == (paper.identifiers, paper.published)
        assert found.editors == paper.editors
        for field in ("volume", "number", "publisher", "series", "edition", "issn", "language"):
            assert found.fields.get(field) == paper.fields.get(field)


TWICE = r"""
@misc{bee2020pre, title={{G}ardens with Nets}, author={Bee, Ann and Dee, Cee}, year={2020},
  eprint={2001.00001}, archiveprefix={arXiv}, note={Preprint}}
@article{bee21, title={Gardens with {N}ets}, author={Bee, A. and Dee, C.}, journal={J. Gard.},
  year={2021}, month=mar, volume={3}, pages={1--9}, doi={10.1000/x}}
"""


def test_a_paper_comes_out_under_every_key_as_each_entry_was() -> None:
    preprint, article = parsed("a.bib", TWICE)
    for order in ([preprint, article], [article, preprint]):
        whole = combined(order)
        assert whole.citation_key == "bee21"
        again = parsed("b.bib", written("bibtex", [whole]))
        assert again == [article, preprint]
        assert combined(again) == whole
        ids = [item["id"] for item in json.loads(written("csl-json", [whole]))]
        assert ids == ["bee21", "bee2020pre"]
        assert written("ris", [whole]).count("TY  - ") == 1


def test_what_was_learned_later_is_in_every_entry() -> None:
    whole = combined([*parsed("a.bib", TWICE), Paper("Gardens with Nets", fields={"issn": "1234"})])
    assert [paper.fields["issn"] for paper in parsed("b.bib", written("bibtex", [whole]))] == [
        "1234", "1234",
    ]  # fmt: skip


def test_json_lines_keep_the_entries() -> None:
    whole = combined(parsed("a.bib", TWICE))
    assert [entry.key for entry in whole.entries] == ["bee21", "bee2020pre"]
    assert parsed("a.jsonl", written("jsonl", [whole])) == [whole]


def test_a_scheme_gives_one_key() -> None:
    out = io.StringIO()
    write("bibtex", [Record(0, "k", combined(parsed("a.bib", TWICE)))], out, "{surname}{year}")
    [paper] = parsed("b.bib", out.getvalue())
    assert paper.citation_key == "bee2021"


def test_equal_keys_of_two_files_are_one_entry() -> None:
    one, two = parsed("a.bib", TWICE.replace("bee2020pre", "bee21"))
    assert combined([one, two]).entries == ()


UNTITLED = r"""
@article{prl, author={Bee, Ann}, journal={Phys. Rev. Lett.}, volume={77}, pages={3865--8}, year=1996}
@standard{iso, organization={ISO}, number={ISO 690}, year={2010}}
@misc{talk, author={Dee, Cee}, note={Private communication}}
@online{page, author={{Gardeners}}, url={https://a.org/x}, urldate={2020-01-01}}
@misc{bare, year={2001}}
@inproceedings{part, title={P}, crossref={vol}}
@misc{pm, pmid={123}}
@proceedings{vol, publisher={Beds}, year={2003}}
"""


def test_entries_without_a_title_come_out_without_one() -> None:
    papers = parsed("a.bib", UNTITLED)
    assert len(papers) == 8
    text = written("bibtex", papers)
    assert text.count("title=") == 1
    assert parsed("b.bib", text) == papers


@pytest.mark.parametrize("name", ["ris", "csl-json"])
def test_a_title_that_only_stands_in_is_not_written(name: str) -> None:
    suffix = {"ris": ".ris", "csl-json": ".json"}[name]
    paper = parsed("a.bib", UNTITLED)[0]
    text = written(name, [paper])
    assert "(1996)" not in text
    [again] = parsed("b" + suffix, text)
    assert (again.title, again.pending) == (paper.title, True)


def test_a_macro_that_only_a_style_defines_stays_one() -> None:
    text = written("bibtex", parsed("a.bib", "@article{a, title={T}, journal = jacm, year = 2001}"))
    assert "journal=jacm" in text
    [paper] = parsed("b.bib", text)
    assert paper.venue == "jacm"


def test_the_name_of_a_month_in_braces_is_no_macro() -> None:
    months = ["{apr}", "apr", 'apr # "~5"', '"5~" # apr', "{apr~5}", 'apr # "/" # may', "{April}"]
    source = "\n".join(
        f"@article{{a{n}, title={{T{n}}}, year=2020, month={month}}}"
        for n, month in enumerate(months)
    )
    papers = parsed("a.bib", source)
    assert {paper.published[:7] for paper in papers} == {"2020-04"}
    text = written("bibtex", papers)
    for month in ("{apr}", "apr", "apr # {~5}", "{5~} # apr", "{{apr}~5}", "apr # {/} # may"):
        assert f"month={month},\n" in text or f"month={month}\n" in text
    assert parsed("b.bib", text) == papers


def test_hostile_latex_does_not_break_the_file() -> None:
    paper = Paper("T", bibtex={"title": "{a", "x": "}", "n{": "1", "doi": "\\"}, kind="a}b")
    record = Record(0, "k", replace(paper, citation_key="a}b"))
    assert bibtex.entry(record).count("{") == bibtex.entry(record).count("}")
    assert parsed("a.bib", bibtex.entry(record))[0].title == "T"
