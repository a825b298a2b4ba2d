import pytest

from paperreader.follow.source import NoSuchSource, Source, SourceKind


@pytest.mark.parametrize(
    ("written", "name", "query"),
    [
        ("arxiv:cs.CL", "arxiv:cs.CL", "cat:cs.CL"),
        ("arXiv:cs.cl", "arxiv:cs.CL", "cat:cs.CL"),
        (" arxiv: cs.CL + cs.LG ", "arxiv:cs.CL+cs.LG", "cat:cs.CL OR cat:cs.LG"),
        ("arxiv:cond-mat.STR-EL", "arxiv:cond-mat.str-el", "cat:cond-mat.str-el"),
        ("arxiv:astro-ph.co", "arxiv:astro-ph.CO", "cat:astro-ph.CO"),
        ("arxiv:quant-ph", "arxiv:quant-ph", "cat:quant-ph"),
        ("arxiv:math", "arxiv:math", "cat:math.*"),
        ("arxiv:cat:cs.LG AND all:diffusion", "arxiv:cat:cs.LG AND all:diffusion",
         "cat:cs.LG AND all:diffusion"),
        ("arxiv:speculative decoding", "arxiv:speculative decoding", 'all:"speculative decoding"'),
        ('author:"Yann LeCun"', "author:Yann LeCun", 'au:"Yann LeCun"'),
        ("au:Ho", "author:Ho", 'au:"Ho"'),
    ],
)  # fmt: skip
def test_arxiv_is_followed_by_category_query_or_author(written: str, name: str, query: str) -> None:
    source = Source.parse(written)
    assert (source.name, source.kind, source.query) == (name, SourceKind.ARXIV, query)
    assert Source.parse(source.name) == source


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("hf:daily", "hf:daily", SourceKind.DAILY),
        ("huggingface:Trending", "hf:trending", SourceKind.TRENDING),
        ('hf:"state space"', "hf:state space", SourceKind.HUGGINGFACE),
        ("https://rss.arxiv.org/rss/cs.CL", "https://rss.arxiv.org/rss/cs.CL", SourceKind.ADDRESS),
    ],
)
def test_other_sources(written: str, name: str, kind: SourceKind) -> None:
    source = Source.parse(written)
    assert (source.name, source.kind) == (name, kind)
    assert Source.parse(source.name) == source


@pytest.mark.parametrize(
    "written",
    ["", "arxiv:", "arxiv", "hf:", "cs.CL", "file:///etc/passwd", "http://", "ftp://x/y", "author: ",
     "arxiv:foo.BAR", "\x1b]0;x\x07"],
)  # fmt: skip
def test_what_cannot_be_followed_is_said(written: str) -> None:
    with pytest.raises(NoSuchSource) as caught:
        Source.parse(written)
    assert "\x1b" not in str(caught.value)
