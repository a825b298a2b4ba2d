"""`paperreader search`, `list`, `show` and `related`."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from paperreader.cli.opening import open_library
from paperreader.cli.output import print_list, print_record, progress
from paperreader.errors import PaperreaderError
from paperreader.export import jsonl
from paperreader.library import Library
from paperreader.paper import Record, View
from paperreader.query import Request, Sort, SortKey
from paperreader.results import Results

NO_HITS = 1
_ON_TERMINAL = 50


def search(told: argparse.Namespace) -> int:
    """Print the papers that a query finds, best first."""
    with open_library(told) as library:
        request = _request(told, library)
        with progress("indexing") as move:
            library.catch_up(progress=move)
        results = library.search(request)
        if told.save:
            library.save_search(told.save, request)
        for notice in results.notices:
            print(f"paperreader: {notice}", file=sys.stderr)
        if results.suggestion:
            print(f"paperreader: did you mean: {results.suggestion}", file=sys.stderr)
        _print(told, results)
    return 0 if results else NO_HITS


def list_papers(told: argparse.Namespace) -> int:
    """Print the papers of a view."""
    with open_library(told) as library:
        sort = Sort(told.sort or SortKey.RELEVANCE, told.reverse)
        _print(told, library.search(Request(view=told.view, sort=sort)))
    return 0


def show(told: argparse.Namespace) -> int:
    """Print all that is known of one paper."""
    with open_library(told) as library:
        record = library.find(told.key)
    if told.json:
        sys.stdout.write(jsonl.line(record))
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
        found = library.related(record.row, limit)
        for other in found:
            print_list([other.record], [other.score], as_json=told.json)
            if not told.json:
                print(f"    {', '.join(other.terms)}")
    return 0 if found else NO_HITS


def _request(told: argparse.Namespace, library: Library) -> Request:
    """Return what is to be searched: what was typed, or a saved search and what was typed."""
    text = " ".join(told.words)
    if told.saved is not None:
        saved = library.saved_search(told.saved)
        if saved is None:
            names = ", ".join(s.name for s in library.saved_searches()) or "none yet"
            raise PaperreaderError(
                f"There is no saved search {told.saved!r} (there are: {names}); "
                "save one with `paperreader search WORDS --save NAME`."
            )
        request = replace(saved, chips=(*saved.chips, text) if text else saved.chips)
    elif text:
        request = Request(text)
    else:
        raise PaperreaderError("Nothing to search for: give words, or --saved NAME.")
    if told.view:
        request = replace(request, view=View(told.view))
    if told.sort or told.reverse:
        request = replace(request, sort=Sort(told.sort or request.sort.key, told.reverse))
    return request


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
