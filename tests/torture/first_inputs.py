"""What the fuzzing begins with: small documents of each kind, written by hand."""

import pickle
from collections.abc import Iterator
from pathlib import Path

from tests.formats.hostile import MAKERS, made
from tests.formats.pdf.test_pdf import page, pdf
from tests.formats.test_damage import WHOLE

_LINK = "https://arxiv.org/abs/2001.00001"
_DOCUMENTS = (
    (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T</title><id>{_LINK}'
        "</id><author><name>A B</name></author><summary>S</summary><published>2020-01-01T00:00:00Z"
        f'</published><link href="{_LINK}" rel="alternate"/></entry></feed>'
    ),
    (
        f"<rss><channel><title>F</title><item><title>T. (arXiv:2001.00001v1 [cs.CL])</title><link>{_LINK}"
        "</link><description>&lt;p&gt;Abstract: S&lt;/p&gt;</description></item></channel></rss>"
    ),
    (
        "<collection id='2020.acl'><volume id='main'><meta><booktitle>B</booktitle></meta><paper id='1'>"
        "<title>T <fixed-case>X</fixed-case></title><author><first>A</first><last>B</last></author>"
        "<abstract>S</abstract><url>2020.acl-main.1</url></paper></volume></collection>"
    ),
    (
        '[{"paper":{"id":"2001.00001","title":"T","summary":"S","authors":[{"name":"A B"}],'
        '"publishedAt":"2020-01-01","upvotes":3},"title":"T"}]'
    ),
    (
        f'<!DOCTYPE html><meta name="citation_title" content="T"><meta name="citation_author" content='
        f'"A B"><script type="application/ld+json">{{"@type":"ScholarlyArticle","name":"T"}}</script>'
        f'<article><h3><a href="/papers/2001.00001">T</a></h3></article><a href="{_LINK}">T</a>'
    ),
    (
        f"# L\n\n## S\n\n- **[T]({_LINK})** A Bee, C Dee. *V 2020*. [[code]](https://example.org)\n\n"
        f"| Title | Date |\n|---|---|\n| [T]({_LINK}) | 2020 |\n\n<details><summary>A</summary>b</details>"
    ),
    f"2001.00001\n{_LINK}\n10.1000/x\n",
    "A title of words\n\n" + "A sentence of an abstract goes on for some time. " * 9,
)


def first_inputs(name: str) -> Iterator[bytes]:
    """Yield inputs of the target `name` that are well formed, or nearly."""

    if name == "query":
        yield from (
            b'author:"Ann Bee" year:2019..2020 -tag:rag (a OR b) "typical decoding"~3 gpt*',
            b"ti:foo AND au:bar NEAR/3 baz; [10.1000/x] arXiv:2404.19543 {x} \xc3\xa9",
        )
    elif name == "settings":
        yield b'theme = "x"\nlines_per_paper = 2\n[keys]\n"list.down" = ["j", "ctrl+j"]\n[fetch]\na=1\n'
    elif name == "index":
        yield pickle.dumps([1, "a", {"b": (2.0, None)}], 2)
    elif name in ("safe-text", "latex"):
        yield b"A $x^{2}_i$ \\emph{b} \\'e \\(y\\) ``q'' https://example.org/a). \xcc\x81"
    elif name == "pdf":
        yield pdf(page(), {"Title": "Rivers", "Author": "Ann Bee"}, "arXiv:2001.00001v2 [cs.CL]")
    else:
        yield from (text.encode() for text in [*WHOLE.values(), *_DOCUMENTS])
        yield from (made(each, 200) for each in MAKERS)
        seed = Path(__file__).parents[2] / "seeds" / "huggingface_papers_2025-03-18.txt"
        yield seed.read_bytes()[:5_000]
