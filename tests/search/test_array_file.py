"""The file of named arrays."""

import io
import mmap
import tempfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperreader.search import array_file
from paperreader.search.array_file import ArrayFile
from paperreader.search.faults import IndexBroken

ARRAYS = st.dictionaries(
    st.text(max_size=8),
    st.one_of(
        st.lists(st.integers(0, 255), max_size=300).map(lambda n: np.array(n, np.uint8)),
        st.lists(st.integers(0, 2**32 - 1), max_size=80).map(lambda n: np.array(n, np.uint32)),
        st.lists(st.integers(-(2**31), 2**31 - 1), max_size=80).map(
            lambda n: np.array(n, np.int32)
        ),
    ),
    max_size=5,
)


def written(arrays: dict[str, NDArray[np.generic]]) -> bytes:
    stream = io.BytesIO()
    array_file.write(stream, arrays)
    return stream.getvalue()


@given(ARRAYS)
def test_arrays_come_out_as_they_went_in(arrays: dict[str, NDArray[np.generic]]) -> None:
    file = ArrayFile(written(arrays), "file")
    file.verify()
    for name, array in arrays.items():
        assert file.length(name) == len(array)
        assert file[name].dtype == array.dtype
        assert file[name].tolist() == array.tolist()
        middle = len(array) // 2
        assert file.part(name, middle, len(array)).tolist() == array[middle:].tolist()
        assert not len(file.part(name, middle, middle))


@given(ARRAYS, st.integers(0, 10**6), st.integers(1, 255))
def test_no_changed_or_missing_byte_gives_other_numbers(
    arrays: dict[str, NDArray[np.generic]], at: int, change: int
) -> None:
    data = bytearray(written(arrays))
    at %= len(data)
    data[at] ^= change
    for harmed in (bytes(data), bytes(data[:at]), bytes(data) + b"more"):
        try:
            file = ArrayFile(harmed, "file")
            file.verify()
            read = {name: file[name].tolist() for name in arrays}
        except IndexBroken:
            continue
        assert read == {name: array.tolist() for name, array in arrays.items()}


def test_only_the_pages_that_are_read_are_checked() -> None:
    data = bytearray(written({"numbers": np.arange(100_000, dtype=np.uint32)}))
    data[-10_000] ^= 1
    file = ArrayFile(bytes(data), "file")
    assert file.part("numbers", 10, 13).tolist() == [10, 11, 12]
    with pytest.raises(IndexBroken, match="file: a page is not as it was written"):
        file.part("numbers", 97_000, 97_001)
    with pytest.raises(IndexBroken):
        file.verify()


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (2, 1), (0, 4), (4, 4)])
def test_no_numbers_that_are_not_there(start: int, stop: int) -> None:
    file = ArrayFile(written({"numbers": np.arange(3, dtype=np.uint32)}), "file")
    with pytest.raises(IndexBroken):
        file.part("numbers", start, stop)
    with pytest.raises(IndexBroken, match="has no 'others'"):
        file.part("others", 0, 0)


def test_what_was_let_go_of_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array_file, "_MOST_MAPPED", 1000)
    with tempfile.TemporaryFile() as stream:
        array_file.write(stream, {"numbers": np.arange(100_000, dtype=np.uint32)})
        stream.flush()
        file = ArrayFile(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ), "file")
    held = file.part("numbers", 0, 500)
    for start in range(0, 99_000, 500):
        assert file.part("numbers", start, start + 500).tolist() == [*range(start, start + 500)]
    assert held.tolist() == [*range(500)]
