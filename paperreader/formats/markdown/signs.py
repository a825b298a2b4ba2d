"""How links in lists show that they lead to papers, and which texts are not titles."""

import re
from urllib.parse import urlsplit

from paperreader.formats.markdown.blocks import Span
from paperreader.papers.identifiers import identifiers_in
from paperreader.papers.venues import CONFERENCES, JOURNALS, PREPRINT_SERVERS

# Hosts of papers, with the start of the path if they hold other pages too.
_PAPER_ADDRESSES = (
    *("arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/", "openreview.net/forum"),
    *("openreview.net/pdf", "aclanthology.org/papers", "aclweb.org/anthology", "doi.org/10."),
    *("huggingface.co/papers/", "hf.co/papers/", "alphaxiv.org/", "ar5iv.", "jmlr.org/papers"),
    *("proceedings.mlr.press/", "papers.nips.cc/", "proceedings.neurips.cc/", "papers.neurips.cc"),
    *("openaccess.thecvf.com/content", "ecva.net/papers", "dl.acm.org/doi", "dl.acm.org/citation"),
    *("ieeexplore.ieee.org/document", "ieeexplore.ieee.org/abstract", "link.springer.com/article"),
    *("link.springer.com/chapter", "nature.com/articles", "sciencedirect.com/science/article"),
    *("biorxiv.org/content", "medrxiv.org/content", "science.org/doi", "pnas.org/doi"),
    *(
        "pnas.org/content",
        "ojs.aaai.org/",
        "aaai.org/ocs",
        "aaai.org/ojs",
        "isca-speech.org/",
        "isca-archive.org",
    ),
    *("usenix.org/conference", "usenix.org/system/files", "semanticscholar.org/paper"),
    *(
        "papers.ssrn.com/",
        "hal.science/",
        "inria.hal.science",
        "hal.archives-ouvertes.fr",
        "mdpi.com/",
    ),
    *("frontiersin.org/articles", "journals.plos.org/", "paperswithcode.com/paper/", "cell.com/"),
    *("onlinelibrary.wiley.com/doi", "tandfonline.com/doi", "academic.oup.com/", "distill.pub/"),
    *(
        "transformer-circuits.pub/",
        "eprint.iacr.org/",
        "direct.mit.edu/",
        "roboticsproceedings.org",
    ),
    *("pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pmc", "citeseerx.ist.psu.edu/", "jstor.org/"),
    *(
        "scholar.archive.org/",
        "iopscience.iop.org/article",
        "journals.aps.org/",
        "ijcai.org/proceed",
    ),
)
_VENUES = CONFERENCES | JOURNALS | PREPRINT_SERVERS | {"findings", "workshop"}
# Short names of venues that are names of people or words as well.
_NAMES_TOO = frozenset("chi osf pods ral tip tog".split())
_WORDS = frozenset(
    """paper papers pdf arxiv abs abstract link links url html here doi openreview hf huggingface
    hugging face project page pages homepage website webpage site web code codes github repo
    repository official unofficial implementation pytorch tensorflow tf jax model models weights
    checkpoint checkpoints dataset datasets data demo blog post blogpost video slide slides
    poster talk bibtex bib cite citation supp supplementary supplemental material appendix read
    more details source preprint publication article journal colab notebook twitter tweet thread
    x youtube paperswithcode pwc semantic scholar s alphaxiv view download open review reviews
    note notes tldr on or and the full text version v new news stars star badge license docs
    documentation conference proceedings anthology pub bilibili zhihu space spaces collection by
    io com org announcement report technical webpages forum main short long oral spotlight daily
    trending part parts full-text 全文 论文 代码 项目 链接
    主页 原文 论文链接 地址 论文地址 項目 논문 코드 링크 논문링크
    book books summary thesis chapter errata supplement press media drive mirror
    fulltext extension extended ps ppt html5 preview proof volume english chinese
    中文 英文""".split()
)
# Words that say that the link leads to the paper itself.
_PAPER_WORDS = frozenset("paper papers pdf arxiv abs preprint publication 论文 原文 논문".split())
# Words that say that the link leads to something about the paper.
_ABOUT_WORDS = frozenset("note notes review reviews summary news blog video slides talk".split())
# Words that say that the link leads to a paper's code or page.
_OWN_WORDS = frozenset(
    "code codes github repo repository implementation pytorch tensorflow project page homepage"
    " website webpage site demo 代码 项目 主页 코드".split()
)
# Words of headings that are not titles.
_PARTS = frozenset(
    "table of contents content overview introduction about survey surveys lecture lectures tutorial"
    " tutorials blogs book books resources references acknowledgements acknowledgement update"
    " updates recent latest new top must reading list lists awesome other others related"
    " work works history overviews talks courses course tools libraries library benchmark"
    " benchmarks misc week today 目录 简介 综述 其他 更新".split()
)
# The most words of a link text that says that the link leads to a paper.
_LABEL_WORDS = 4
_NAMES = ("http:", "https:", "www.", "arxiv:", "doi:", "10.")
_VENUE_AND_YEAR = re.compile(
    r"[A-Z][A-Za-z&/-]{1,14}[ ,-]{0,2}(?:(?:19|20)\d\d|['’]\d\d)"
    r"|(?:IEEE|ACM) (?:[A-Z]{2,}|Trans(?:actions|\.)? .{1,80})"
)
_WORD = re.compile(r"[^\W\d_]+")
_ENDING_IN_ET_AL = re.compile(r".{1,60}\bet al\.?[\s,(]*\d{0,4}[a-z]?\)?\.?")
# "McDoe" and "O'Doe-Roe" are names, "IM2BED" and "PointBED" are not.
_PART = r"(?:Mc|Mac|De|La|Le|Van|[A-Z]['’])?[A-ZÀ-Þ][^\W\d_A-Z]+"
_SURNAME = rf"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|den) )*{_PART}(?:-{_PART})?"
_AUTHORS_AND_YEAR = re.compile(
    rf"{_SURNAME}(?:,? et\.? al\.?|(?:, {_SURNAME})*(?:,? (?:and|&) {_SURNAME})?)"
    r",? \(?(?:19|20)\d\d[a-z]?\)?"
)


