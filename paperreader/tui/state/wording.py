"""What the screen says of a list: its count, and what to do where it is empty."""

from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from paperreader.papers.record import View
from paperreader.query.request import Request, Sort, SortKey
from paperreader.tui.state.listing import Listing

SORT_KEYS = {
    "r": SortKey.RELEVANCE,
    "n": SortKey.NEWEST,
    "t": SortKey.TITLE,
    "a": SortKey.ADDED,
    "u": SortKey.UPVOTES,
}

_EMPTY = {
    View.ALL: (
        "No papers yet",
        "Quit (q) and add some: paperreader add FILE",
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


def count(listing: Listing, total: int) -> str:
    """Return how much was found, of how much, in which order, and how fast; what matters first."""
    told = [papers(len(listing))]
    if listing.searched:
        found = listing.full if listing.divided else len(listing)
        told = [f"{found:,} of {total:,}"]
    if listing.request is not None and listing.request.sort != Sort():
        told.append(f"{listing.request.sort.key} {direction(listing.request.sort)}")
    if listing.searched:
        told.append(f"{max(1, round(listing.took * 1000))} ms")
    return " · ".join(told)


def direction(sort: Sort) -> str:
    """Return the mark of an order, or of its reverse."""
    return "↑" if sort.reverse else "↓"


def empty(listing: Listing, view: View) -> Content:
    """Return what an empty list says: what is so, and what to do."""
    if listing.request is None:
        told: tuple[str, ...] = ("No related papers", "Esc goes back.")
    elif not listing.searched:
        told = _EMPTY[view]
    else:
        told = ("No paper has all of this", *_ways_out(listing))
    head, *rest = told
    return Content("\n").join([Content.styled(head, "bold"), *map(Content, ("", *rest))])


def _ways_out(listing: Listing) -> list[str]:
    request = listing.request
    ways = []
    if listing.suggestion is not None:
        ways.append(f"Did you mean {listing.suggestion}? Tab takes it.")
    if request is not None and request.chips:
        ways.append("Enter, then \\ shows the filters that are on; take one off.")
    if request is not None and request.view is not View.ALL:
        ways.append("Enter, then 1 looks in all papers.")
    return [*ways, "Esc goes back to the list."]


def sorted_by(request: Request, key: str) -> Request:
    """Return a request in another order; the same key again reverses it."""
    chosen = SORT_KEYS[key]
    again = request.sort.key is chosen
    return replace(request, sort=Sort(chosen, again and not request.sort.reverse))


def as_saved(request: Request) -> Request:
    """Return a request to keep under a name: a beginning that was being typed stays one."""
    if request.typing and request.text[-1:].isalnum():
        return replace(request, text=f"{request.text}*", typing=False)
    return replace(request, typing=False)


def toggled(chips: Sequence[str], one: str) -> tuple[str, ...]:
    """Return chips with one put on, or taken off if it is on."""
    kept = tuple(each for each in chips if each != one)
    return kept if len(kept) < len(chips) else (*kept, one)
