"""JSON in the shapes of many sources, each written here after what the source answers."""

import gzip
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.export import jsonl
from paperreader.formats import Document, FormatError, Unparsed, read
from paperreader.formats.json_formats.json_lines import Json
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record
from tests.formats.reading import items, leftovers, papers


def only(value: object, name: str = "some.json") -> Paper:
    (paper,) = papers(name, json.dumps(value), "json")
    return paper


FULL = Paper(
    "A Title With “Quotes” and $x_1$",
    abstract="One paragraph.\n\nAnother, with <b> and & in it.",
    authors=("Ada B. Lovelace", "Li, Wei"),
    published="2019-05",
    updated="2020-01-02",
    venue="Proceedings of Things",
    categories=("cs.CL", "cs.LG"),
    keywords=("rivers, wide", "beds"),
    links=(
        Link(LinkKind.PAGE, "https://github.com/not/code"),
        Link(LinkKind.CODE, "https://a.example/code"),
    ),
    identifiers={"arxiv": "2101.00001", "doi": "10.1234/x", "pmid": "12"},
    comment="12 pages",
    summary="Short.",
    organization="A House",
    upvotes=0,
    comments=3,
    stars=5,
).cleaned()


def test_what_paperreader_writes_comes_back_exactly() -> None:
    line = json.dumps(jsonl.as_object(Record(7, "arxiv:2101.00001", FULL, added="2024-01-01")))
    assert papers("x.jsonl", f"{line}\n{line}\n", "json") == [FULL, FULL]
    bare = Paper("Only a title")
    told = json.dumps(jsonl.as_object(Record(1, bare.key, bare)))
    assert papers("x", told, "json") == [bare]


def test_numbers_beside_a_paper_are_its_votes_stars_and_comments() -> None:
    paper = only({"title": "A", "abstract": "B", "upvotes": 7, "githubStars": 5, "comments": 4})
    assert (paper.upvotes, paper.stars, paper.comments, paper.comment) == (7, 5, 4, "")
    assert only({"title": "A", "abstract": "B", "comments": "12 pages"}).comment == "12 pages"


def test_the_arxiv_snapshot() -> None:
    paper = only(
        {
            "id": "2101.00007",
            "submitter": "Jane Doe",
            "authors": "Jane Doe (1) and J\\'er\\^ome Roux (2) ((1) Here, (2) There)",
            "title": "A title\n  over two lines",
            "comments": "Code at\n  https://example.org/x",
            "journal-ref": "Journal 51 (8), 2021",
            "doi": "10.1002/SPE.2984",
            "report-no": None,
            "categories": "cs.DS cs.MS",
            "abstract": "  The first paragraph\nis wrapped.\n  The second one follows.\n",
            "versions": [
                {"version": "v1", "created": "Mon, 11 Jan 2021 20:31:27 GMT"},
                {"version": "v2", "created": "Sat, 30 Jan 2021 23:57:29 GMT"},
            ],
            "update_date": "2022-11-07",
            "authors_parsed": [["Doe", "Jane", ""], ["Roux", "Jérôme", "Jr."]],
        }
    )
    assert paper.title == "A title over two lines"
    assert paper.abstract == "The first paragraph is wrapped.\n\nThe second one follows."
    assert paper.authors == ("Jane Doe", "Jérôme Roux Jr.")
    assert (paper.published, paper.updated) == ("2021-01-11", "2021-01-30")
    assert paper.categories == ("cs.DS", "cs.MS")
    assert paper.identifiers == {"arxiv": "2101.00007", "doi": "10.1002/spe.2984"}
    assert paper.venue == "Journal 51 (8), 2021"
    assert paper.comment == "Code at https://example.org/x"


def test_authors_of_the_snapshot_without_parsed_names() -> None:
    record = {"id": "hep-th/9901001", "title": "T", "categories": "hep-th", "versions": []}
    paper = only(record | {"authors": "A. B. Doe (MIT, (1)), C. Roe and the BIG Team"})
    assert paper.authors == ("A. B. Doe", "C. Roe", "the BIG Team")
    assert paper.identifiers == {"arxiv": "hep-th/9901001"}


