import gzip
import io
import os
import sys
import threading
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.formats import FormatError, open_documents, readings
from tests.formats.outcome import Outcome, outcome

RECORD = '{"title": "Paper %d", "abstract": "We read papers."}\n'


def names(path: Path) -> list[str]:
    return [str(Path(document.name).relative_to(path)) for document in open_documents(str(path))]


def outcomes(path: str | Path) -> Iterator[Outcome]:
    return map(outcome, readings(str(path)))


def test_a_folder_gives_its_files_by_name_without_the_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden/x.txt", "c/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("2404.19543")
    assert names(tmp_path) == ["a/1.txt", "a/2.txt", "b.txt"]


def test_a_link_back_into_the_folder_is_not_followed_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("2404.19543")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert names(tmp_path) == ["a/1.txt", "gone.txt"]
    assert [len(out.leftovers) for out in outcomes(tmp_path)] == [0, 1]


def test_what_a_folder_holds_besides_papers_is_left_over(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("2404.19543")
    (tmp_path / "notes.txt").write_text("nothing of note")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\0\0")
    (tmp_path / "empty.bib").touch()
    listed, *others = sorted(outcomes(tmp_path), key=lambda out: -len(out.papers))
    assert listed.titles == ["2404.19543"]
    reasons = [leftover.reason for other in others for leftover in other.leftovers]
    assert len(reasons) == 3
    assert any("looks like a picture" in reason for reason in reasons)
    assert any("empty" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\n\n", "blank lines"),
        (b"nothing of note", "plain text"),
        (b"\x89PNG\r\n\0\0", "a picture"),
        (b"\0\1\2\3", "a binary file"),
        (b"<html><title>My page</title><body>x</body></html>", "a web page titled “My page”"),
        (b"<opml><x/></opml>", "XML with the root <opml>"),
        (b"\xfd7zXZ\0\0", "unpack it first"),
    ],
)
def test_a_file_that_was_named_and_cannot_be_read_is_an_error(
    data: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(FormatError) as error:
        list(readings(str(path)))
    assert message in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_nothing_there() -> None:
    with pytest.raises(FormatError, match="no such file"):
        list(readings("/no/such/file"))


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="holds no files"):
        list(readings(str(tmp_path)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_and_a_folder_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "file.txt").write_text("2404.19543")
    closed.chmod(0)
    try:
        with pytest.raises(FormatError, match="may not be read"):
            list(readings(str(closed)))
        assert [len(out.leftovers) for out in outcomes(tmp_path)] == [1, 0]
    finally:
        closed.chmod(0o700)


def test_an_address_is_refused_with_a_way_out() -> None:
    with pytest.raises(FormatError, match=r"curl -L -o page.html 'https://arxiv.org/list\?a=b'"):
        list(readings("https://arxiv.org/list?a=b"))


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input_packed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"2404.19543", gzip.compress(b"2404.19543")):
        monkeypatch.setattr(sys, "stdin", Stdin(data))
        [out] = outcomes("-")
        assert out.titles == ["2404.19543"]
        assert out.reading.document.name == "standard input"


def test_large_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"2404.19543\n" + b"# remark " + b"x" * 17_000_000
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    [out] = outcomes("-")
    assert out.titles == ["2404.19543"]


def test_a_pipe_with_a_name(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=["2404.19543"])
    writer.start()
    [out] = outcomes(pipe)
    writer.join()
    assert out.titles == ["2404.19543"]


def packed(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


def test_a_zip_archive_gives_its_members(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    inner = gzip.compress(b"2404.19544")
    odd = ("../../\x1b[31mup.txt", b"2404.19545")
    path.write_bytes(
        packed(("a.txt", b"2404.19543"), ("b.gz", inner), odd, ("__MACOSX/._a", b"x"), ("d/", b""))
    )
    found = list(outcomes(path))
    assert [out.titles for out in found] == [["2404.19543"], ["2404.19544"], ["2404.19545"]]
    assert [out.reading.document.name.removeprefix(str(path)) for out in found] == [
        "/a.txt",
        "/b.gz",
        "/../../[31mup.txt",
    ]


def test_a_zip_that_unpacks_to_far_more_than_it_holds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed(("zeros", b"\0" * 80_000_000)))
    with pytest.raises(FormatError, match="as a trap would"):
        list(readings(str(path)))


def test_a_locked_member_is_left_over(tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    data = bytearray(packed(("a.txt", b"2404.19543")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    [out] = outcomes(path)
    assert "locked with a password" in out.leftovers[0].reason


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_zip_cut_short_is_one_sentence(kept: float, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    data = packed(("a.txt", b"2404.19543\n" * 50))
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(FormatError, match="damaged"):
        list(outcomes(path))


def test_a_packed_file_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    lines = "".join(RECORD % number for number in range(20_000)).encode()
    data = gzip.compress(lines, 1)
    path.write_bytes(data[: len(data) // 2])
    [out] = outcomes(path)
    assert 1000 < len(out.papers) < 20_000
    assert "its end is missing" in out.leftovers[-1].reason


def test_a_packed_file_damaged_at_its_start_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.gz"
    path.write_bytes(b"\x1f\x8b\x08garbage and more")
    with pytest.raises(FormatError, match="damaged"):
        list(readings(str(path)))


def test_many_records_stream_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl.gz"
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.writelines(RECORD % number for number in range(60_000))
    [document] = open_documents(str(path))
    tracemalloc.start()
    count = sum(1 for _ in document.lines())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60_000
    assert most < 2_000_000
