"""`paperreader search`, `list`, `show` and `related`."""

import argparse
import sys
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from paperreader.cli.command import UsageError, open_library
from paperreader.cli.explaining import extras_of, print_with_extras
from paperreader.cli.output import print_list, print_record, progress
from paperreader.cli.streams import complain, data
from paperreader.errors import PaperreaderError
from paperreader.library.library import Library
from paperreader.library.results import Results
from paperreader.papers.record import Record, View
from paperreader.query.request import Request, Sort, SortKey

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_HITS = 1
_ON_TERMINAL = 50


def search(args: argparse.Namespace) -> int:
    """Print the papers that a query finds, best first."""
    text = " ".join(args.words)
    if not text.strip() and args.saved is None:
        raise UsageError("Nothing to search for: give words, or --saved NAME.")
    with open_library(args) as library:
        request = requested(library, text, args.saved, args.view)
        if args.sort or args.reverse:
            key = SortKey(args.sort) if args.sort else request.sort.key
            request = replace(request, sort=Sort(key, args.reverse))
        results = search_library(library, request)
        if args.meaning:
            results = _with_close(library, results)
        if args.save:
            library.save_search(args.save, request)
        if results.suggestion:
            complain(f"did you mean: {results.suggestion}")
        _print(args, results, library)
    return 0 if results.full or results.found.close else NO_HITS


def search_library(library: Library, request: Request) -> Results:
    """Return the papers that match `request`, once the index is up to date.

    Notices about the query, and why new papers are not indexed, are printed on standard error.
    """
    notices = caught_up(library) if _needs_index(request) else []
    if request.sort.key is SortKey.FOR_YOU:
        notices += with_vectors(library)
    results = library.search(request)
    for notice in (*notices, *results.notices):
        complain(notice)
    return results


def _needs_index(request: Request) -> bool:
    return bool(request.text or request.chips) or request.sort.key is SortKey.FOR_YOU


def _with_close(library: Library, results: Results) -> Results:
    """Return results with the papers that are close in meaning after them."""
    for notice in with_vectors(library):
        complain(notice)
    return library.with_close(results)


def caught_up(library: Library) -> list[str]:
    """Bring the index up to date; return the errors that prevented it."""
    try:
        with progress("indexing") as move:
            library.catch_up(progress=move)
    except PaperreaderError as error:
        return [str(error)]
    return []


def with_vectors(library: Library) -> list[str]:
    """Make the vectors of papers that have none; return the errors that prevented it."""
    try:
        with progress("reading what papers are about") as move:
            if not library.vector_indexer.has_few_to_read():
                move(0, None)  # it shows that something is under way
            library.make_vectors()
    except PaperreaderError as error:
        return [str(error)]
    return []


def requested(library: Library, text: str, saved: str | None, view: str | None) -> Request:
    """Return the request for the words typed, or for a saved search narrowed by them."""
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


def list_papers(args: argparse.Namespace) -> int:
    """Print the papers of a view."""
    with open_library(args) as library:
        sort = Sort(SortKey(args.sort) if args.sort else SortKey.RELEVANCE, args.reverse)
        results = search_library(library, Request(view=View(args.view), sort=sort))
        _print(args, results, library)
    return 0


def show(args: argparse.Namespace) -> int:
    """Print all that is known of one paper."""
    with open_library(args) as library:
        record = library.find(args.key)
    if args.json:
        from paperreader.export import jsonl  # as in `print_list`

        data().write(jsonl.line(record))
    else:
        print_record(record)
    return 0


def related(args: argparse.Namespace) -> int:
    """Print the papers most similar to a paper, and the words that they share."""
    limit = 20 if args.limit is None else args.limit
    with open_library(args) as library:
        record = library.find(args.key)
        with progress("indexing") as move:
            library.catch_up(progress=move)
        neighbours = library.related(record.row, limit)
        for index, neighbour in enumerate(neighbours):
            print_list([neighbour], [neighbours.score(index)], as_json=args.json)
            if not args.json:
                print(f"    {', '.join(neighbours.shared[index] or neighbours.close_words(index))}")
    return 0 if neighbours else NO_HITS


def _print(args: argparse.Namespace, results: Results, library: Library) -> None:
    """Print results up to the limit, complete matches first, then partial ones under a heading.

    Without a limit a terminal gets a screenful or two, a pipe all.
    """
    limit = args.limit
    if limit is None:
        limit = _ON_TERMINAL if sys.stdout.isatty() else len(results)
    shown = min(limit, results.by_words)
    request = results.request
    if not args.json and request is not None and (extras := extras_of(request)):
        print_with_extras(library, results, shown, extras)
    else:
        _print_divided(args, results, shown)
    if shown < results.by_words and args.limit is None:
        print(f"{results.by_words - shown:,} more; --limit N shows them.", file=sys.stderr)
    if results.by_words < len(results):
        _print_close(args, results)


def _print_divided(args: argparse.Namespace, results: Results, shown: int) -> None:
    records: Iterable[Record] = iter(results)
    full = min(shown, results.full)
    scores = [results.score(index) for index in range(shown)]
    full_matches, by = (True, "words") if results.searched else (None, "")
    print_list(islice(records, full), scores[:full], as_json=args.json, full=full_matches, by=by)
    if full < shown:
        _print_heading(args, "not all of your words:")
        rest = islice(records, shown - full)
        print_list(rest, scores[full:], as_json=args.json, full=False, by=by)


def _print_close(args: argparse.Namespace, results: Results) -> None:
    """Print the papers that are close in meaning, each with the words that explain why."""
    _print_heading(args, "close in meaning:")
    for index in range(results.by_words, len(results)):
        score = [results.score(index)]
        print_list([results[index]], score, as_json=args.json, full=False, by="meaning")
        if not args.json:
            print(f"    because of: {', '.join(results.close_words(index))}")


def _print_heading(args: argparse.Namespace, heading: str) -> None:
    if not args.json:
        sys.stdout.flush()
        print(heading, file=sys.stderr)
