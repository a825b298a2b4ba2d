"""BibTeX as the programs and sites that write it do, and as people break it."""

import time

import pytest

from paperreader.formats import Document, read
from paperreader.formats.bibtex.bibtex import BibTeX
from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers


def only(source: str) -> Paper:
    (paper,) = papers("a.bib", source, "bibtex")
    return paper


def test_an_entry_of_arxiv() -> None:
    paper = only(
        """@misc{doe2023thing,
      title={A Thing with $\\alpha$ and {BERT}},
      author={Jane Doe and Ludwig van Beethoven},
      year={2023},
      eprint={2303.01566v2},
      archivePrefix={arXiv},
      primaryClass={stat.ML},
      doi={https://doi.org/10.1000/ABC_1},
      url={https://arxiv.org/abs/2303.01566},
}"""
    )
    assert paper == Paper(
        "A Thing with $\\alpha$ and BERT",
        authors=("Jane Doe", "Ludwig van Beethoven"),
        published="2023",
        categories=("stat.ML",),
        links=(Link(LinkKind.PAGE, "https://arxiv.org/abs/2303.01566"),),
        identifiers={"arxiv": "2303.01566", "doi": "10.1000/abc_1"},
        kind="misc",
        citation_key="doe2023thing",
        bibtex={
            "title": "A Thing with $\\alpha$ and {BERT}",
            "author": "Jane Doe and Ludwig van Beethoven",
            "year": "2023",
            "eprint": "2303.01566v2",
            "archiveprefix": "arXiv",
            "primaryclass": "stat.ML",
            "doi": "https://doi.org/10.1000/ABC_1",
            "url": "https://arxiv.org/abs/2303.01566",
        },
    )


@pytest.mark.parametrize(
    "fields",
    [
        "journal={arXiv preprint arXiv:2303.01566}",
        "journal={CoRR}, volume={abs/2303.01566}",
        "journal={ArXiv}, volume={abs/2303.01566}",
        "eprinttype={arxiv}, eprint={2303.01566}, eprintclass={cs.CL}",
        "eprint={arXiv:2303.01566}",
        "arxivId={2303.01566}, archivePrefix={arXiv}",
        "publisher={arXiv}, doi={10.48550/arXiv.2303.01566}",
        "note={arXiv:2303.01566 [cs]}",
        "number={arXiv:2303.01566}",
        "url={http://arxiv.org/pdf/2303.01566v3.pdf}",
        "howpublished={\\url{https://arxiv.org/abs/2303.01566}}",
        "note={Available at \\url{https://huggingface.co/papers/2303.01566}}",
    ],
)
def test_an_arxiv_id_is_found_wherever_it_stands(fields: str) -> None:
    paper = only(f"@article{{a, title={{T}}, {fields}}}")
    assert paper.identifiers["arxiv"] == "2303.01566"
    assert paper.venue == ""


def test_old_arxiv_ids() -> None:
    whole = only('@article{a, title="T", eprint="hep-th/9711200", archivePrefix="arXiv"}')
    apart = only("@article{a, title={T}, eprint={9711200}, archivePrefix={hep-th}}")
    assert whole.identifiers == apart.identifiers == {"arxiv": "hep-th/9711200"}


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        ("doi={10.1000/X.1}", "10.1000/x.1"),
        ("doi={http://dx.doi.org/10.1000/x\\_1}", "10.1000/x_1"),
        ("url={https://doi.org/10.1000/x.1}", "10.1000/x.1"),
        ("url={http://doi.acm.org/10.1145/1281192.1281230}", "10.1145/1281192.1281230"),
        ("url={https://dl.acm.org/doi/abs/10.1145/12.3?x=y}", "10.1145/12.3"),
        ("url={https://academic.oup.com/dsh/article/doi/10.1093/llc/fq1/69645}", "10.1093/llc/fq1"),
        ("note={doi: 10.1000/x.1.}", "10.1000/x.1"),
        (
            "doi={10.1002/(SICI)1097(1998)17:15/16{$<$}1661::AID-SIM968{$>$}3.0.CO;2-2}",
            "10.1002/(sici)1097(1998)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
    ],
)
def test_a_doi_is_found_wherever_it_stands(fields: str, doi: str) -> None:
    assert only(f"@article{{a, title={{T}}, {fields}}}").identifiers["doi"] == doi


