"""Document: named bytes to read papers from, out of a file, an archive or a pipe."""

import codecs
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from io import BufferedIOBase, BytesIO
from pathlib import PurePosixPath
from typing import Self

from paperreader.errors import PaperreaderError
from paperreader.formats.input import decoding

HEAD_BYTES = 64 * 1024
# More than this is never held in memory at once, be it a large file or a decompression bomb.
WHOLE_BYTES = 512 * 1024 * 1024
LINE_BYTES = 64 * 1024 * 1024

_BROKEN = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, gzip.BadGzipFile)


class FormatError(PaperreaderError):
    """A document that cannot be read at all."""


class Document:
    """Named bytes from which papers may be read; decompressed and decoded on demand.

    `name` is what a person would call it: its path, `archive.zip/member`, "standard input".
    `opened` returns a stream of the stored bytes, compressed or not. `discovered` is true if the
    person did not name the document, but a folder or an archive that holds it. Each method reads
    from the start, and raises `FormatError` if the bytes cannot be read.
    """

    def __init__(
        self, name: str, opened: Callable[[], BufferedIOBase], *, discovered: bool = False
    ) -> None:
        """Make a document of `opened`, which returns a new stream at its start at each call."""
        self.name = name
        self.discovered = discovered
        self.opened = opened

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Self:
        """Return a document that holds `data`."""
        return cls(name, lambda: BytesIO(data))

    @property
    def suffix(self) -> str:
        """The suffix of the name in lower case with its dot, without that of gzip."""
        name = self.name.lower().removesuffix(".gz")
        return PurePosixPath(name.replace("\\", "/")).suffix

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, decompressed."""
        with self._reading() as stream:
            return stream.read(HEAD_BYTES)

    @cached_property
    def start(self) -> str:
        """The first 64 KiB as text, its lines ended by newlines; empty if they are not text."""
        if decoding.is_binary(self.head):
            return ""
        return decoding.decoded(self.head, cut=len(self.head) == HEAD_BYTES)

    @property
    def text(self) -> str:
        """The whole document as text, its lines ended by newlines."""
        self._refuse_binary()
        return decoding.decoded(self.data())

    def data(self) -> bytes:
        """Return the whole document, decompressed."""
        with self._reading() as stream:
            data = stream.read(WHOLE_BYTES + 1)
        if len(data) > WHOLE_BYTES:
            limit = WHOLE_BYTES // 1024**2
            raise FormatError(
                f"{self.name} holds more than {limit} MB in one piece, which is too much to read"
                " at once: split it, or make it JSON lines."
            )
        return data

    def lines(self) -> Iterator[str]:
        """Yield the lines without their ends, with only one of them in memory at a time."""
        self._refuse_binary()
        if decoding.is_wide(self.head):
            yield from self.text.removesuffix("\n").split("\n")
            return
        decode = decoding.line_decoder(self.head)
        with self._reading() as stream:
            stream.seek(len(codecs.BOM_UTF8) if self.head.startswith(codecs.BOM_UTF8) else 0)
            while line := stream.readline(LINE_BYTES):
                if len(line) == LINE_BYTES:
                    raise FormatError(
                        f"{self.name} has a line of more than {LINE_BYTES // 1024**2} MB, which"
                        " is too much to read at once: put each record on a line of its own."
                    )
                yield from decode(line).replace("\r\n", "\n").removesuffix("\n").split("\r")

    def _refuse_binary(self) -> None:
        if decoding.is_binary(self.head):
            raise FormatError(f"{self.name} is not a text file: export it as text, BibTeX or JSON.")

    @contextmanager
    def _reading(self) -> Iterator[BufferedIOBase]:
        with explained(self.name), self.opened() as packed:
            magic = packed.read(2)
            packed.seek(0)
            if magic != b"\x1f\x8b":
                yield packed
                return
            with gzip.GzipFile(fileobj=packed) as stream:
                yield stream


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the errors of reading the file `name` into a `FormatError`."""
    try:
        yield
    except _BROKEN as error:
        raise FormatError(
            f"{name} is packed, and its end is missing or its contents are damaged: copy or"
            " download it again."
        ) from error
    except NotImplementedError as error:
        raise FormatError(
            f"{name} is packed in a way that cannot be read here: unpack it first."
        ) from error
    except PermissionError as error:
        raise FormatError(
            f"{name}: permission denied; make the file readable and try again."
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FormatError(f"{name} cannot be read ({reason}): check its name.") from error