def test_a_corpus_with_arxiv_ids_and_lists() -> None:
    record = {
        "id": "arxiv:acc-phys/9411001",
        "title": "Symplectic Things",
        "abstract": "We show that.",
        "authors": ["Salman Habib", "Robert D. Ryne"],
        "date": "1994-11-01",
        "updated": None,
        "url": "https://arxiv.org/abs/acc-phys/9411001",
        "categories": ["acc-phys", "physics.acc-ph"],
        "primary": "physics.acc-ph",
        "doi": None,
        "comments": "12 pages",
    }
    paper = only(record)
    assert paper.key == "arxiv:acc-phys/9411001"
    assert paper.authors == ("Salman Habib", "Robert D. Ryne")
    assert paper.published == "1994-11-01"
    assert paper.categories == ("physics.acc-ph", "acc-phys")
    assert paper.comment == "12 pages"


OPENALEX = {
    "id": "https://openalex.org/W123",
    "doi": "https://doi.org/10.1234/ABC",
    "title": "On <i>E. coli</i> &amp; Rivers",
    "display_name": "On <i>E. coli</i> &amp; Rivers",
    "publication_year": 2018,
    "publication_date": "2018-05-01",
    "ids": {"openalex": "https://openalex.org/W123", "pmid": "https://pubmed.ncbi.nlm.nih.gov/77"},
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1234/abc",
        "pdf_url": "https://a.example/x.pdf",
        "source": {"display_name": "Journal of Rivers"},
    },
    "locations": [{"landing_page_url": "http://arxiv.org/abs/1805.12018", "pdf_url": None}],
    "authorships": [
        {"author": {"display_name": "George A. Akerlof"}, "institutions": []},
        {"author": {"display_name": None}, "raw_author_name": "Nobody"},
        {"author": None},
    ],
    "topics": [{"display_name": "Hydrology"}],
    "keywords": [{"keyword": "beds"}, {"display_name": "Rivers"}],
    "abstract_inverted_index": {
        "Abstract": [0],
        "We": [1, 4],
        "are": [2],
        "here.": [3],
        "go.": [5],
    },
}


@pytest.mark.parametrize(
    "wrapped", [OPENALEX, [OPENALEX], {"meta": {"count": 1}, "results": [OPENALEX], "group_by": []}]
)
def test_openalex_works(wrapped: object) -> None:
    paper = only(wrapped)
    assert paper.title == "On E. coli & Rivers"
    assert paper.abstract == "We are here. We go."
    assert paper.authors == ("George A. Akerlof",)
    assert paper.published == "2018-05-01"
    assert paper.venue == "Journal of Rivers"
    assert paper.keywords == ("beds", "Rivers")
    assert paper.identifiers == {
        "arxiv": "1805.12018",
        "openalex": "W123",
        "doi": "10.1234/abc",
        "pmid": "77",
    }
    assert paper.link(LinkKind.PDF) == "https://a.example/x.pdf"


def test_openalex_works_with_few_fields_selected() -> None:
    paper = only({"id": "https://openalex.org/W9", "display_name": "Chosen Fields"})
    assert (paper.title, paper.identifiers) == ("Chosen Fields", {"openalex": "W9"})
    hostile: dict[str, object] = {"id": "https://openalex.org/W9", "title": "T"}
    hostile["abstract_inverted_index"] = {"a": [10**15, -1, None, "x"], "b": None}
    assert only(hostile).abstract == "a a"


SCHOLAR = {
    "paperId": "abc123",
    "externalIds": {"ArXiv": "1706.03762", "DOI": "10.1234/Y", "DBLP": "x/Y", "CorpusId": 13},
    "url": "https://www.semanticscholar.org/paper/abc123",
    "title": "Computing Machinery",
    "abstract": None,
    "venue": "",
    "year": 1950,
    "publicationDate": None,
    "journal": {"name": "Mind", "pages": "433"},
    "openAccessPdf": {"url": "https://a.example/p.pdf", "status": None},
    "fieldsOfStudy": None,
    "s2FieldsOfStudy": [{"category": "Art", "source": "x"}, {"category": "Art", "source": "y"}],
    "tldr": {"model": "m", "text": "Machines may think."},
    "authors": [{"authorId": None, "name": "A. Turing"}],
}
BARE = {"paperId": "d", "title": "Bare", "authors": None, "externalIds": None, "tldr": None}