@pytest.mark.parametrize(
    "note",
    [
        "Comment on arXiv:2001.00001",
        "Comment on {\\url{https://arxiv.org/abs/2001.00001}}",
        "Reply to arXiv:2001.00001 [cs]",
        "Extended version of doi: 10.1000/short.1",
        "See also doi:10.1000/short.1",
        "Erratum: doi 10.1000/short.1",
        "Supplement to https://doi.org/10.1000/short.1",
        "Correction to PMID: 123",
        "Translated from arXiv:2001.00001",
        "Builds upon the results of arXiv:2001.00001",
        "We thank the authors of arXiv:2001.00001; doi:10.1000/short.1",
        "Data: \\href{https://doi.org/10.5281/zenodo.1}{10.5281/zenodo.1}",
    ],
)
def test_an_identifier_of_another_work_is_not_the_papers_own(note: str) -> None:
    paper = only(f"@article{{a, title={{T}}, author={{A B}}, note={{{note}}}}}")
    assert paper.identifiers == {}
    assert paper.comment


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("arXiv:2001.00001v2 [cs.CL]", {"arxiv": "2001.00001"}),
        ("PMID: 123; PMCID: PMC456", {"pmid": "123", "pmcid": "PMC456"}),
        (
            "Available at \\url{https://arxiv.org/abs/2001.00001}, accessed 3 May 2020",
            {"arxiv": "2001.00001"},
        ),
        ("To appear. Online publication: doi 10.1000/x", {"doi": "10.1000/x"}),
        (
            "[DOI:\\href{https://dx.doi.org/10.1000/x-1}{10.1000/x-1}] [PubMed:\\href{https://www.ncbi.nlm.nih.gov/pubmed/31}{31}]",
            {"doi": "10.1000/x-1", "pmid": "31"},
        ),
    ],
)
def test_a_note_that_is_nothing_but_an_identifier_names_the_paper(
    note: str, named: dict[str, str]
) -> None:
    assert only(f"@article{{a, title={{T}}, note={{{note}}}}}").identifiers == named


def test_the_address_of_a_data_set_is_a_link_and_names_nothing() -> None:
    paper = only("@article{a, title={T}, dataset={https://doi.org/10.5281/zenodo.1}}")
    assert (paper.identifiers, [link.url for link in paper.links]) == (
        {},
        ["https://doi.org/10.5281/zenodo.1"],
    )


def test_pubmed_as_a_home_of_preprints() -> None:
    paper = only("@article{a, title={T}, eprint={123}, eprinttype={pubmed}}")
    assert paper.identifiers == {"pmid": "123"}