def names_a_paper(url: str) -> bool:
    """Whether an address leads to a paper, by its host, path or identifiers."""
    if not url.lower().startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(url)
        address = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}"
    except ValueError:
        return False
    if any(address.startswith(known) or f".{known}" in address for known in _PAPER_ADDRESSES):
        # The front page of such a site is no paper.
        return bool(parts.path.strip("/") or parts.query)
    is_pdf = parts.path.lower().endswith(".pdf") and parts.hostname != "github.com"
    return is_pdf or bool(identifiers_in(url))


def is_generic(text: str) -> bool:
    """Whether the text of a link says only what it leads to, like "pdf", and is not a title."""
    text = text.strip()
    if text.lower().startswith(_NAMES) and len(text.split()) < 4:
        return True
    if _VENUE_AND_YEAR.fullmatch(text):
        return True
    if _ENDING_IN_ET_AL.fullmatch(text) or is_authors_and_year(text):
        return True
    words = [word.casefold() for word in _WORD.findall(text[:300])]
    if len(words) > 6:
        return False
    return all(word in _WORDS or word in _VENUES for word in words)


def is_authors_and_year(text: str) -> bool:
    """Whether a text is only "Doe et al. 2017", "Doe & Roe (2018)" or "Doe 2019"."""
    return _AUTHORS_AND_YEAR.fullmatch(text) is not None


def is_part(heading: str) -> bool:
    """Whether a heading names a part of the list, like "Table of contents", not a paper."""
    words = [word.casefold() for word in _WORD.findall(heading)]
    return all(word in _PARTS or word in _WORDS or word in _VENUES for word in words)


def says_paper(span: Span) -> bool:
    """Whether the text of a generic link says that it leads to a paper: `[[paper](…)]`."""
    words = {word.casefold() for word in _WORD.findall(span.text[:300])}
    is_web = span.url.lower().startswith(("http://", "https://"))
    # "[Papers](…/README.md#papers)" leads to a part of the list.
    is_anchor = "#" in span.url and "github.com" in span.url
    is_label = "://" not in span.text and len(span.text.split()) <= _LABEL_WORDS
    is_label = is_label and not words & _ABOUT_WORDS
    return (
        is_web
        and not is_anchor
        and is_label
        and is_generic(span.text)
        and bool(words & _PAPER_WORDS)
    )


def is_own_link(span: Span) -> bool:
    """Whether a link beside a paper leads to its code or its page, not, say, to a talk."""
    words = {word.casefold() for word in _WORD.findall(span.text[:300])}
    return bool(span.url) and is_generic(span.text) and bool(words & _OWN_WORDS)


def is_paper_link(span: Span) -> bool:
    """Whether the span is a link to a paper, by its address or by its text."""
    return bool(span.url) and (names_a_paper(span.url) or says_paper(span))


def is_venue(word: str) -> bool:
    """Whether a word is the short name of a conference or journal; "Chi" is that of a person."""
    return word.casefold() in _VENUES and (word.lower() not in _NAMES_TOO or word.isupper())