@pytest.mark.parametrize(
    "wrapped",
    [
        [SCHOLAR, BARE],
        {"total": 2, "offset": 0, "next": 2, "data": [SCHOLAR, BARE]},
        {"recommendedPapers": [SCHOLAR, BARE]},
        {"authorId": "1", "name": "A. Turing", "papers": [SCHOLAR, BARE]},
        {
            "offset": 0,
            "data": [{"isInfluential": False, "citingPaper": p} for p in (SCHOLAR, BARE)],
        },
    ],
)
def test_semantic_scholar(wrapped: object) -> None:
    paper, bare = papers("s2.json", json.dumps(wrapped), "json")
    assert (paper.title, paper.abstract) == ("Computing Machinery", "")
    assert paper.authors == ("A. Turing",)
    assert (paper.published, paper.venue) == ("1950", "Mind")
    assert paper.categories == ("Art",)
    assert paper.summary == "Machines may think."
    ids = {"arxiv": "1706.03762", "doi": "10.1234/y", "dblp": "x/Y", "s2": "abc123"}
    assert paper.identifiers == ids | {"s2": "abc123"}
    assert paper.link(LinkKind.PDF) == "https://a.example/p.pdf"
    assert bare.identifiers == {"s2": "d"}


def test_an_answer_of_null_for_an_unknown_paper_is_told() -> None:
    found = items("batch.json", json.dumps([SCHOLAR, None]), "json")
    assert [left.location for left in leftovers(found)] == ["line 1, record 2"]


def test_paperlists() -> None:
    record = {
        "id": "2022.acl-short.96",
        "title": "(Un)solving Things",
        "track": "main",
        "status": "Short",
        "abstract": "In the domain\n\nof things.",
        "author": "Omer Goldman; David Guriel;Reut Tsarfaty",
        "keywords": "a;b c; d",
        "bibtex": '@inproceedings{x,\n    title = "T",\n    booktitle = "Proceedings of the'
        ' 60th Meeting",\n    year = "2022",\n    doi = "10.18653/v1/2022.acl-short.96"\n}',
        "pdf": "https://aclanthology.org/2022.acl-short.96.pdf",
        "site": "https://aclanthology.org/2022.acl-short.96/",
        "github": "https://github.com/a/b",
        "project": "",
    }
    paper = only([record])
    assert paper.authors == ("Omer Goldman", "David Guriel", "Reut Tsarfaty")
    assert paper.published == "2022"
    assert paper.venue == "Proceedings of the 60th Meeting"
    assert paper.keywords == ("a", "b c", "d")
    assert paper.identifiers == {"acl": "2022.acl-short.96", "doi": "10.18653/v1/2022.acl-short.96"}
    assert paper.link(LinkKind.CODE) == "https://github.com/a/b"
    assert (
        only([record | {"id": "", "site": "https://openreview.net/forum?id=aB-1_c"}]).identifiers[
            "openreview"
        ]
        == "aB-1_c"
    )


def test_openreview_notes() -> None:
    note = {
        "id": "aBcDe",
        "forum": "aBcDe",
        "cdate": 1601308800000,
        "content": {
            "title": {"value": "A Note"},
            "abstract": {"value": "We note."},
            "authors": {"value": ["Jane Doe", "John Roe"]},
            "pdf": {"value": "/pdf/x.pdf"},
        },
    }
    paper = only({"notes": [note], "count": 1})
    assert (paper.title, paper.abstract) == ("A Note", "We note.")
    assert paper.authors == ("Jane Doe", "John Roe")
    assert paper.key == "openreview:aBcDe"


def test_ads_inspire_datacite_dblp_and_europe_pmc() -> None:
    star: dict[str, object] = {"bibcode": "b", "title": ["Stars"], "author": ["Doe, Jane"]}
    star |= {"doi": ["10.1234/a"], "pubdate": "2019-05-00"}
    ads = {"response": {"docs": [star]}}
    assert only(ads).authors == ("Jane Doe",)
    assert (only(ads).published, only(ads).key) == ("2019-05", "doi:10.1234/a")
    inspire = {
        "hits": {
            "hits": [
                {
                    "id": "1",
                    "metadata": {
                        "titles": [{"title": "Strings"}],
                        "abstracts": [{"value": "<p>Wound.</p>"}],
                        "authors": [{"full_name": "Doe, Jane"}],
                        "arxiv_eprints": [{"value": "hep-th/9901001", "categories": ["hep-th"]}],
                    },
                }
            ]
        }
    }
    assert only(inspire).abstract == "Wound."
    assert only(inspire).key == "arxiv:hep-th/9901001"
    datacite = {
        "data": [
            {
                "id": "10.5072/x",
                "type": "dois",
                "attributes": {
                    "titles": [{"title": "Data"}],
                    "creators": [{"name": "Doe, Jane", "givenName": "Jane", "familyName": "Doe"}],
                    "descriptions": [{"description": "Much.", "descriptionType": "Abstract"}],
                    "publicationYear": 2020,
                },
            }
        ]
    }
    assert (only(datacite).abstract, only(datacite).published) == ("Much.", "2020")
    assert only(datacite).key == "doi:10.5072/x"
    info: dict[str, object] = {"title": "Dblp.", "year": "2017", "ee": "https://doi.org/10.1234/z"}
    info["authors"] = {"author": [{"@pid": "1", "text": "Al"}]}
    assert only({"result": {"hits": {"hit": [{"@id": "1", "info": info}]}}}).authors == ("Al",)
    europe = {"pmid": "5", "title": "Cells", "authorString": "Doe J, Roe R.", "pubYear": "2001"}
    europe |= {"abstractText": "<h4>Aim</h4>To see."}
    paper = only({"resultList": {"result": [europe]}})
    assert (paper.abstract, paper.identifiers) == ("Aim\n\nTo see.", {"pmid": "5"})
    assert paper.authors == ("J. Doe", "R. Roe")


