"""What the screen says of a list: its count, and what to do where it is empty."""

from textual.content import Content

from paperreader.library.results import Results
from paperreader.papers.record import View
from paperreader.query.request import Sort, SortKey

SORT_KEYS = {
    "r": SortKey.RELEVANCE,
    "n": SortKey.NEWEST,
    "t": SortKey.TITLE,
    "a": SortKey.ADDED,
    "u": SortKey.UPVOTES,
    "f": SortKey.FOR_YOU,
}

_EMPTY = {
    View.ALL: (
        "No papers yet",
        "Press i and give a file, or quit (q) and: paperreader add FILE",
        "A saved page, a .bib, an arXiv feed, JSON, a folder: anything that lists papers.",
    ),
    View.UNREAD: ("All read", "Press 1 for all papers. u marks a paper as unread again."),
    View.READING: ("Nothing to read later", "Press b on a paper to put it on the reading list."),
    View.DONE: ("Nothing done yet", "Press d on a paper that you are done with."),
    View.NEW: ("Nothing new", "Press F to fetch from what is followed: paperreader follow add …"),
}


def papers(count: int) -> str:
    """Return a count with its noun."""
    return "1 paper" if count == 1 else f"{count:,} papers"


def count(results: Results, cursor: int, total: int) -> str:
    """Return which paper of how many the cursor is at, and in which order; what matters first."""
    at = f"{cursor + 1:,} / " if len(results) else ""
    parts = [at + papers(len(results))]
    if results.searched:
        parts = [f"{at}{len(results):,} of {total:,}"]
        if results.full < len(results):
            parts.append(f"{results.full:,} with all words")
    if results.request is not None and results.request.sort != Sort():
        parts.append(order(results.request.sort))
    return " · ".join(parts)


_ORDERS = {
    SortKey.RELEVANCE: ("best first", "best last"),
    SortKey.NEWEST: ("newest first", "oldest first"),
    SortKey.TITLE: ("title A to Z", "title Z to A"),
    SortKey.ADDED: ("last added first", "first added first"),
    SortKey.UPVOTES: ("most upvotes first", "fewest upvotes first"),
    SortKey.FOR_YOU: ("for you first", "for you last"),
}


def order(sort: Sort) -> str:
    """Return an order in words."""
    return _ORDERS[sort.key][sort.reverse]


def empty(results: Results, view: View) -> Content:
    """Return what an empty list says: what is so, and what to do."""
    if results.request is None:
        lines: tuple[str, ...] = ("No related papers", "Esc goes back.")
    elif not results.searched:
        lines = _EMPTY[view]
    else:
        lines = ("No paper has all of this", *_ways_out(results))
    head, *rest = lines
    return Content("\n").join([Content.styled(head, "bold"), *map(Content, ("", *rest))])


def _ways_out(results: Results) -> list[str]:
    request = results.request
    ways = []
    if results.suggestion is not None:
        ways.append(f"Did you mean {results.suggestion}? Tab accepts it.")
    if request is not None and request.chips:
        ways.append("Enter, then \\ shows the filters that are on; take one off.")
    if request is not None and request.view is not View.ALL:
        ways.append("Enter, then 1 looks in all papers.")
    return [*ways, "Esc goes back to the list."]