def test_other_identifiers() -> None:
    paper = only(
        "@article{a, title={T}, pmid={123}, pmcid={456}, isbn={978-1-59593-609-7},"
        " url={https://aclanthology.org/P19-1001.pdf},"
        " openreview={https://openreview.net/forum?id=Ab_c-1}}"
    )
    assert paper.identifiers == {
        "pmid": "123",
        "pmcid": "PMC456",
        "isbn": "9781595936097",
        "acl": "P19-1001",
        "openreview": "Ab_c-1",
    }


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Doe, Jane and Smith, John", ["Jane Doe", "John Smith"]),
        ("Jane Doe AND\n  John Smith", ["Jane Doe", "John Smith"]),
        ("Doe, Jane and others", ["Jane Doe"]),
        ("van Beethoven, Ludwig", ["Ludwig van Beethoven"]),
        ("von der Heide, Jr., Hans", ["Hans von der Heide Jr."]),
        ("Smith, John, III", ["John Smith III"]),
        ("{The CGAL Project}", ["The CGAL Project"]),
        ('{Council of A, B and C} and M{\\"u}ller, K.', ["Council of A, B and C", "K. Müller"]),
        ("{Smith}, J. and {de la Cruz}, Jane", ["J. Smith", "Jane de la Cruz"]),
        ("family=Beethoven, given=Ludwig, prefix=van", ["Ludwig van Beethoven"]),
        ("Smith, J.; Doe, K.", ["J. Smith", "K. Doe"]),
        ("John Smith, Jane Doe, Bob Roe", ["John Smith", "Jane Doe", "Bob Roe"]),
        ("Smith, John, Doe, Jane", ["John Smith", "Jane Doe"]),
        ("John Smith and and Terry Brown", ["John Smith", "Terry Brown"]),
        ('Aks{\\i}n, {\\"O}zge and {\\c{C}}etin, B', ["Özge Aksın", "B Çetin"]),
        ("The{\\'}re{\\`}se Lind and Jose{\\'} Pin{\\~}a", ["Thérèse Lind", "José Piña"]),
        ("Mu{\\\"}ller, J. and Dvor{\\v}a{\\'}k, A.", ["J. Müller", "A. Dvořák"]),
        ("{\\'}Etienne Bee and L{\\'}Oreal Lab", ["Étienne Bee", "L´Oreal Lab"]),
        (
            "Petrel\\cprime d, V. A. and Ol{\\cprime}chova, I. B.",
            ["V. A. Petrel'd", "I. B. Ol'chova"],
        ),
        (
            "Gr{\\udot a}, A. and W{\\polhk e}grzyn, B. and {\\Dbar}oko, C.",
            ["A. Grạ", "B. Węgrzyn", "C. Đoko"],
        ),
        (
            "family=Sauge, given=Henri, prefix=de, useprefix=false and family=Doe, given=Jane",
            ["Henri de Sauge", "Jane Doe"],
        ),
        (
            "prefix=van den, useprefix=true, given-i=J, family=Berg, given=Jan, suffix=Jr.",
            ["Jan van den Berg Jr."],
        ),
        ("张, 三 and 李, 四", ["张三", "李四"]),
        ("김, 철수 and 山田, 太郎", ["김철수", "山田太郎"]),
        ("John Smith, Peter Jones and Kate O'Neil", ["John Smith", "Peter Jones", "Kate O'Neil"]),
        (
            "García Márquez, Gabriel José and Vargas Llosa, Jorge Mario",
            ["Gabriel José García Márquez", "Jorge Mario Vargas Llosa"],
        ),
        ("Csato, Eva and Isak, Bo & Joh, Lars", ["Eva Csato", "Bo Isak", "Lars Joh"]),
        ("Csato, Eva \\& Isak, Bo", ["Eva Csato", "Bo Isak"]),
        ("Bee, A., Dee, C., \\& Gee, E.", ["A. Bee", "C. Dee", "E. Gee"]),
        ("Bee, A., Dee, C. and Gee, E.", ["A. Bee", "C. Dee", "E. Gee"]),
        ("Bee, Jr., Ann and Gee, Eve", ["Ann Bee Jr.", "Eve Gee"]),
        ("Simon & Schuster and {Bee \\& Dee}", ["Simon & Schuster", "Bee & Dee"]),
        ("Anna Ito / Bernd Ito", ["Anna Ito", "Bernd Ito"]),
        ("Garden Lab and : and Ida Aa", ["Garden Lab", "Ida Aa"]),
        ("Wei {Wang 0001} and Ann Bee 0002", ["Wei Wang", "Ann Bee"]),
        ("Doe, Jane and et al.", ["Jane Doe"]),
        ("", []),
    ],
)
def test_names(authors: str, names: list[str]) -> None:
    assert list(only(f"@article{{a, title={{T}}, author={{{authors}}}}}").authors) == names


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year={2009}", "2009"),
        ("year=2009, month=jan", "2009-01"),
        ("year=2009, month={6}, day={12}", "2009-06-12"),
        ('year=2009, month="15~" # jun', "2009-06-15"),
        ("Year={{2020}}, Month={{JAN 15}}", "2020-01-15"),
        ("year={2009}, month={10--12 July}", "2009-07-10"),
        ("date={2019-06-25}", "2019-06-25"),
        ("date={2011-05-25~/2012-06}", "2011-05-25"),
        ("date={2006}, month=may", "2006-05"),
        ("year={in press}", ""),
        ("year={2009/2010}", "2009"),
    ],
)
def test_dates(fields: str, date: str) -> None:
    assert only(f"@article{{a, title={{T}}, {fields}}}").published == date


