"""The file of named arrays."""

import io
import os
from pathlib import Path

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
    file = ArrayFile(io.BytesIO(written(arrays)), "file")
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
            file = ArrayFile(io.BytesIO(harmed), "file")
            file.verify()
            read = {name: file[name].tolist() for name in arrays}
        except IndexBroken:
            continue
        assert read == {name: array.tolist() for name, array in arrays.items()}


def test_only_the_pages_that_are_read_are_checked() -> None:
    data = bytearray(written({"numbers": np.arange(100_000, dtype=np.uint32)}))
    data[-10_000] ^= 1
    file = ArrayFile(io.BytesIO(data), "file")
    assert file.part("numbers", 10, 13).tolist() == [10, 11, 12]
    with pytest.raises(IndexBroken, match="file: a page is not as it was written"):
        file.part("numbers", 97_000, 97_001)
    with pytest.raises(IndexBroken):
        file.verify()


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (2, 1), (0, 4), (4, 4)])
def test_no_numbers_that_are_not_there(start: int, stop: int) -> None:
    file = ArrayFile(io.BytesIO(written({"numbers": np.arange(3, dtype=np.uint32)})), "file")
    with pytest.raises(IndexBroken):
        file.part("numbers", start, stop)
    with pytest.raises(IndexBroken, match="has no 'others'"):
        file.part("others", 0, 0)


def test_a_file_that_is_changed_while_it_is_open_is_checked_again(tmp_path: Path) -> None:
    path, content = tmp_path / "file", written({"numbers": np.arange(100_000, dtype=np.uint32)})
    path.write_bytes(content)
    file = ArrayFile(path.open("rb", buffering=0), "file")
    held = file.part("numbers", 10, 13)
    for second, harmed in enumerate((b"", content[:99], content[:300_000], bytes(len(content)))):
        path.write_bytes(harmed)
        os.utime(path, (0, 2 * second))  # clocks of some file systems are coarse
        with pytest.raises(IndexBroken, match=r"damaged \(file: "):
            file.verify()
        path.write_bytes(content)
        os.utime(path, (0, 2 * second + 1))
        assert file.part("numbers", 10, 13).tolist() == [10, 11, 12]
    path.unlink()
    assert file["numbers"].tolist() == [*range(100_000)]
    assert held.tolist() == [10, 11, 12]
