"""New papers, the order for the reader, and letting go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import Interest, View
from paperreader.paths import Paths
from paperreader.query.request import Request, Sort, SortKey

FOR_YOU = Sort(SortKey.FOR_YOU)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Paths.find(tmp_path / "home")) as library:
        yield library


def receive(library: Library, source: str, titles: list[str], when: str) -> None:
    papers = [Paper(title, f"On {title}.", published=when[:10]) for title in titles]
    library._store.following.receive(source, papers, when, progress="")


def titles(library: Library, view: View = View.NEW) -> list[str]:
    return [record.paper.title for record in library.search(Request(view=view))]


def row(library: Library, title: str) -> int:
    [found] = [r.row for r in library.search(Request()) if r.paper.title == title]
    return found


def test_new_papers_are_grouped_by_day_and_source(library: Library) -> None:
    library.add([Paper("Known before", "On Known before.")], "file")
    receive(library, "hf:daily", ["B one", "B two", "Known before"], "2026-11-24T07:00:00.000Z")
    receive(library, "arxiv:cs.CL", ["A one"], "2026-11-24T07:01:00.000Z")
    receive(library, "hf:daily", ["C one", "B one"], "2026-11-25T07:00:00.000Z")
    assert titles(library) == ["C one", "A one", "B one", "B two"]
    assert library.counts()[View.NEW] == 4
    assert library.new_groups() == [
        ("2026-11-25", "hf:daily", 1),
        ("2026-11-24", "arxiv:cs.CL", 1),
        ("2026-11-24", "hf:daily", 2),
    ]
    arrivals = library.arrivals([row(library, "A one"), row(library, "Known before")])
    assert list(arrivals.values()) == [("arxiv:cs.CL", "2026-11-24T07:01:00.000Z")]


def test_they_stay_until_they_are_touched(library: Library) -> None:
    receive(library, "hf:daily", ["Read", "Later", "Done", "Skipped", "Left"], "2026-11-24")
    library.mark_read([row(library, "Read")])
    library.bookmark([row(library, "Later")])
    library.mark_done([row(library, "Done")])
    library.judge([row(library, "Skipped")], Interest.LESS)
    assert titles(library) == ["Left"]
    assert "Skipped" not in titles(library, View.UNREAD)
    library.undo()
    assert titles(library) == ["Skipped", "Left"]


def test_what_is_old_and_untouched_can_be_let_go(library: Library) -> None:
    receive(library, "hf:daily", ["Tagged", "Noted", "Liked", "Read", "Old"], "2020-01-01")
    receive(library, "hf:daily", ["Recent"], "2999-01-01")
    library.add([Paper("From a file")], "file")
    library.tag([row(library, "Tagged")], ["x"])
    library.note(row(library, "Noted"), "x")
    library.judge([row(library, "Liked")], Interest.MORE)
    library.mark_read([row(library, "Read")])
    assert library.untouched(30) == [row(library, "Old")]
    library.remove(library.untouched(30))
    assert "Old" not in titles(library, View.ALL)
    library.undo()
    assert "Old" in titles(library, View.ALL)


def test_a_judgment_is_one_step_and_the_last_one_counts(library: Library) -> None:
    library.add([Paper("A"), Paper("B")], "file")
    rows = [row(library, "A"), row(library, "B")]
    step = library.judge(rows, Interest.MORE)
    assert step is not None
    assert (step.what, step.papers) == ("more like this", 2)
    assert library.judge(rows, Interest.MORE) is None
    judged = library._store.reading.judged
    assert sorted(judged(9)) == [(r, True) for r in rows]
    library.judge(rows[:1], Interest.LESS)
    assert sorted(judged(9)) == [(rows[0], False), (rows[1], True)]
    library.judge(rows, Interest.NEITHER)
    assert judged(9) == []
    library.undo()
    library.undo()
    assert sorted(judged(9)) == [(r, True) for r in rows]
    # It survives the trash, and being found to be another paper.
    library.remove(rows)
    assert judged(9) == []
    library.undo()
    assert sorted(judged(9)) == [(r, True) for r in rows]


def test_for_you_says_what_it_needs_and_then_follows_the_marks(library: Library) -> None:
    sampling = [f"Typical sampling number {n}" for n in range(12)]
    crystals = [f"Crystals in cold water {n}" for n in range(60)]
    receive(library, "hf:daily", crystals[:30] + sampling + crystals[30:], "2026-11-24")
    library.catch_up()
    request = Request(view=View.NEW, sort=FOR_YOU)
    results = library.search(request)
    assert len(results) == 72
    [notice] = results.notices
    assert notice == (
        "for-you needs 5 more papers bookmarked, tagged or done; newest first till then"
    )
    library.bookmark([row(library, title) for title in sampling[:2]])
    library.tag([row(library, sampling[2])], ["keep"])
    library.mark_done([row(library, sampling[3])])
    assert "one more paper" in library.search(request).notices[0]
    library.judge([row(library, sampling[4])], Interest.MORE)
    results = library.search(request)
    assert results.notices == ()
    assert len(results) == 68  # nothing is hidden but what was touched
    assert {r.paper.title for r in results[:8]} == set(sampling[2:3] + sampling[5:])
    assert "typical sampling" in " ".join(library.reasons(results[0].paper))
    [*_, last] = library.search(Request(view=View.NEW, sort=Sort(SortKey.FOR_YOU, reverse=True)))
    assert last.paper.title in sampling
    # With words, it orders what they find.
    found = library.search(Request("number OR cold", view=View.NEW, sort=FOR_YOU))
    assert {r.paper.title for r in found[:8]} == set(sampling[2:3] + sampling[5:])
    # What comes later is in its place as soon as it is indexed.
    receive(library, "hf:daily", ["Typical sampling, newly"], "2026-11-25")
    library.catch_up()
    assert "Typical sampling, newly" in [r.paper.title for r in library.search(request)[:10]]
