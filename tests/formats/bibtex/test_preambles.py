"""The preambles of a `.bib` go along with the entries that use what they define."""

import io

from paperreader.export import write
from paperreader.formats.bibtex.preambles import Preambles
from paperreader.papers.bibtex_fields import PREAMBLE
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from tests.formats.reading import headings, items

SOURCE = r"""
@string{dots = "\dots"}
@preamble{ "\newcommand{\noopsort}[1]{} " # "\def\years#1{\bare{#1}} % a remark
  " # dots }
@preamble{{\providecommand*{\unused}{x}}}
@PREAMBLE("\let\bare=\relax ")
@book{a, title={One}, year={{\noopsort{1973b}}1981}}
@book{b, title={Two}, year=1982}
@book{c, title={Three}, year={\years{1983}}}
"""
FIRST = r"\newcommand{\noopsort}[1]{} \def\years#1{\bare{#1}} \dots"


def _papers(source: str) -> list[Paper]:
    return [item for item in items("a.bib", source, "bibtex") if isinstance(item, Paper)]


def _exported(papers: list[Paper]) -> str:
    out = io.StringIO()
    write("bibtex", [Record(i, f"k{i}", paper.cleaned()) for i, paper in enumerate(papers)], out)
    return out.getvalue()


def test_an_entry_has_the_preambles_that_define_its_commands_and_theirs() -> None:
    preambles = [paper.bibtex.get(PREAMBLE, "") for paper in _papers(SOURCE)]

    both = rf"{FIRST}" + "\n\n" + r"\let\bare=\relax"
    assert preambles == [both, "", both]


def test_each_preamble_is_written_once_before_what_needs_it_and_read_again() -> None:
    papers = _papers(SOURCE)

    written = _exported(papers)

    assert written.startswith("@preamble{{" + FIRST + "}}\n")
    assert written.count("@preamble") == 2
    assert r"\unused" not in written
    assert "@preamble" not in _exported(papers[1:2])
    again = _papers(written)
    assert [paper.bibtex for paper in again] == [paper.bibtex for paper in papers]
    assert _exported(again) == written


def test_a_preamble_that_is_not_a_value_is_a_remark() -> None:
    found = items("a.bib", "@preamble{ {\\def\\x{y}}, n = {z} }\n@book{a, title={\\x A}}", "bibtex")

    assert [heading.kind for heading in headings(found)] == ["preamble"]
    (paper,) = (item for item in found if isinstance(item, Paper))
    assert PREAMBLE not in paper.bibtex


def test_a_preamble_with_a_brace_too_many_is_not_written() -> None:
    paper = Paper("T", bibtex={"title": "T", PREAMBLE: r"\def\x{y"}, citation_key="a")

    assert "@preamble" not in _exported([paper])


def test_a_command_with_an_at_sign_is_no_entry() -> None:
    source = r"""@preamble{" \makeatletter \@ifundefined{cyr}{\newcommand{\cyr}[1]{---}}{} \makeatother "}
@book{a, title={One {\cyr Gardens}}}
"""
    (paper,) = _papers(source)

    written = _exported([paper])

    assert written.startswith(r"@preamble{{\makeatletter \@ifundefined{cyr}{\newcommand{\cyr}")
    (again,) = _papers(written)
    assert again.bibtex == paper.bibtex


def test_preambles_that_define_each_other_are_both_needed() -> None:
    preambles = Preambles()
    preambles.add(r"\def\a{\b}")
    preambles.add(r"\def\b{\a}")
    preambles.add(r"\def\c{\d}")

    assert preambles.needed_by([r"x \a y"]) == "\\def\\a{\\b}\n\n\\def\\b{\\a}"
    assert preambles.needed_by([r"\ab", "text"]) == ""
