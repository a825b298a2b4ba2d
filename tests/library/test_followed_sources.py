"""Fetching from stubs of the services into a library."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperreader.errors import Cancelled, CancelToken
from paperreader.follow.options import FetchOptions, Services
from paperreader.follow.source import NoSuchSource
from paperreader.library.followed_sources import FollowedSources
from paperreader.library.library import Library
from paperreader.papers.record import View
from paperreader.paths import Paths
from tests.follow.arxiv_stub import ArxivStub, preprints
from tests.follow.stub import Answer, Asked, FakeClock, Stub, serving

Open = Callable[..., FollowedSources]


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        yield stub


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Paths.find(tmp_path / "home")) as library:
        yield library


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sources(library: Library, stub: Stub, clock: FakeClock) -> FollowedSources:
    return library.followed_sources(options(stub), clock)


def options(stub: Stub, **settings: object) -> FetchOptions:
    services = Services(stub.base, stub.base, stub.base, stub.base)
    return FetchOptions(services=services, **settings)  # type: ignore[arg-type]


def told(sources: FollowedSources, *names: str) -> list[str]:
    return [str(report) for report in sources.fetch(names)]


def daily(*numbers: int) -> Answer:
    entries = [
        {"paper": {"id": f"2511.{n:05}", "title": f"Daily paper {n}", "summary": f"On {n}.",
                   "upvotes": n, "publishedAt": "2025-11-20T00:00:00.000Z"}}
        for n in numbers
    ]  # fmt: skip
    return Answer(json.dumps(entries).encode(), headers={"Content-Type": "application/json"})


def test_papers_are_new_once(sources: FollowedSources, stub: Stub) -> None:
    arxiv = ArxivStub(preprints(214))
    stub.on("/api/query", arxiv)
    sources.add("arxiv:cs.CL")
    assert told(sources) == ["arxiv:cs.CL: 214 papers: 214 new, 0 known"]
    assert [asked.query["start"] for asked in stub.asked] == ["0", "200"]
    arxiv.preprints += preprints(3, first=215)
    [line] = told(sources)
    assert line.endswith(": 3 new, 197 known")
    [followed] = sources.all()
    assert (followed.new, bool(followed.fetched), followed.problem) == (217, True, "")


def test_a_later_fetch_goes_back_to_the_last_one_only(sources: FollowedSources, stub: Stub) -> None:
    stub.on("/api/query", ArxivStub(preprints(900)))
    sources.add("arxiv:cs.CL")
    assert told(sources) == ["arxiv:cs.CL: 900 papers: 900 new, 0 known"]
    stub.asked.clear()
    told(sources)
    assert len(stub.asked) == 1  # it looks four days of 40 papers back


def test_a_first_fetch_is_bounded(library: Library, stub: Stub, clock: FakeClock) -> None:
    stub.on("/api/query", ArxivStub(preprints(900)))
    sources = library.followed_sources(options(stub, first=250), clock)
    sources.add("arxiv:cs.CL")
    assert told(sources) == ["arxiv:cs.CL: 250 papers: 250 new, 0 known"]


def test_what_broke_off_goes_on_from_there(sources: FollowedSources, stub: Stub) -> None:
    arxiv = ArxivStub(preprints(700))

    def failing(asked: Asked) -> Answer:
        return Answer(b"", 404) if asked.query["start"] == "400" else arxiv(asked)

    stub.on("/api/query", failing)
    sources.add("arxiv:cs.CL")
    [line] = told(sources)
    assert line.startswith("arxiv:cs.CL: 400 papers: 400 new, 0 known; then: 127.0.0.1")
    assert sources.all()[0].problem.startswith("127.0.0.1")
    stub.on("/api/query", arxiv)
    arxiv.preprints += preprints(5, first=701)
    stub.asked.clear()
    [line] = told(sources)
    # The rest, and then what came in meanwhile.
    assert ": 305 new, " in line
    assert [asked.query["start"] for asked in stub.asked][:3] == ["400", "600", "0"]
    assert sources.all()[0].new == 705


def test_an_unchanged_answer_brings_nothing(sources: FollowedSources, stub: Stub) -> None:
    def reply(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"7"':
            return Answer(status=304)
        answer = daily(1, 2)
        return Answer(answer.body, headers={**answer.headers, "ETag": '"7"'})

    stub.on("/api/daily_papers", reply)
    sources.add("hf:trending")
    assert told(sources) == ["hf:trending: 2 papers: 2 new, 0 known"]
    assert told(sources) == ["hf:trending: 0 papers: 0 new, 0 known"]
    sources.remove("hf:trending")
    sources.add("hf:trending")
    assert told(sources) == ["hf:trending: 2 papers: 0 new, 2 known"]


def test_missed_days_are_made_up_for(
    sources: FollowedSources, stub: Stub, clock: FakeClock
) -> None:
    stub.on("/api/daily_papers", daily(1, 2))
    sources.add("hf:daily")
    assert told(sources) == ["hf:daily: 2 papers: 2 new, 0 known"]
    clock.now += 3 * 24 * 3600
    stub.asked.clear()
    told(sources)
    dates = [asked.query.get("date") for asked in stub.asked]
    assert len(dates) == 4
    assert (dates[0], dates[-1]) == ("2025-11-24", None)
    stub.on("/api/daily_papers", Answer(b"[]"))
    assert told(sources) == ["hf:daily: 0 papers: 0 new, 0 known"]


def test_any_address_of_papers_can_be_followed(sources: FollowedSources, stub: Stub) -> None:
    url = stub.on("/list.bib", Answer(b"@article{a, title={On Lists}, author={Ann Bee}}"))
    sources.add(url)
    assert told(sources) == [f"{url}: 1 paper: 1 new, 0 known"]


def test_a_feed_may_be_empty_and_an_archive_full(sources: FollowedSources, stub: Stub) -> None:
    feed = b'<rss version="2.0"><channel><title>cs.AI updates on arXiv.org</title></channel></rss>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.bib", "@article{a, title={On Lists}, author={Ann Bee}}")
        archive.writestr("b.bib", "@article{b, title={On Maps}, author={Ann Bee}}")
        archive.writestr("notes.png", b"\x89PNG nothing")
    for path, body in (("/rss", feed), ("/all.zip", packed.getvalue())):
        sources.add(stub.on(path, Answer(body)))
    reports = sources.fetch()
    assert [(report.papers, report.problem) for report in reports] == [(0, ""), (2, "")]
    assert reports[1].passages == 1


@pytest.mark.parametrize(
    ("followed", "why"),
    [
        (("arxiv:cs.CL", "/api/query", Answer(b"<!doctype html><h1>Sorry</h1>")), "a web page"),
        (("arxiv:cs.CL", "/api/query", Answer(b"Rate exceeded.")), "something that is not Atom"),
        (("arxiv:cs.CL", "/api/query", Answer(b"")), "something that is not Atom"),
        (("hf:daily", "/api/daily_papers", Answer(b"<html>Sorry</html>")), "a web page"),
        (("hf:daily", "/api/daily_papers", Answer(b'{"error": "Invalid date"}')), "not JSON"),
        (("hf:daily", "/api/daily_papers", Answer(b'[{"paper": ')), "not JSON"),
        (("URL", "/x", Answer(b"<html><h1>Sorry</h1></html>")), "web page"),
        (("URL", "/x", Answer(b"\x89PNG\r\n\x1a\n" + bytes(100))), "picture"),
        (("URL", "/x", Answer(b"")), "is empty"),
    ],
)
def test_an_answer_of_another_kind_is_said(
    sources: FollowedSources, stub: Stub, followed: tuple[str, str, Answer], why: str
) -> None:
    source, path, answer = followed
    url = stub.on(path, answer)
    sources.add(source.replace("URL", url))
    [report] = sources.fetch()
    assert why in report.problem
    assert report.papers == 0
    assert sources.all()[0].problem == report.problem


def test_what_arxiv_says_of_an_error_is_passed_on(sources: FollowedSources, stub: Stub) -> None:
    arxiv = ArxivStub([])
    stub.on(
        "/api/query",
        lambda asked: arxiv(Asked("GET", "", {"id_list": "abc"}, {}, b"", 0)),
    )
    sources.add("arxiv:all:x AND")
    [report] = sources.fetch()
    assert "incorrect id format for abc" in report.problem


def test_an_empty_page_before_the_end_is_not_taken_for_the_end(
    sources: FollowedSources, stub: Stub
) -> None:
    arxiv = ArxivStub(preprints(500))
    gaps = iter([False, True])

    def reply(asked: Asked) -> Answer:
        whole = arxiv(asked)
        if next(gaps, False):
            empty = ArxivStub([])(asked).body
            return Answer(empty.replace(b"totalResults>0<", b"totalResults>500<"))
        return whole

    stub.on("/api/query", reply)
    sources.add("arxiv:cs.CL")
    [report] = sources.fetch()
    assert "empty page before the end" in report.problem
    assert told(sources)[0].startswith("arxiv:cs.CL: 500 papers: 300 new, 200 known")


def test_one_failure_stops_no_other_source(sources: FollowedSources, stub: Stub) -> None:
    stub.on("/api/query", Answer(b"", 400))
    stub.on("/api/daily_papers", daily(1))
    sources.add("arxiv:cs.CL")
    sources.add("hf:daily")
    reports = sources.fetch()
    assert [bool(report.problem) for report in reports] == [True, False]


def test_paused_sources_are_left_out_unless_named(sources: FollowedSources, stub: Stub) -> None:
    stub.on("/api/daily_papers", daily(1))
    sources.add("hf:daily")
    sources.pause("hf:d")
    assert told(sources) == []
    assert told(sources, "hf:daily") == ["hf:daily: 1 paper: 1 new, 0 known"]
    sources.pause("HF:DAILY", on=False)
    assert len(told(sources)) == 1
    with pytest.raises(NoSuchSource, match="no followed source is called so"):
        sources.pause("arxiv:cs.CL")


def test_hosts_are_asked_side_by_side_and_each_alone(
    library: Library, stub: Stub, clock: FakeClock
) -> None:
    meeting = threading.Barrier(2, timeout=10)

    def wait(asked: Asked) -> Answer:
        meeting.wait()  # both hosts are asked at the same time, or this fails
        return daily(1)

    with serving() as other:
        for server in (stub, other):
            server.on("/api/daily_papers", wait, daily(2))
            server.on("/api/query", wait, ArxivStub(preprints(5)))
        services = Services(arxiv=other.base, huggingface=stub.base)
        sources = library.followed_sources(FetchOptions(services=services), clock)
        for name in ("hf:daily", "arxiv:cs.CL", "arxiv:cs.LG", "hf:trending"):
            sources.add(name)
        other.on("/api/query", lambda a: (meeting.wait(), ArxivStub(preprints(5))(a))[1],
                 ArxivStub(preprints(5)))  # fmt: skip
        reports = sources.fetch()
        assert [report.problem for report in reports] == [""] * 4
        assert (stub.most_at_once, other.most_at_once) == (1, 1)


def test_several_fetches_at_once_bring_each_paper_once(
    library: Library, stub: Stub, clock: FakeClock
) -> None:
    stub.on("/api/query", ArxivStub(preprints(450)))
    sources = library.followed_sources(options(stub), clock)
    sources.add("arxiv:cs.CL")
    reports: list[int] = []

    def fetch() -> None:
        [report] = library.followed_sources(options(stub), clock).fetch()
        assert not report.problem
        reports.append(report.new)

    threads = [threading.Thread(target=fetch) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(reports) == 450
    assert stub.most_at_once == 1


def test_what_was_removed_does_not_come_back(
    library: Library, sources: FollowedSources, stub: Stub
) -> None:
    stub.on("/api/daily_papers", daily(1, 2, 3))
    sources.add("hf:daily")
    told(sources)
    library.remove([library.find("arxiv:2511.00002").row])
    assert told(sources) == ["hf:daily: 2 papers: 0 new, 2 known"]
    assert library.counts()[View.ALL] == 2
    library.undo()
    assert library.counts()[View.ALL] == 3
    assert sources.all()[0].new == 3


def test_a_cancelled_fetch_keeps_what_came(sources: FollowedSources, stub: Stub) -> None:
    stub.on("/api/query", ArxivStub(preprints(450)))
    sources.add("arxiv:cs.CL")
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        sources.fetch(cancel=cancel, progress=lambda name, papers: cancel.cancel())
    assert sources.all()[0].new == 200
    assert ": 250 new," in told(sources)[0]


def test_a_killed_fetch_loses_nothing_and_goes_on(tmp_path: Path, stub: Stub) -> None:
    arxiv = ArxivStub(preprints(800))
    third = threading.Event()

    def slowly(asked: Asked) -> Answer:
        if asked.query["start"] == "400":
            third.set()
            time.sleep(20)
        return arxiv(asked)

    stub.on("/api/query", slowly)
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(
        f'[fetch]\narxiv_interval = 0\n[services]\narxiv = "{stub.base}"\n'
    )
    command = [sys.executable, "-m", "paperreader", "--library", str(home)]
    subprocess.run([*command, "follow", "add", "arxiv:cs.CL"], check=True, capture_output=True)
    with subprocess.Popen([*command, "fetch"], stdout=subprocess.DEVNULL) as running:
        assert third.wait(30)
        os.kill(running.pid, signal.SIGKILL)
    stub.on("/api/query", arxiv)
    with Library(Paths.find(home)) as library:
        [followed] = library.followed_sources().all()
        assert (followed.new, followed.fetched) == (400, "")
    done = subprocess.run([*command, "fetch"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("arxiv:cs.CL: ")
    assert ": 400 new, " in done.stdout
    with Library(Paths.find(home)) as library:
        assert library.followed_sources().all()[0].new == 800
