"""Files written whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from paperreader.export import ExportError, replacing

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def write(path: Path, content: str, *, force: bool = False) -> None:
    with replacing(path, force=force) as out:
        out.write(content)


def write_while_another_does(path: Path) -> None:
    with replacing(path) as out:
        out.write("new")
        path.write_text("theirs")


def fail_halfway(path: Path, fault: Exception) -> None:
    with replacing(path, force=True) as out:
        out.write("half")
        raise fault


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_there_only_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    with replacing(path) as out:
        out.write("é\n")
        assert not path.exists()
    assert path.read_bytes() == "é\n".encode()
    assert names_in(tmp_path) == ["list.md"]


def test_an_existing_file_is_never_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("old")
    with pytest.raises(ExportError, match="--force"):
        write(path, "new")
    assert path.read_text() == "old"
    write(path, "new", force=True)
    assert path.read_text() == "new"
    assert names_in(tmp_path) == ["list.md"]


def test_a_file_that_appears_while_writing_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    with pytest.raises(ExportError, match="--force"):
        write_while_another_does(path)
    assert path.read_text() == "theirs"
    assert names_in(tmp_path) == ["list.md"]


def test_a_file_system_without_links_works_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    write(tmp_path / "list.md", "new")
    assert (tmp_path / "list.md").read_text() == "new"
    with pytest.raises(ExportError, match="--force"):
        write_while_another_does(tmp_path / "other.md")
    assert (tmp_path / "other.md").read_text() == "theirs"


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyError("x")])
def test_a_failure_leaves_the_old_file(tmp_path: Path, fault: Exception) -> None:
    path = tmp_path / "list.md"
    path.write_text("old")
    with pytest.raises(ExportError if isinstance(fault, OSError) else KeyError) as caught:
        fail_halfway(path, fault)
    if isinstance(fault, OSError):
        assert "No space left" in str(caught.value)
        assert "unchanged" in str(caught.value)
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["list.md"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_device_is_said() -> None:
    with pytest.raises(ExportError, match="No space left"):
        write(Path("/dev/full"), "new")


def test_devices_and_pipes_are_written_to_and_stay(tmp_path: Path) -> None:
    write(Path(os.devnull), "new")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write(pipe, "new")
    reader.join(5)
    assert read == ["new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_permissions_stay_and_new_files_follow_the_mask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("old")
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        write(old, "x", force=True)
        write(new, "x")
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o640]


def test_a_link_goes_on_leading_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "list.md", tmp_path / "list.md"
    target.write_text("old")
    link.symlink_to(target)
    with pytest.raises(ExportError, match="--force"):
        write(link, "new")
    write(link, "new", force=True)
    assert link.is_symlink()
    assert target.read_text() == "new"
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "far" / "other")
    write(dangling, "new")
    assert (tmp_path / "far" / "other").read_text() == "new"


@pytest.mark.parametrize("name", ["", "missing/list.md", "x" * 300, "file/list.md"])
def test_a_place_that_holds_no_file_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError):
        write(tmp_path / name, "new", force=True)
    assert names_in(tmp_path) == ["file"]


@pytest.mark.skipif(AS_ROOT, reason="root may write anywhere")
def test_what_may_not_be_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("old")
    path.chmod(0o400)
    with pytest.raises(ExportError, match="Permission denied"):
        write(path, "new", force=True)
    path.chmod(0o600)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ExportError, match="Permission denied"):
            write(path, "new", force=True)
    finally:
        tmp_path.chmod(0o700)
    assert path.read_text() == "old"


WRITER = """
import os, sys, time
from pathlib import Path
from paperreader.export import replacing

if sys.argv[2] == "named" and hasattr(os, "O_TMPFILE"):
    del os.O_TMPFILE
with replacing(Path(sys.argv[1])) as out:
    out.write("half")
    out.flush()
    print("writing", flush=True)
    time.sleep(60)
"""


def writer(path: Path, kind: str) -> subprocess.Popen[str]:
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITER, path, kind], stdout=subprocess.PIPE, text=True
    )
    assert writing.stdout is not None
    assert writing.stdout.readline() == "writing\n"
    return writing


def killed(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files have names from the start")
def test_a_killed_export_leaves_nothing(tmp_path: Path) -> None:
    killed(writer(tmp_path / "a.md", "unnamed"))
    assert names_in(tmp_path) == []


def test_what_a_killed_export_left_is_deleted_by_the_next_one(tmp_path: Path) -> None:
    """Where a file has a name while it is written."""
    stopped, going_on = writer(tmp_path / "a.md", "named"), writer(tmp_path / "b.md", "named")
    killed(stopped)
    assert len(names_in(tmp_path)) == 2
    write(tmp_path / "c.md", "new")
    parts = [name for name in names_in(tmp_path) if name.endswith(".part")]
    assert len(parts) == 1
    killed(going_on)
    write(tmp_path / "c.md", "new", force=True)
    assert names_in(tmp_path) == ["c.md"]