def test_abstracts_keywords_and_venues() -> None:
    paper = only(
        "@article{a, title={A <i>nice</i> {\\&}amp; tidy one}, journal={\\apj},"
        " abstract={<p>Of 5\\% \\& $a<b$, $c>d$.</p><p>At \\url{https://x.org/~me}.</p>},"
        " keywords={a; b, c}, note={Accepted}, file={:/home/me/a.pdf:PDF},"
        " project={https://x.org/project}, code={https://github.com/a/b_c}}"
    )
    assert paper.title == "A nice & tidy one"
    assert paper.abstract == "Of 5% & $a<b$, $c>d$.\n\nAt https://x.org/~me."
    assert paper.venue == "The Astrophysical Journal"
    assert paper.keywords == ("a", "b, c")
    assert paper.comment == "Accepted"
    assert paper.link(LinkKind.CODE) == "https://github.com/a/b_c"
    assert not [link for link in paper.links if "home" in link.url]


def test_macros_defined_and_predefined() -> None:
    (paper,) = papers(
        "a.bib",
        '@string(me = "Doe, Jane")\n@STRING{j = {Journal of } # "Things"}\n'
        "@book(k, author = ME # { and } # {John Smith}, title = {T}, journal = J # { B},"
        " year = 1999, month = SEP)",
        "bibtex",
    )
    assert paper.authors == ("Jane Doe", "John Smith")
    assert paper.venue == "Journal of Things B"
    assert paper.published == "1999-09"


def test_macros_cannot_grow_without_bounds() -> None:
    bomb = '@string{s = "xx"}\n' + "@string{s = s # s}\n" * 60 + "@book{a, title = s # s}"
    found = items("a.bib", bomb, "bibtex")
    (paper,) = [item for item in found if isinstance(item, Paper)]
    assert len(paper.title) == 10_000
    assert "title was cut" in leftovers(found)[0].reason


def test_inheritance_from_an_entry_that_stands_later() -> None:
    part, whole = papers(
        "a.bib",
        "@inproceedings{p, title={Part}, author={A B}, crossref={W}}\n"
        "@proceedings{w, title={Whole}, booktitle={Whole}, year=2006, month=oct,"
        " doi={10.1/whole}, editor={E D}}",
        "bibtex",
    )
    assert (part.title, part.venue, part.published) == ("Part", "Whole", "2006-10")
    assert part.identifiers == {}
    assert (whole.title, whole.venue, whole.authors) == ("Whole", "", ())


def test_xdata_that_names_many_others_that_do_too_is_not_followed_for_ever() -> None:
    names = [f"k{number}" for number in range(40)]
    entries = [f"@xdata{{{name}, xdata={{{','.join(names)}}}, year=2001}}" for name in names]
    found = items("a.bib", "\n".join([*entries, "@book{a, title={A}, xdata={k0}}"]), "bibtex")
    [book] = [item for item in found if isinstance(item, Paper)]
    assert (book.title, book.published) == ("A", "2001")


def test_xdata_and_entries_in_a_circle() -> None:
    found = items(
        "a.bib",
        "@book{a, title={A}, xdata={x, missing}}\n@xdata{x, year={2001}, xdata={y}}\n"
        "@xdata{y, journal={J}, xdata={x}}\n@book{b, title={B}, crossref={b}}",
        "bibtex",
    )
    first, last = [item for item in found if isinstance(item, Paper)]
    assert (first.published, first.venue, last.title) == ("2001", "J", "B")
    assert [heading.kind for heading in headings(found)] == ["xdata", "xdata"]


