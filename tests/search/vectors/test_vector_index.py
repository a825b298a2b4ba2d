"""The vectors of a library: kept up with it, and never trusted when they are not its own."""

import io
import json
import os
import stat
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.errors import NEVER, Cancelled, CancelToken
from paperreader.search.vectors import word_table
from paperreader.search.vectors.bags import Bag, telling, word_counts
from paperreader.search.vectors.library_vectors import LibraryVectors, Meaning
from paperreader.search.vectors.stored_rows import StoredRows, VectorData, VectorsBroken
from paperreader.search.vectors.vector_index import NoVectors, VectorIndex
from tests.search.replaced import KINDS, replace
from tests.search.vectors.made import PRIVACY, STARS, Library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors"


@pytest.fixture
def index(path: Path) -> VectorIndex:
    return VectorIndex(path, "this library")


def words(*texts: str) -> Bag:
    return telling(word_counts(*texts))


def meaning(vectors: LibraryVectors, text: str) -> Meaning:
    found = vectors.meaning_of(text)
    assert found is not None
    return found


def nearest(vectors: LibraryVectors, text: str) -> list[int]:
    """The rows of all papers, the nearest to a text first."""
    order = np.argsort(-vectors.standings(meaning(vectors, text)).values, kind="stable")
    return [int(row) for row in vectors.rows[order]]


def test_papers_are_found_without_their_words(index: VectorIndex) -> None:
    vectors = Library(STARS + PRIVACY).vectors(index)
    assert set(nearest(vectors, "hiding personal details in datasets")[:4]) < {6, 7, 8, 9, 10}
    assert set(nearest(vectors, "astronomy of the night sky")[:4]) < {1, 2, 3, 4, 5}


def test_the_words_that_bring_a_paper_close_are_its_own(index: VectorIndex) -> None:
    vectors = Library(STARS + PRIVACY).vectors(index)
    asked = meaning(vectors, "hiding personal details")
    reasons = vectors.nearest_words(asked, *PRIVACY[1])
    assert len(reasons) == 3
    assert set(reasons) <= set(words(*PRIVACY[1]))
    assert "medical" in reasons or "patient" in reasons or "identities" in reasons
    assert vectors.nearest_words(asked) == ()
    forms = vectors.nearest_words(asked, "identity identities anonymous anonymity anonymizing")
    assert len(forms) == len({word[:6] for word in forms})


def test_a_new_paper_has_its_vector_at_once(index: VectorIndex) -> None:
    library = Library(STARS + PRIVACY)
    before = library.vectors(index)
    library.put(99, "Obfuscating identities", "Hiding personal details in datasets.")
    after = library.vectors(index)
    assert after.fitted == before.fitted == 10
    assert nearest(after, "hiding personal details in datasets")[0] == 99
    assert np.array_equal(after.papers[:10], before.papers[:])


def test_a_changed_paper_gets_another_vector(index: VectorIndex) -> None:
    library = Library(STARS + PRIVACY)
    library.vectors(index)
    library.put(1, "Privacy of personal data", "Hiding personal details in datasets.")
    vectors = library.vectors(index)
    assert vectors.rows.tolist() == list(range(1, 11))
    assert nearest(vectors, "hiding personal details in datasets")[0] == 1


def test_a_paper_that_is_gone_has_none(index: VectorIndex) -> None:
    library = Library(STARS + PRIVACY)
    library.vectors(index)
    library.put(3, "", "")
    assert 3 not in library.vectors(index).rows


def test_words_are_fitted_anew_when_the_library_has_grown_by_half(index: VectorIndex) -> None:
    library = Library(STARS + PRIVACY)
    library.vectors(index)
    for row in range(11, 16):
        library.put(row, f"Zqorvex {row}")
    assert library.vectors(index).fitted == 10
    library.put(16, "Zqorvex galaxies")
    assert library.vectors(index).fitted == 16


def test_small_steps_come_to_the_same_as_one(path: Path, index: VectorIndex) -> None:
    library = Library(STARS[:2])
    for row, (title, abstract) in enumerate((STARS + PRIVACY)[2:], start=3):
        library.vectors(index)
        library.put(row, title, abstract)
    stepwise = library.vectors(index)
    at_once = library.vectors(VectorIndex(path.with_name("other"), "this library"))
    assert stepwise.rows.tolist() == at_once.rows.tolist()
    ranked = [nearest(vectors, "astronomy")[:3] for vectors in (stepwise, at_once)]
    assert ranked[0][0] == ranked[1][0]
    assert set(ranked[0]) == set(ranked[1])  # the second and the third are nearly as near


