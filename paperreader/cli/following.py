"""`paperreader follow` and `fetch`."""

import argparse
import json
import sys

from paperreader.cli.adding import bring_up_to_date
from paperreader.cli.command import UsageError, open_library
from paperreader.cli.output import progress
from paperreader.cli.streams import complain
from paperreader.errors import PaperreaderError
from paperreader.follow.options import FetchOptions
from paperreader.library.add_report import counted
from paperreader.library.followed_sources import FetchReport, FollowedSources
from paperreader.paths import Paths
from paperreader.settings import Settings
from paperreader.store import Followed

_HOW_TO_FOLLOW = "follow something with `paperreader follow add arxiv:cs.CL`"


def fetch_options(args: argparse.Namespace) -> FetchOptions:
    """Return the settings of fetching; raises `PaperreaderError`."""
    settings = Settings.load(Paths.find(args.library).settings)
    for problem in settings.problems:
        complain(problem)
    return FetchOptions.of(settings.tables.get("fetch", {}), settings.tables.get("services", {}))


def follow(args: argparse.Namespace) -> int:
    """Add, list, remove, pause or resume followed sources."""
    if args.action == "list":
        if args.names:
            raise UsageError("`paperreader follow list` takes no names.")
    elif not args.names:
        raise UsageError(
            f"Say what to {args.action}: `paperreader follow {args.action} arxiv:cs.CL`."
        )
    with open_library(args) as library:
        sources = library.followed_sources()
        if args.action == "list":
            _list(sources.all(), as_json=args.json)
            return 0
        failed = False
        for name in args.names:
            try:
                print(_changed(sources, args.action, name))
            except PaperreaderError as error:
                complain(str(error))
                failed = True
    if args.action == "add" and not failed and not fetch_options(args).contact:
        print(
            '`paperreader fetch` brings its papers. Set contact = "you@example.org" under [fetch] '
            "in the settings, so that the services can reach you instead of blocking you.",
            file=sys.stderr,
        )
    return 1 if failed else 0


def _changed(sources: FollowedSources, action: str, name: str) -> str:
    match action:
        case "add":
            followed, new = sources.add(name)
            return f"following {followed}" if new else f"{followed} is followed already"
        case "remove":
            return f"no longer following {sources.remove(name)}; its papers stay"
        case "pause":
            return f"paused {sources.pause(name)}"
        case _:
            return f"resumed {sources.pause(name, on=False)}"


def _list(followed: list[Followed], *, as_json: bool) -> None:
    if not followed and not as_json:
        print(f"Nothing is followed yet; {_HOW_TO_FOLLOW}.", file=sys.stderr)
    width = max((len(source.name) for source in followed), default=0)
    for source in followed:
        if as_json:
            values = {**source._asdict()}
            del values["progress"]
            print(json.dumps(values, ensure_ascii=False))
            continue
        state = f"fetched {source.fetched[:10]}" if source.fetched else "not fetched yet"
        state = f"paused {source.paused[:10]}" if source.paused else state
        problem = f"; failed since: {source.problem}" if source.problem else ""
        print(f"{source.name:<{width}}  {source.new:>6,} new  {state}{problem}")


def fetch(args: argparse.Namespace) -> int:
    """Fetch followed sources, print a report of each, and bring the index up to date."""
    options = fetch_options(args)
    with open_library(args) as library:
        sources = library.followed_sources(options)
        names = [sources.named(name) for name in args.names]
        if not sources.all():
            raise PaperreaderError(f"Nothing is followed yet; {_HOW_TO_FOLLOW}.")
        reports = _fetched(sources, names, quiet=args.quiet)
        if any(report.new for report in reports):
            bring_up_to_date(library)
    if not reports:
        complain("every followed source is paused; nothing was fetched.")
    return 1 if reports and all(report.problem for report in reports) else 0


def _fetched(sources: FollowedSources, names: list[str], *, quiet: bool) -> list[FetchReport]:
    def say(report: FetchReport) -> None:
        if report.problem:
            complain(str(report))
        elif not quiet:
            print(report, flush=True)

    counts: dict[str, int] = {}
    reports: list[FetchReport] = []
    try:
        with progress("fetching") as move:

            def moved(name: str, papers: int) -> None:
                counts[name] = papers
                move(sum(counts.values()), None)

            reports = sources.fetch(names, progress=moved, done=reports.append)
    except KeyboardInterrupt:
        papers = counted(sum(counts.values()), "paper")
        complain(f"stopped; the {papers} fetched so far are here, and the next fetch goes on.")
        raise
    finally:
        for report in reports:
            say(report)
    return reports


def tidy(args: argparse.Namespace) -> int:
    """Remove papers that were fetched long ago and never touched, after asking."""
    days = fetch_options(args).tidy_days if args.days is None else args.days
    with open_library(args) as library:
        rows = library.untouched(days)
        papers = f"{counted(len(rows), 'paper')} fetched {days} days ago or earlier"
        if not rows:
            print(f"No paper that was fetched {days} days ago or earlier is untouched.")
            return 0
        if not args.yes and not _confirmed(
            f"Let go of {papers} fetched {days} days ago or earlier"
        ):
            complain("nothing was let go; --yes does it without asking.")
            return 1
        library.remove(rows)
        print(f"let go of {papers}; `paperreader undo` brings them back")
    return 0


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"{question}? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
