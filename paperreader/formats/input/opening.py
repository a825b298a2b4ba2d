"""Open documents: from files, folders, archives, pipes and standard input."""

import shlex
import shutil
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from io import BufferedIOBase
from pathlib import Path
from typing import IO, cast

from paperreader import text
from paperreader.formats.input.document import Document, FormatError, explained

_SMALL_BYTES = 16 * 1024 * 1024
# An archive of more members, or one that unpacks to more times its size, is a zip bomb.
_MEMBERS = 100_000
_RATIO = 200
_FINE_BYTES = 64 * 1024 * 1024


def open_documents(path: str) -> Iterator[Document]:
    """Yield the documents at `path`, or standard input if it is `-`.

    Folders are walked in the order of names, without hidden files; zip archives are opened.
    Raises `FormatError` if there is nothing to read. A document that cannot be read raises it
    only when it is read. A document is valid only until the next one is requested.
    """
    if path.lower().startswith(("http:/", "https:/")):
        raise FormatError(
            f"{path} is an address, and adding does not go to the network: follow it with"
            f" `paperreader follow add {shlex.quote(path)}`, or save the page, for instance with"
            f" `curl -L -o page.html {shlex.quote(path)}`, and add the file."
        )
    if path == "-":
        yield from _piped("standard input", sys.stdin.buffer)
        return
    location = Path(path)
    with explained(path):
        mode = location.stat().st_mode
    if stat.S_ISDIR(mode):
        yield from _folder(location)
    elif stat.S_ISREG(mode):
        yield from unpacked(_of_file(location, discovered=False))
    else:
        with explained(path), location.open("rb") as pipe:
            yield from _piped(path, pipe)


def _folder(folder: Path) -> Iterator[Document]:
    """Yield the documents of a folder and its subfolders by name, each linked folder only once."""
    with explained(str(folder)):
        waiting = _entries(folder)
        seen = {_identity(folder)}
    while waiting:
        path = waiting.pop()
        try:
            inner = _entries(path) if path.is_dir() else []
            identity = _identity(path) if path.is_dir() else None
        except OSError:
            # Reading it as a file fails for the same reason, and then raises the error.
            yield _of_file(path, discovered=True)
            continue
        if identity is None:
            if path.is_file() or not path.exists():
                yield from unpacked(_of_file(path, discovered=True))
        elif identity not in seen:
            seen.add(identity)
            waiting += inner


def _entries(folder: Path) -> list[Path]:
    """Return the paths in `folder`, the last name first."""
    return sorted((p for p in folder.iterdir() if not p.name.startswith(".")), reverse=True)


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _of_file(path: Path, *, discovered: bool) -> Document:
    return Document(text.line(str(path)), lambda: path.open("rb"), discovered=discovered)


def _piped(name: str, pipe: IO[bytes]) -> Iterator[Document]:
    """Keep the data of a pipe: in memory, or in a temporary file if it is large."""
    start = pipe.read(_SMALL_BYTES)
    if len(start) < _SMALL_BYTES:
        yield from unpacked(Document.of_bytes(name, start))
        return
    with ExitStack() as stack:
        file: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())
        # On Linux it has no name: nothing is left of it if the process is killed.
        kept = Path(f"/proc/self/fd/{file.fileno()}")
        if not kept.exists():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="paperreader-"))
            kept = Path(folder, "input")
            file = stack.enter_context(kept.open("wb"))
        file.write(start)
        shutil.copyfileobj(pipe, file)
        file.flush()
        yield from unpacked(Document(name, lambda: kept.open("rb")))


def unpacked(document: Document) -> Iterator[Document]:
    """Yield the document, or its members if it is a zip archive."""
    try:
        packed = document.head.startswith(b"PK\x03\x04")
    except FormatError:
        packed = False
    if packed:
        yield from _members(document)
    else:
        yield document


def _members(archive: Document) -> Iterator[Document]:
    with ExitStack() as stack:
        stack.enter_context(explained(archive.name))
        stream = stack.enter_context(archive.opened())
        members = stack.enter_context(zipfile.ZipFile(stream))
        listed = [m for m in members.infolist() if not _is_hidden(m)]
        whole = sum(member.file_size for member in listed)
        packed = sum(member.compress_size for member in listed)
        if len(listed) > _MEMBERS or whole > max(_FINE_BYTES, packed * _RATIO):
            raise FormatError(
                f"{archive.name} would unpack to {whole // 1024**2:,} MB in {len(listed):,} files,"
                " far more than it holds packed, as a trap would: unpack it yourself, and add the"
                " folder."
            )
        for member in listed:
            yield Document(
                f"{archive.name}/{text.line(member.filename)}",
                partial(_opened_member, members, member),
                discovered=True,
            )


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder, or a hidden file that operating systems add."""
    parts = member.filename.replace("\\", "/").split("/")
    return member.is_dir() or parts[0] == "__MACOSX" or parts[-1].startswith(".")


def _opened_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BufferedIOBase:
    if member.flag_bits & 1:
        raise FormatError(
            f"{text.line(member.filename)} is locked with a password: unpack it first."
        )
    # Whatever size the header of a member declares, zipfile reads no further than that.
    return cast("BufferedIOBase", archive.open(member))