def test_broken_entries_are_left_over_and_the_rest_is_read() -> None:
    found = items(
        "a.bib",
        "@article{one, title={One}}\n\n@article{two, title={Two, year=2000\n\n"
        "@article{three, title={Three}}\n@article{four four}\nstray\n@misc{five,}\n"
        "%@article{six, title={Six}}\n@article{seven, title={Seven}",
        "bibtex",
    )
    assert [item.title for item in found if isinstance(item, Paper)] == ["One", "Three"]
    source = [(left.location, left.reason) for left in leftovers(found)]
    assert source[0] == ("line 3", "the entry is not closed")
    assert "title={Two" in leftovers(found)[0].text
    assert ("line 8", "the entry five has no title") in source
    assert source[-1] == ("line 10", "the entry is not closed")


def test_faults_with_one_meaning_are_mended() -> None:
    missing_comma = "@article{a, title={One}\n author={A B}, year=2000}"
    missing_key = "@article{title={One}, author={A B}, year=2000}"
    repeated = "@article{a, title={One}, title={Two}, author={A B}, year=2000}"
    for source in (missing_comma, missing_key, repeated):
        paper = only(source)
        assert (paper.title, paper.authors, paper.published) == ("One", ("A B",), "2000")


def test_a_line_break_before_a_brace_escapes_nothing() -> None:
    paper = only(
        "@article{a, title={Main\\\\{\\small and more}}, file={C:\\\\papers\\\\}, year=2000}"
    )
    assert (paper.title, paper.published) == ("Main and more", "2000")


def test_comments_preambles_and_headers_are_no_papers() -> None:
    found = items(
        "a.bib",
        '% Encoding: UTF-8\n@preamble{ "x" # y }\n@Comment{jabref-meta: databaseType:bibtex;}\n'
        "@comment this one\nfree words\n@book{a, title={A}}\n@set{s, entryset={a,b}}",
        "bibtex",
    )
    assert [item.title for item in found if isinstance(item, Paper)] == ["A"]
    assert {heading.kind for heading in headings(found)} == {"comment", "preamble", "set"}
    assert not leftovers(found)


def test_entries_with_one_key_are_two_papers() -> None:
    first, second = papers("a.bib", "@book{k, title={A}}\n@book{k, title={B}}", "bibtex")
    assert (first.title, second.title) == ("A", "B")


def test_a_title_may_be_elsewhere() -> None:
    assert only("@collection{c, booktitle={Special issue}, year=1993}").title == "Special issue"
    assert only("@book{c, title={Main}, subtitle={And more}}").title == "Main: And more"
    assert only("@book{c, title={Main?}, subtitle={{Yes}}}").title == "Main? Yes"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("journal={Phys. Rev. Lett.}, volume=77, pages={3865--3868}, year=1996",
         "Phys. Rev. Lett. 77, 3865 (1996)"),
        ("booktitle={Proceedings}, year=1993", "Proceedings (1993)"),
        ("organization={ISO}, number={ISO 690}", "ISO 690"),
        ("note={Private communication}", "Private communication"),
        ("url={https://a.org/x}, year=2001", "https://a.org/x"),
        ("howpublished={\\url{https://a.org/x}}", "https://a.org/x"),
        ("author={Bee, Ann}, doi={10.1000/x}", "10.1000/x"),
        ("author={Bee, Ann}, year=2001", "key"),
    ],
)  # fmt: skip
def test_an_entry_without_a_title_is_called_by_what_it_is_cited_by(fields: str, name: str) -> None:
    paper = only(f"@misc{{key, {fields}}}")
    assert (paper.title, paper.pending, paper.citation_key) == (name, True, "key")