def test_zotero_and_data_sets_of_semantic_scholar() -> None:
    creators = [
        {"creatorType": "editor", "firstName": "Ed", "lastName": "Itor"},
        {"creatorType": "author", "firstName": "Jane", "lastName": "Doe"},
        {"creatorType": "author", "name": "A House"},
    ]
    data = {"itemType": "preprint", "title": "Z", "creators": creators, "abstractNote": "A."}
    data |= {"date": "May 2019", "archiveID": "arXiv:1905.00001", "tags": [{"tag": "x"}]}
    paper = only([{"key": "ABC", "version": 1, "data": data}])
    assert paper.authors == ("Jane Doe", "A House")
    assert (paper.abstract, paper.published, paper.keywords) == ("A.", "2019-05", ("x",))
    assert paper.key == "arxiv:1905.00001"
    record: dict[str, object] = {"corpusid": 1, "title": "S", "publicationdate": "2019-05-01"}
    record["externalids"] = {"ArXiv": "1905.00002", "DOI": None, "PubMed": "7"}
    assert only(record).identifiers == {"arxiv": "1905.00002", "pmid": "7"}
    cord: dict[str, object] = {"paper_id": "f", "abstract": [{"text": "One."}, {"text": "Two."}]}
    cord["metadata"] = {"title": "C", "authors": [{"first": "J", "middle": ["Q"], "last": "Doe"}]}
    assert (only(cord).abstract, only(cord).authors) == ("One.\n\nTwo.", ("J Q Doe",))


def test_names_and_dates_in_any_dress() -> None:
    def authors(told: object) -> tuple[str, ...]:
        return only({"title": "T", "year": 2000, "authors": told}).authors

    assert authors("Doe, Jane and Roe, Richard") == ("Jane Doe", "Richard Roe")
    assert authors("Jane Doe, John Roe and Max M.") == ("Jane Doe", "John Roe", "Max M.")
    assert authors("Martin King, Jr., Jane Doe") == ("Martin King Jr.", "Jane Doe")
    assert authors("Doe, Jane; Roe, R.") == ("Jane Doe", "R. Roe")
    assert authors([{"given": "Jane", "family": "Doe"}, {"name": "Roe, R."}, None, 5]) == (
        "Jane Doe",
        "R. Roe",
    )
    assert authors([{"first": "J", "middle": ["Q"], "last": "Doe", "suffix": ""}]) == ("J Q Doe",)

    def date(told: object) -> str:
        return only({"title": "T", "abstract": "A", "published": told}).published

    assert date("2019-05-01T10:00:00Z") == "2019-05-01"
    assert date("2019") == date(2019) == "2019"
    assert date({"date-parts": [[2019, 5]]}) == "2019-05"
    assert date("May 3, 2019") == "2019-05-03"
    assert date("2019-13-99") == "2019"
    assert date("soon") == date({}) == date([]) == date(10**30) == ""


def test_usual_names_are_found_whatever_their_case() -> None:
    paper = only(
        {"Paper Title": "T", "Paper Abstract": "A", "Author Names": "X Y;Z", "DOI": "10.1234/q"}
    )
    assert (paper.title, paper.abstract, paper.authors) == ("T", "A", ("X Y", "Z"))
    assert paper.key == "doi:10.1234/q"


