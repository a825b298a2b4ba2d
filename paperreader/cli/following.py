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


def fetch_options(told: argparse.Namespace) -> FetchOptions:
    """Return what the settings say about fetching; raises `PaperreaderError`."""
    settings = Settings.load(Paths.find(told.library).settings)
    for problem in settings.problems:
        complain(problem)
    return FetchOptions.of(settings.tables.get("fetch", {}), settings.tables.get("services", {}))


def follow(told: argparse.Namespace) -> int:
    """Add, list, remove, pause or resume followed sources."""
    if told.action == "list":
        if told.names:
            raise UsageError("`paperreader follow list` takes no names.")
    elif not told.names:
        raise UsageError(
            f"Say what to {told.action}: `paperreader follow {told.action} arxiv:cs.CL`."
        )
    with open_library(told) as library:
        sources = library.followed_sources()
        if told.action == "list":
            _list(sources.all(), as_json=told.json)
            return 0
        failed = False
        for written in told.names:
            try:
                print(_changed(sources, told.action, written))
            except PaperreaderError as error:
                complain(str(error))
                failed = True
    if told.action == "add" and not failed and not fetch_options(told).contact:
        print(
            '`paperreader fetch` brings its papers. Set contact = "you@example.org" under [fetch] '
            "in the settings, so that the services can reach you instead of blocking you.",
            file=sys.stderr,
        )
    return 1 if failed else 0


def _changed(sources: FollowedSources, action: str, written: str) -> str:
    match action:
        case "add":
            name, new = sources.add(written)
            return f"following {name}" if new else f"{name} is followed already"
        case "remove":
            return f"no longer following {sources.remove(written)}; its papers stay"
        case "pause":
            return f"paused {sources.pause(written)}"
        case _:
            return f"resumed {sources.pause(written, on=False)}"


def _list(followed: list[Followed], *, as_json: bool) -> None:
    if not followed and not as_json:
        print(f"Nothing is followed yet; {_HOW_TO_FOLLOW}.", file=sys.stderr)
    width = max((len(each.name) for each in followed), default=0)
    for each in followed:
        if as_json:
            values = {**each._asdict()}
            del values["progress"]
            print(json.dumps(values, ensure_ascii=False))
            continue
        state = f"fetched {each.fetched[:10]}" if each.fetched else "not fetched yet"
        state = f"paused {each.paused[:10]}" if each.paused else state
        problem = f"; failed since: {each.problem}" if each.problem else ""
        print(f"{each.name:<{width}}  {each.new:>6,} new  {state}{problem}")


def fetch(told: argparse.Namespace) -> int:
    """Fetch followed sources; say what came of each, and bring the index up to date."""
    options = fetch_options(told)
    with open_library(told) as library:
        sources = library.followed_sources(options)
        names = [sources.named(written) for written in told.names]
        if not sources.all():
            raise PaperreaderError(f"Nothing is followed yet; {_HOW_TO_FOLLOW}.")
        reports = _fetched(sources, names, quiet=told.quiet)
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
    """Let go of papers that were fetched long ago and never touched, after asking."""
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