def test_an_entry_with_nothing_but_an_id_waits_for_its_title() -> None:
    paper = only("@misc{a, eprint={2303.01566}, archivePrefix={arXiv}, author={Jane Doe}}")
    assert (paper.title, paper.pending) == ("2303.01566", True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_encodings(encoding: str) -> None:
    source = "@book{a, title={Étude des naïvetés},\n author={Émile Müller and José Ñandú}}"
    (paper,) = papers("a.bib", source.encode(encoding), "bibtex")
    assert paper.title == "Étude des naïvetés"
    assert paper.authors == ("Émile Müller", "José Ñandú")


def test_a_declared_encoding_is_believed() -> None:
    source = "% Encoding: ISO8859_15\n@book{a, title={Šome title}}"
    assert papers("a.bib", source.encode("iso8859-15"), "bibtex")[0].title == "Šome title"


@pytest.mark.parametrize(
    ("name", "source", "is_bibtex"),
    [
        ("a.txt", "@article{a,\n  title={A}}", True),
        ("-", "Scopus\nEXPORT DATE: 1 May 2021\n\n@ARTICLE{a,\ntitle={A},}", True),
        ("-", "@inproceedings{\nkey,\ntitle={A}}", True),
        ("-", "Dear Jane,\n\nhere they\nare.\n" + "@misc{a,\ntitle={A}}\n" * 3, True),
        ("a.md", "# A list\n\n```bibtex\n@article{a, title={A}}\n```", False),
        ("a.py", "@decorated(x)\ndef f(): ...", False),
        ("a.css", "@media screen { a { color: red } }", False),
        ("a.txt", "Write to me@example.org {now, or = later}", False),
    ],
)
def test_recognition(name: str, source: str, is_bibtex: bool) -> None:
    assert BibTeX().recognises(Document.of_bytes(name, source.encode())) is is_bibtex


def test_a_large_file_takes_time_in_proportion() -> None:
    entry = "@article{{k{0}, title={{The {{Title}} {0}}}, author={{Doe, J{0}}}, year=2000}}\n"
    data = "".join(map(entry.format, range(2000))).encode()
    start = time.process_time()
    assert sum(1 for _ in read(Document.of_bytes("a.bib", data))) == 2000
    assert time.process_time() - start < 5


def test_the_whole_record_is_kept() -> None:
    paper = only(
        """@InCollection{doe:2019, author={van den Berg, Jan and M{\\"u}ller, K.}, title={The {DNA} of
 Gardens}, booktitle={Flowers}, volume=7, number={2}, pages={1--20}, publisher={Garden \\& Co},
 year={in press}, month=3, doi={10.1000/ABC}, isbn={978-3-16-148410-0}, note={arXiv:2001.00001},
 keywords={a; b}, editor={Eff, Eve and Gee, Gil}, foo={B{\\'a}r}, issn={1234-5678}, series={S},
 file={C:\\a.pdf:PDF}, subtitle={And more}, journal={Other}}"""
    )
    assert (paper.kind, paper.citation_key) == ("incollection", "doe:2019")
    assert paper.editors == ("Eve Eff", "Gil Gee")
    assert paper.fields == {
        "booktitle": "Flowers",
        "volume": "7",
        "number": "2",
        "pages": "1–20",
        "publisher": "Garden & Co",
        "note": "arXiv:2001.00001",
        "foo": "Bár",
        "issn": "1234-5678",
        "series": "S",
        "file": "C:a.pdf:PDF",
        "subtitle": "And more",
    }
    assert list(paper.bibtex.items())[:5] == [
        ("author", 'van den Berg, Jan and M{\\"u}ller, K.'),
        ("title", "The {DNA} of Gardens"),
        ("booktitle", "Flowers"),
        ("volume", "7"),
        ("number", "2"),
    ]
    assert paper.bibtex["file"] == "C:\\a.pdf:PDF"
    assert len(paper.bibtex) == 20


def test_what_an_entry_inherits_is_not_its_own_latex() -> None:
    part, _ = papers(
        "a.bib",
        "@inproceedings{p, title={Part}, crossref={w}, abstract={Long}}\n"
        "@proceedings{w, title={Whole}, year=2006, month=oct, note={N}, eprint={x1}, eprinttype={hal}}",
        "bibtex",
    )
    assert part.bibtex == {"title": "Part", "crossref": "w"}
    assert (part.venue, part.published, part.fields) == ("Whole", "2006-10", {"crossref": "w"})


def test_an_eprint_that_is_not_of_arxiv_is_kept() -> None:
    paper = only("@misc{a, title={T}, eprint={hal-01}, eprinttype={hal}, eprintclass={x}}")
    assert paper.fields == {"eprint": "hal-01", "eprinttype": "hal", "eprintclass": "x"}
