"""Made-up papers, and texts that try to be more than text."""

from array import array
from collections.abc import Sequence

from paperreader.library.results import Found, Results
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record
from paperreader.query.request import Request


def results_of(
    records: Sequence[Record],
    full: int | None = None,
    request: Request | None = None,
    *,
    title: str = "",
    suggestion: str | None = None,
    shared: Sequence[tuple[str, ...]] = (),
) -> Results:
    """Return results over records whose row is their index."""

    def read(rows: Sequence[int]) -> list[Record]:
        return [records[row] for row in rows if row < len(records)]

    complete = len(records) if full is None else full
    found = Found(array("q", range(len(records))), complete, suggestion=suggestion)
    return Results(found, read, request, title=title, shared=shared)


PAPERS = [
    Paper(
        title="Sampling text that is locally typical",
        abstract=(
            "Most likely words are rarely what people say. We sample words whose information is "
            "near the entropy of the model, and measure $O(n \\log n)$ time.\n\n"
            "Readers prefer the samples to those of nucleus sampling."
        ),
        authors=("Ada Lovelace", "Blaise Pascal"),
        published="2022-02-01",
        categories=("cs.CL",),
        links=(
            Link(LinkKind.CODE, "https://github.com/example/typical"),
            Link(LinkKind.PDF, "https://example.org/typical.pdf"),
        ),
        identifiers={"arxiv": "2202.00666"},
        upvotes=12,
    ),
    Paper(
        title="A survey of retrieval for language models that read before they write",
        abstract="We survey how retrieval feeds language models, and where sampling goes wrong.",
        authors=("Émilie du Châtelet",),
        published="2024-04-30",
        venue="Journal of Reading",
        identifiers={"arxiv": "2404.19543"},
    ),
    Paper(
        title="Transformers without attention",
        abstract="Transformers attend; ours do not, and lose little.",
        authors=("Kurt Gödel", "Sofja Kowalewskaja", "Emmy Noether"),
        published="2023",
        categories=("cs.LG", "stat.ML"),
    ),
    Paper(title="A paper of which only the title is known"),
    *(
        Paper(
            title=f"Paper number {number} about nothing in particular",
            abstract=f"This is abstract {number}. It holds nothing that anybody looks for.",
            authors=("N. N.",),
            published=f"{2000 + number % 20}-06",
        )
        for number in range(56)
    ),
]

HOSTILE = [
    "Closing [/foo] tag",
    "[bold]not bold[/bold] [@click=app.bell]not a link[/]",
    "$O(n [log n])$ and [red",
    "Rename \x1b]0;PWNED\x07 the window",
    "\x9b31m red, \u202eright to left\u202c, \x00nul",
    "日本語の題名 with 👩‍👩‍👧 and e\u0301",
]