def test_nothing_is_written_when_nothing_has_changed(path: Path, index: VectorIndex) -> None:
    library = Library(STARS)
    library.vectors(index)
    before = path.stat()
    library.vectors(index)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_an_empty_library_is_no_trouble(index: VectorIndex) -> None:
    library = Library()
    assert len(library.vectors(index).rows) == 0
    library.put(1, "Stars")
    assert library.vectors(index).rows.tolist() == [1]


def test_another_process_sees_what_was_written(path: Path, index: VectorIndex) -> None:
    other = VectorIndex(path, "this library")
    assert other.vectors() is None
    library = Library(STARS)
    library.vectors(index)
    first = other.vectors()
    assert first is not None
    library.put(50, "Comets")
    library.vectors(index)
    second = other.vectors()
    assert second is not None
    assert 50 in second.rows
    assert 50 not in first.rows


def test_cancelled_work_leaves_what_was_there(path: Path, index: VectorIndex) -> None:
    library = Library(STARS)
    library.vectors(index)
    before = path.read_bytes()
    library.put(50, "Comets")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        index.catch_up(library.changes, token)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_vectors_of_another_library_are_not_used(path: Path, index: VectorIndex) -> None:
    Library(STARS).vectors(index)
    other = VectorIndex(path, "another library")
    assert other.vectors() is None
    assert other.upto == 0
    assert Library(PRIVACY).vectors(other).rows.tolist() == [1, 2, 3, 4, 5]
    assert index.vectors() is None


def test_vectors_of_another_table_are_not_used(path: Path, index: VectorIndex) -> None:
    Library(STARS).vectors(index)
    text = path.read_bytes().replace(word_table.SHA256.encode(), b"0" * 64)
    path.write_bytes(text)
    assert index.vectors() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.integers(0, 20_000).map(lambda size: ("cut", size)),
        st.integers(0, 20_000).map(lambda start: ("zeroed", start)),
        st.binary(max_size=300).map(lambda text: ("other", text)),
    )
)
def test_damage_is_never_an_error(tmp_path: Path, damage: tuple[str, int | bytes]) -> None:
    path = tmp_path / "vectors"
    index = VectorIndex(path, "this library")
    library = Library(STARS)
    library.vectors(index)
    whole = path.read_bytes()
    match damage:
        case "cut", int(size):
            path.write_bytes(whole[: size % len(whole)])
        case "zeroed", int(start):
            start %= len(whole) - 1
            path.write_bytes(whole[:start] + bytes(len(whole) - start))
        case _, bytes(text):
            path.write_bytes(text)
    found = index.vectors()
    if path.read_bytes().rstrip(b"\n") != whole.rstrip(b"\n"):
        assert found is None
    assert library.vectors(index).rows.tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("kind", [*KINDS, "link to vectors", "of another user"])
def test_what_is_no_file_of_ones_own_is_replaced_and_makes_nobody_wait(
    path: Path, index: VectorIndex, kind: str
) -> None:
    library = Library(STARS)
    library.vectors(index)
    match kind:
        case "of another user":
            if os.geteuid() != 0:
                pytest.skip("only root gives files away")
            os.chown(path, 12345, 12345)
        case "link to vectors":
            path.rename(path.with_name("elsewhere"))
            path.symlink_to(path.with_name("elsewhere"))
        case _:
            path.unlink()
            replace(path, kind)
    said: list[object] = []

    def read_and_catch_up() -> None:
        said.append(index.vectors())
        said.append(library.vectors(index).rows.tolist())

    thread = threading.Thread(target=read_and_catch_up, daemon=True)
    thread.start()
    thread.join(60)
    assert said == [None, [1, 2, 3, 4, 5]]
    assert path.is_file()
    assert not path.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    index.drop()
    assert not path.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_in_the_place_of_vectors_can_be_dropped(
    path: Path, index: VectorIndex, kind: str
) -> None:
    path.parent.mkdir()
    replace(path, kind)
    index.drop()
    assert not os.path.lexists(path)
    assert Library(STARS).vectors(index).rows.tolist() == [1, 2, 3, 4, 5]