def test_what_is_no_paper_is_left_over() -> None:
    found = items("x.json", '[{"title": "Paper", "year": 2001}, {"name": "not one"}, 7]', "json")
    assert [left.location for left in leftovers(found)] == ["line 1, record 2", "line 1, record 3"]


def test_broken_lines_keep_their_numbers_and_the_rest_is_read() -> None:
    good = '{"title": "A", "year": 2001}'
    told = f'{good}\n{{"title": broken\n\n{good}\nplain words\n{good[:-8]}'
    found = items("x.jsonl", told, "json")
    assert sum(isinstance(item, Paper) for item in found) == 2
    assert [left.location for left in leftovers(found)] == ["line 2", "line 5", "line 6"]


def test_a_broken_first_line_does_not_hide_the_others() -> None:
    found = items(
        "x", '{"title": \n{"title": "A", "year": 1}\n{"title": "B", "year": 1999}', "json"
    )
    assert [item.title for item in found if isinstance(item, Paper)] == ["B"]


def test_whole_records_of_a_cut_list_are_kept() -> None:
    records = [{"title": f"T{n}", "authors": [{"name": "X"}], "year": 2000} for n in range(20)]
    for indent in (None, 1):
        whole = json.dumps({"meta": {"count": 20}, "results": records}, indent=indent)
        found = items("x.json", whole[: len(whole) // 2], "json")
        titles = [item.title for item in found if isinstance(item, Paper)]
        assert titles == [f"T{n}" for n in range(len(titles))]
        assert len(titles) in (9, 10)
        assert len(leftovers(found)) == 1
    broken = json.dumps(records).replace('"T7",', '"T7"')
    found = items("x.json", broken, "json")
    titles = [item.title for item in found if isinstance(item, Paper)]
    assert titles == [f"T{n}" for n in range(20) if n != 7]


def test_json_without_a_paper_in_it_says_so() -> None:
    with pytest.raises(FormatError, match=r"x\.json is not valid JSON"):
        list(read(Document.of_bytes("x.json", b'{"a": [1, 2')))
    deep = b'{"a":' * 100_000
    with pytest.raises(FormatError, match="not valid JSON"):
        list(Json().parse(Document.of_bytes("x.json", deep)))


def test_lines_are_read_as_a_stream() -> None:
    class Counted(Document):
        given = 0

        def lines(self) -> Iterator[str]:
            for line in super().lines():
                self.given += 1
                yield line

    lines = b"".join(b'{"title": "T%d", "year": 2000}\n' % n for n in range(1000))
    document = Counted.of_bytes("x.jsonl.gz", gzip.compress(lines))
    document.__class__ = Counted
    assert isinstance(document, Counted)
    stream = Json().parse(document)
    next(stream)
    assert document.given < 5
    assert sum(1 for _ in stream) == 999


KEYS = st.sampled_from(
    "title authors abstract id doi url data results message identifiers links versions categories"
    " authors_parsed authorships ids locations abstract_inverted_index externalIds paperId tldr"
    " date issued date-parts keywords name given family value year published kind".split()
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_any_value_becomes_papers_and_leftovers(value: object) -> None:
    document = Document.of_bytes("x.json", json.dumps(value).encode())
    try:
        found = list(Json().parse(document))
    except FormatError:
        return
    for item in found:
        assert isinstance(item, Unparsed) or (isinstance(item, Paper) and item.cleaned().keys)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_documents_raise_only_our_error(data: st.DataObject) -> None:
    whole = json.dumps([OPENALEX, SCHOLAR, BARE], indent=data.draw(st.sampled_from([None, 1])))
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.text(alphabet='{}[]",:\\\x00a1\n', max_size=6))
    skip = data.draw(st.integers(0, 40))
    told = whole[:cut] + junk + whole[cut + skip :] * data.draw(st.integers(0, 1))
    try:
        for item in Json().parse(Document.of_bytes("x.json", told.encode())):
            assert isinstance(item, Paper | Unparsed)
    except FormatError:
        pass


@pytest.mark.parametrize(
    "extra",
    [
        {"keywords": "garden clusters;matrix completion"},
        {"venue": "GardenConf"},
        {"category": "cs.CV"},
        {"year": 2020},
    ],
)
def test_a_title_and_one_thing_more_make_a_paper(extra: dict[str, object]) -> None:
    assert only([{"id": "B11b", "title": "Robust clusters", "author": "", **extra}]).title


@pytest.mark.parametrize(
    "record",
    [
        {"DOI": "10.1000/CR.2", "type": "journal-article", "title": [], "container-title": ["J"]},
        {"doi": "10.1000/CR.2", "year": 2020},
        {"DOI": "10.1000/CR.2", "title": None},
        {"externalIds": {"DOI": "10.1000/CR.2"}, "title": ""},
    ],
)
def test_an_identifier_without_a_title_waits_for_it(record: dict[str, object]) -> None:
    paper = only([record])
    assert (paper.pending, paper.identifiers) == (True, {"doi": "10.1000/cr.2"})


def test_what_is_neither_says_why() -> None:
    (left,) = leftovers(items("a.json", '[{"title": "Window", "width": 3}]', "json"))
    assert (
        left.reason
        == "this record has neither a title with more that papers have nor an identifier"
    )


def test_the_dumps_of_papers_with_code() -> None:
    paper = only(
        [
            {
                "paper_url": "https://paperswithcode.com/paper/gardens",
                "paper_title": "Gardens with links",
                "paper_arxiv_id": "2001.00701",
                "paper_url_abs": "https://arxiv.org/abs/2001.00701",
                "paper_url_pdf": "https://arxiv.org/pdf/2001.00701.pdf",
                "repo_url": "https://github.com/x/gardens",
                "is_official": True,
                "paper_authors": ["Ann Bee", "Cee Dee"],
            }
        ]
    )
    assert paper.identifiers == {"arxiv": "2001.00701"}
    assert paper.authors == ("Ann Bee", "Cee Dee")
    assert paper.link(LinkKind.CODE) == "https://github.com/x/gardens"
    assert paper.link(LinkKind.PAGE) == "https://arxiv.org/abs/2001.00701"
    assert paper.link(LinkKind.PDF) == "https://arxiv.org/pdf/2001.00701.pdf"


@pytest.mark.parametrize("inside", [True, False])
def test_files_and_notes_of_zotero_are_no_papers(inside: bool) -> None:
    records: list[dict[str, object]] = [
        {"itemType": "journalArticle", "title": "A paper", "creators": [{"lastName": "Bee"}]},
        {
            "itemType": "attachment",
            "parentItem": "A",
            "title": "Full Text PDF",
            "url": "https://e.org/a.pdf",
        },
        {"itemType": "note", "parentItem": "A", "note": "<p>Mine</p>"},
        {"itemType": "annotation", "parentItem": "B", "annotationText": "x"},
    ]
    told = [{"key": "K", "data": record} for record in records] if inside else records
    found = items("zotero.json", json.dumps(told), "json")
    assert [item.title for item in found if isinstance(item, Paper)] == ["A paper"]
    assert not leftovers(found)


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (
            {"identifier": ["2020arXiv", "arXiv:2001.00001", "10.1000/x"]},
            {"arxiv": "2001.00001", "doi": "10.1000/x"},
        ),
        (
            {
                "articleids": [
                    {"idtype": "pubmed", "value": "12"},
                    {"idtype": "doi", "value": "10.1000/x"},
                ]
            },
            {"pmid": "12", "doi": "10.1000/x"},
        ),
        (
            {"extra": "PMID: 12\nPMCID: PMC34\nComment: see 10.1000/x"},
            {"pmid": "12", "pmcid": "PMC34"},
        ),
        ({"url": "https://papers.cool/arxiv/2001.00001"}, {"arxiv": "2001.00001"}),
    ],
)
def test_identifiers_in_lists_notes_and_addresses(
    record: dict[str, object], named: dict[str, str]
) -> None:
    assert only({"title": "T", "year": 2020, **record}).identifiers == named


@pytest.mark.parametrize(
    ("abstract", "known"),
    [
        (
            "<jats:title>Abstract</jats:title><jats:p>We cross gardens.</jats:p>",
            "We cross gardens.",
        ),
        ("<p><b>ABSTRACT:</b> We cross gardens.</p>", "We cross gardens."),
        ("Abstract—We cross gardens.", "We cross gardens."),
        ("Abstract We cross gardens.", "We cross gardens."),
        ("Abstract syntax is crossed.", "Abstract syntax is crossed."),
        ("Each abstract. We cross.", "Each abstract. We cross."),
    ],
)
def test_the_heading_of_an_abstract_is_no_part_of_it(abstract: str, known: str) -> None:
    assert only({"title": "T", "abstract": abstract}).abstract == known
