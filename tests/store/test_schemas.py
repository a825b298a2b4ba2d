"""A library of every earlier schema opens, with all that it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from paperreader.papers.record import View
from paperreader.store import Store
from paperreader.store.schema import STEPS

SCHEMAS = sorted(Path(__file__).with_name("schemas").glob("*.sql"), key=lambda path: int(path.stem))


def test_there_is_a_library_of_each_schema() -> None:
    """If not, `python -m tests.store.dump_schema` makes those that lack."""
    assert [int(path.stem) for path in SCHEMAS] == list(range(1, len(STEPS)))


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda path: path.stem)
def test_a_library_of_an_earlier_schema_opens_with_all_that_it_holds(
    dump: Path, tmp_path: Path
) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    store = Store(path)
    first, second, third = store.papers.records([1, 2, 3])
    assert first.paper.title == "Locally typical sampling"
    assert first.paper.authors == ("Clara Meister",)
    assert first.paper.categories == ("cs.CL",)
    assert [link.url for link in first.paper.links] == ["https://arxiv.org/abs/2202.00666"]
    assert first.paper.identifiers == {"arxiv": "2202.00666"}
    assert (first.tags, first.note, first.read) == (("rag",), "see section 3", "2026-01-04")
    assert (third.done, third.aliases) == ("2026-01-05", ("title:moons of old",))
    assert list(store.lists.view(View.READING)) in ([2, 1], [1, 2])
    assert first.position != second.position
    assert store.papers.present(4) == 3
    assert list(store.saved.all()) == ["typical"]
    if int(dump.stem) > 1:
        assert first.files == ("/home/me/a.pdf",)
        step = store.history.undo()
        assert step is not None
        assert (step.what, step.title) == ("read", "Moons")
        assert store.papers.records([3])[0].read == ""
    store.reading.bookmark([3], True, "2026-02-01")
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