def test_what_a_killed_writer_left_is_deleted(path: Path, index: VectorIndex) -> None:
    path.parent.mkdir()
    path.with_name(".paperreader-0123456789abcdef.part").write_bytes(b"half")
    Library(STARS).vectors(index)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["library", "table", "upto", "fitted", "papers", "words", "checksum", "x"]),
    st.one_of(st.integers(-(2**70), 2**70), st.none(), st.text(max_size=3), st.booleans()),
)
def test_no_header_is_trusted(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "vectors"
    index = VectorIndex(path, "this library")
    library = Library(STARS)
    library.vectors(index)
    first, line, rest = path.read_bytes().split(b"\n", 2)
    header = json.loads(line) | {name: value}
    path.write_bytes(b"\n".join([first, json.dumps(header).encode(), rest]))
    index.vectors()
    assert library.vectors(index).rows.tolist() == [1, 2, 3, 4, 5]


def test_what_cannot_be_written_is_said_and_leaves_nothing(path: Path, index: VectorIndex) -> None:
    path.parent.parent.mkdir(exist_ok=True)
    path.parent.write_text("a file where the directory should be")
    with pytest.raises(NoVectors, match="cannot be written"):
        index.catch_up(Library(STARS).changes, NEVER)
    assert index.vectors() is None


def test_a_damaged_table_is_said(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_table, "SHA256", "0" * 64)
    with pytest.raises(NoVectors):
        index.catch_up(Library(STARS).changes, NEVER)


@pytest.mark.parametrize("size", [0, 20_000])
def test_a_file_that_is_cut_while_it_is_open_is_damage(
    path: Path, index: VectorIndex, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(STARS + PRIVACY)
    held = library.vectors(index)
    os.truncate(path, size)
    with pytest.raises(VectorsBroken, match="cut off"):
        nearest(held, "astronomy of the night sky")
    assert index.vectors() is None
    # Even if it is cut while they are added to.
    library.put(99, "Obfuscating identities", "Hiding personal details in datasets.")
    monkeypatch.setattr(VectorIndex, "vectors", lambda _: held)
    index.catch_up(library.changes, NEVER)
    monkeypatch.undo()
    again = library.vectors(index)
    assert len(again.rows) == 11
    assert set(nearest(again, "astronomy of the night sky")[:4]) < {1, 2, 3, 4, 5}


@given(data=st.data(), count=st.integers(0, 10_000))
def test_rows_in_a_file_are_taken_as_those_of_an_array(data: st.DataObject, count: int) -> None:
    rows = np.random.default_rng(count).integers(-128, 128, (count, 3), np.int8)
    stored = StoredRows(VectorData(io.BytesIO(b"start" + rows.tobytes())), 5, rows.shape)
    assert len(stored) == count
    start, stop = data.draw(st.integers(0, count)), data.draw(st.integers(0, count + 5))
    assert np.array_equal(stored[start:stop], rows[start:stop])
    most = data.draw(st.sampled_from([0, 1, 50, 5_000]))
    numbers = np.random.default_rng(most).integers(0, max(count, 1), most if count else 0)
    assert np.array_equal(stored[numbers], rows[numbers])
    flags = np.isin(np.arange(count), numbers)
    assert np.array_equal(stored[flags], rows[flags])


def test_standings_are_exact_and_measured_against_all_papers(index: VectorIndex) -> None:
    vectors = Library([*STARS, *PRIVACY]).vectors(index)
    asked = meaning(vectors, "galaxies and their stars")
    standings = vectors.standings(asked).values
    assert abs(float(standings.mean())) < 1e-3
    assert abs(float(standings.std()) - 1) < 1e-3
    some = np.array([7, 2, 1000, 5], np.int64)
    expected = [standings[6], standings[1], 0, standings[4]]
    assert np.allclose(vectors.standings_of(some, asked), expected, atol=1e-5)


def test_a_text_that_tells_nothing_has_no_meaning(index: VectorIndex) -> None:
    vectors = Library(STARS).vectors(index)
    for text in ("", "the of and", "7 2024", "x"):
        vector = vectors.of_bags([words(text)])[0]
        assert not vector.any()
        assert vectors.meaning(vector) is None
