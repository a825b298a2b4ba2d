"""`paperreader search`, `list`, `show` and `related`."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from paperreader.cli.command import UsageError
from paperreader.cli.opening import open_library
from paperreader.cli.output import print_list, print_record, progress
from paperreader.cli.streams import complain, data
from paperreader.errors import PaperreaderError
from paperreader.export import jsonl
from paperreader.library.library import Library
from paperreader.library.results import Results
from paperreader.papers.record import Record, View
from paperreader.query.request import Request, Sort, SortKey

NO_HITS = 1
_ON_TERMINAL = 50


def search(told: argparse.Namespace) -> int:
    """Print the papers that a query finds, best first."""
    text = " ".join(told.words)
    if not text.strip() and told.saved is None:
        raise UsageError("Nothing to search for: give words, or --saved NAME.")
    with open_library(told) as library:
        request = requested(library, text, told.saved, told.view)
        if told.sort or told.reverse:
            key = SortKey(told.sort) if told.sort else request.sort.key
            request = replace(request, sort=Sort(key, told.reverse))
        results = found(library, request)
        if told.save:
            library.save_search(told.save, request)
        if results.suggestion:
            complain(f"did you mean: {results.suggestion}")
        _print(told, results)
    return 0 if results else NO_HITS


def found(library: Library, request: Request) -> Results:
    """Return the papers that `request` asks for, found with all that the library holds by now.

    What cannot be read in it is said on standard error, and why new papers are not found yet.
    """
    told = _caught_up(library) if request.text or request.chips else []
    results = library.search(request)
    for notice in (*told, *results.notices):
        complain(notice)
    return results


def _caught_up(library: Library) -> list[str]:
    """Bring the index up to date; return why it could not be, if so."""
    try:
        with progress("indexing") as move:
            library.catch_up(progress=move)
    except PaperreaderError as error:
        return [str(error)]
    return []


def requested(library: Library, text: str, saved: str | None, view: str | None) -> Request:
    """Return what is to be searched: what was typed, or a saved search and what was typed."""
    request = Request(text)
    if saved is not None:
        known = library.saved_search(saved)
        if known is None:
            names = ", ".join(s.name for s in library.saved_searches()) or "none yet"
            raise PaperreaderError(
                f"There is no saved search {saved!r} (there are: {names}); "
                "save one with `paperreader search WORDS --save NAME`."
            )
        request = replace(known, chips=(*known.chips, text) if text else known.chips)
    return replace(request, view=View(view)) if view else request


def list_papers(told: argparse.Namespace) -> int:
    """Print the papers of a view."""
    with open_library(told) as library:
        sort = Sort(SortKey(told.sort) if told.sort else SortKey.RELEVANCE, told.reverse)
        _print(told, library.search(Request(view=View(told.view), sort=sort)))
    return 0


def show(told: argparse.Namespace) -> int:
    """Print all that is known of one paper."""
    with open_library(told) as library:
        record = library.find(told.key)
    if told.json:
        data().write(jsonl.line(record))
    else:
        print_record(record)
    return 0


def related(told: argparse.Namespace) -> int:
    """Print the papers most like one, and the words that they share."""
    limit = 20 if told.limit is None else told.limit
    with open_library(told) as library:
        record = library.find(told.key)
        with progress("indexing") as move:
            library.catch_up(progress=move)
        others = library.related(record.row, limit)
        for other in others:
            print_list([other.record], [other.score], as_json=told.json)
            if not told.json:
                print(f"    {', '.join(other.terms)}")
    return 0 if others else NO_HITS


def _print(told: argparse.Namespace, results: Results) -> None:
    """Print results up to the limit; a line on standard error parts full from partial matches.

    Without a limit a terminal gets a screenful or two, a pipe all.
    """
    limit = told.limit
    if limit is None:
        limit = _ON_TERMINAL if sys.stdout.isatty() else len(results)
    shown = min(limit, len(results))
    records: Iterable[Record] = iter(results)
    full = min(shown, results.full)
    scores = [results.score(place) for place in range(shown)]
    print_list(islice(records, full), scores[:full], as_json=told.json)
    if full < shown:
        if not told.json:
            sys.stdout.flush()
            print("not all of your words:", file=sys.stderr)
        print_list(islice(records, shown - full), scores[full:], as_json=told.json)
    if shown < len(results) and told.limit is None:
        print(f"{len(results) - shown:,} more; --limit N shows them.", file=sys.stderr)
