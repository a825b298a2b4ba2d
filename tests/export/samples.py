"""Records to export: plain ones made by hand, and hostile ones made by hypothesis."""

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Interest, Record

# Lists of whole records are dear to make, and each tries many texts at once.
some = settings(max_examples=30)

# What breaks formats: braces, quotes, markup, tabs of spreadsheets, letters of all kinds.
_SIGNS = "{}\\\"'`$%&#_^~@=+-*[]()<>|!;:,./ \n\t\r\x00\x1b\x9b\u202e\u2028\ufeff\uffff"
_LETTERS = "aZ09éß\u0301ŁØ中文أهلاשלום𝒪🧪🏳\u200d🌈"
_PIECES = st.sampled_from(
    [
        *_SIGNS,
        *_LETTERS,
        *("@article{x,", "\\emph{", "\\textbf{a}", "$x_1$", "$5", "\\$", "\\{", "\\}", "%%"),
        *(
            "\nER  - ",
            "TY  - JOUR\n",
            "]]>",
            "</title>",
            "&amp;",
            "<b>",
            "](",
            "- [ ] ",
            "~~",
            "\n\n",
        ),
        *("BERT", "GPT-4", "attention", "Deep", "and", "Learning", "\\", '"', "=cmd|", "--", "''"),
    ]
)
hostile = st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=40)
_FEW = st.lists(hostile, max_size=3).map(tuple)
_DATES = st.sampled_from(["", "1998", "2024-03", "2024-03-05"])
_TIMES = st.just("") | st.datetimes().map(lambda time: time.isoformat() + "+00:00")
_LINKS = st.lists(
    st.builds(
        Link,
        st.sampled_from(LinkKind),
        st.sampled_from(["a", "a_(b)", "%7B?x=1&y=2#z", "ä", "(("]).map("https://a.org/{}".format),
    ),
    max_size=3,
).map(tuple)
_IDENTIFIERS = st.fixed_dictionaries(
    {},
    optional={
        "arxiv": st.sampled_from(["2404.19543", "astro-ph/0601001"]),
        "doi": st.sampled_from(["10.1000/a_b", "10.1002/(sici)1097<1661::aid>3.0.co;2-{"]),
        "acl": st.just("2020.acl-main.1"),
        "pmid": st.just("123456"),
    },
)
_FIELDS = st.dictionaries(
    st.sampled_from(["volume", "pages", "publisher", "isbn", "x-y", "Ä"]) | hostile,
    hostile,
    max_size=3,
)
_COUNTS = st.none() | st.integers(0, 10**6)
papers = st.builds(
    Paper,
    title=hostile,
    abstract=hostile,
    authors=_FEW,
    published=_DATES,
    updated=_DATES,
    venue=hostile,
    categories=_FEW,
    keywords=_FEW,
    links=_LINKS,
    identifiers=_IDENTIFIERS,
    comment=hostile,
    summary=hostile,
    organization=hostile,
    upvotes=_COUNTS,
    comments=_COUNTS,
    stars=_COUNTS,
    pending=st.booleans(),
    kind=st.sampled_from(["", "article", "book", "phdthesis", "map"]) | hostile,
    editors=_FEW,
    fields=_FIELDS,
    citation_key=hostile,
    bibtex=_FIELDS,
)


def record(title: str = "A title", **fields: Any) -> Record:
    """Return a record, what `fields` names of a paper in its paper and the rest in itself."""
    own = {name: fields.pop(name) for name in list(fields) if name in Record.__slots__}
    paper = Paper(title, **fields).cleaned()
    return replace(Record(0, paper.key, paper), **own)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Return a record as a library holds it: cleaned, with a title, in any state."""
    paper = draw(papers).cleaned()
    if not paper.title:
        paper = Paper("x", paper.abstract, paper.authors)
    tags = record(keywords=draw(_FEW)).paper.keywords
    return Record(
        row=0,
        key=paper.key,
        paper=paper,
        added=draw(_TIMES),
        sources=tags,
        aliases=tags[:1],
        bookmarked=draw(_TIMES),
        position=draw(st.integers(0, 10**6)),
        read=draw(_TIMES),
        done=draw(_TIMES),
        tags=tags,
        note=record(abstract=draw(hostile)).paper.abstract,
        interest=draw(st.sampled_from(Interest)),
    )
