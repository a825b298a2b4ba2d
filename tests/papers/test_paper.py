import pytest

from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("2404.19543", "2404.19543"),
        ("arXiv:2404.19543v3", "2404.19543"),
        ("astro-ph/0601001", "astro-ph/0601001"),
        ("arXiv: math.GT/0309136v1", "math/0309136"),
        ("2404.195", ""),
        ("GPT-4", ""),
    ],
)
def test_an_arxiv_id_is_kept_without_its_version(value: str, known: str) -> None:
    assert arxiv_id(value) == known


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("https://doi.org/10.1000/abc.", "10.1000/abc"),
        ("doi: 10.1000/(x)1", "10.1000/(x)1"),
        ("11.1000/abc", ""),
    ],
)
def test_a_doi_is_bare_and_in_lower_case(value: str, known: str) -> None:
    assert doi(value) == known


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("http://arxiv.org/pdf/2404.19543v2.pdf", {"arxiv": "2404.19543"}),
        ("https://huggingface.co/papers/2404.19543#community", {"arxiv": "2404.19543"}),
        ("https://arxiv.org/abs/hep-th/9901001", {"arxiv": "hep-th/9901001"}),
        ("https://doi.org/10.18653/v1/2020.ACL-main.1", {"doi": "10.18653/v1/2020.acl-main.1"}),
        (
            "https://doi.org/10.48550/arXiv.2404.19543",
            {
                "arxiv": "2404.19543",
                "doi": "10.48550/arxiv.2404.19543",
            },
        ),
        ("https://aclanthology.org/2022.acl-long.1.pdf", {"acl": "2022.acl-long.1"}),
        ("https://openreview.net/forum?id=Ab-c_1&x=2", {"openreview": "Ab-c_1"}),
        ("https://openreview.net/attachment?name=pdf&id=Ab-c_1", {"openreview": "Ab-c_1"}),
        ("https://example.org/2404.19543", {}),
        ("https://vixra.org/abs/2404.1954", {}),
        ("https://github.com/x/2404.19543", {}),
        ("https://papers.cool/arxiv/2404.19543", {"arxiv": "2404.19543"}),
        ("https://scirate.com/arxiv/2404.19543v2", {"arxiv": "2404.19543"}),
        ("https://export.arxiv.org/abs/math.GT/0309136", {"arxiv": "math/0309136"}),
        ("https://www.alphaxiv.org/overview/2404.19543", {"arxiv": "2404.19543"}),
        ("https://ar5iv.labs.arxiv.org/html/2404.19543", {"arxiv": "2404.19543"}),
        ("https://www.semanticscholar.org/arxiv/2404.19543", {"arxiv": "2404.19543"}),
        ("https://www.connectedpapers.com/main/arxiv:2404.19543/T", {"arxiv": "2404.19543"}),
        ("https://dblp.org/rec/journals/corr/abs-2404-19543", {"arxiv": "2404.19543"}),
        ("https://ui.adsabs.harvard.edu/abs/2024arXiv240419543B", {"arxiv": "2404.19543"}),
        ("https://link.springer.com/content/pdf/10.1007/s1-2_3.pdf", {"doi": "10.1007/s1-2_3"}),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/ab.3", {"doi": "10.1002/ab.3"}),
        ("https://www.frontiersin.org/articles/10.3389/f.1/full", {"doi": "10.3389/f.1"}),
        ("https://journals.plos.org/plosone/article?id=10.1371/p.1", {"doi": "10.1371/p.1"}),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.2v3.full.pdf",
            {"doi": "10.1101/2020.01.2"},
        ),
        ("https://www.nature.com/articles/s41586-020-1", {"doi": "10.1038/s41586-020-1"}),
        ("https://dl.acm.org/doi/10.1145%2F12.3", {"doi": "10.1145/12.3"}),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", {"pmid": "123"}),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC123/", {"pmcid": "PMC123"}),
    ],
)
def test_an_address_names_a_paper(url: str, named: dict[str, str]) -> None:
    assert identifiers_in(url) == named


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", LinkKind.CODE),
        ("https://arxiv.org/pdf/2404.19543", LinkKind.PDF),
        ("https://a.org/x.PDF", LinkKind.PDF),
        ("https://arxiv.org/abs/2404.19543", LinkKind.PAPER),
        ("https://step-law.github.io/", LinkKind.PROJECT),
        ("https://[broken", LinkKind.PAGE),
    ],
)
def test_an_address_shows_its_kind(url: str, kind: LinkKind) -> None:
    assert Link.of(url).kind is kind


def test_keys_come_strongest_first_and_the_title_only_without_them() -> None:
    both = Paper("T", identifiers={"doi": "10.1/x", "arxiv": "2404.19543", "isbn": "1"})
    assert both.keys == ("arxiv:2404.19543", "doi:10.1/x")
    assert Paper("Some Title").key.startswith("title:")


def test_the_title_key_looks_past_case_accents_and_punctuation() -> None:
    one = Paper("On Erdős–Rényi: graphs", authors=("Alfréd Rényi",))
    assert one.key == Paper("ON ERDOS RENYI graphs!", authors=("A. Renyi",)).key
    assert one.key != Paper("On Erdős–Rényi: graphs", authors=("Paul Erdős",)).key


def test_a_cleaned_paper_keeps_only_what_is_safe_to_show_and_open() -> None:
    paper = Paper(
        "A\x1b[31m title\n wrapped",
        abstract="See https://github.com/a/b.",
        authors=("Ann\x07 Lee", "", "Ann Lee"),
        links=(Link(LinkKind.PAGE, "javascript:x"), Link(LinkKind.PAGE, "https://a.org/")),
        identifiers={
            "arXiv": "x",
            "arxiv": "arXiv:2404.19543v2",
            "doi": "10.48550/arXiv.2404.19543",
        },
    ).cleaned()
    assert paper.title == "A[31m title wrapped"
    assert paper.authors == ("Ann Lee",)
    assert [link.url for link in paper.links] == ["https://a.org/", "https://github.com/a/b"]
    assert paper.identifiers["arxiv"] == "2404.19543"
    assert paper.cleaned() == paper


def test_pages_and_pdfs_are_known_by_identifier() -> None:
    paper = Paper("T", identifiers={"arxiv": "2404.19543"})
    assert paper.link(LinkKind.PAGE) == "https://arxiv.org/abs/2404.19543"
    assert paper.link(LinkKind.PDF) == "https://arxiv.org/pdf/2404.19543"
    assert Paper("T").link(LinkKind.PAGE) == ""
