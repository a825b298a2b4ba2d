"""The body of a response: decompressed, and never larger or slower than allowed."""

import zlib
from collections.abc import Callable, Iterable

from paperreader.follow.errors import FetchError

_GZIP = 31  # zlib's window bits for a gzip stream
_PIECE = 64 * 1024


class CutShort(FetchError):
    """A body that ends too early."""


def read(
    host: str,
    pieces: Iterable[bytes],
    encoding: str,
    limit: int,
    check: Callable[[], None] = lambda: None,
) -> bytes:
    """Return the bytes of `pieces`, decoded from `encoding`: gzip or none.

    `check` is called before each piece and may raise. Raises `FetchError` if there are more
    than `limit` bytes, compressed or not, and `CutShort` if a compressed body breaks off.
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(
            f"{host} answered in the encoding {encoding[:20]!r}, which was not asked for; "
            "nothing was read."
        )
    body = bytearray()
    unpack = _Gzip(host) if encoding.endswith("gzip") else None
    for piece in pieces:
        check()
        if unpack is None:
            body += piece
        else:
            body += unpack(piece, limit + 1 - len(body))
        if len(body) > limit:
            raise FetchError(
                f"{host} answered with more than {limit // 1024**2:,} MB; nothing was read. "
                "Ask for less, or raise max_mb in the [fetch] settings."
            )
    if unpack is not None and not unpack.complete:
        raise CutShort(f"{host} broke off in the middle of its answer; try again later.")
    return bytes(body)


class _Gzip:
    """Decompresses a stream of gzip members, up to a limit."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._member = zlib.decompressobj(_GZIP)
        self.complete = True

    def __call__(self, piece: bytes, most: int) -> bytes:
        """Return the decompressed `piece`, at most `most` bytes of it."""
        unpacked = bytearray()
        while piece and len(unpacked) < most:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            try:
                unpacked += self._member.decompress(piece, most - len(unpacked))
            except zlib.error as error:
                raise FetchError(
                    f"{self._host} answered with damaged gzip data; try again later."
                ) from error
            piece = self._member.unused_data or self._member.unconsumed_tail
        self.complete = self._member.eof
        return bytes(unpacked)
