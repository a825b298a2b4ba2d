"""Errors of fetching."""

from paperreader.errors import PaperreaderError


class FetchError(PaperreaderError):
    """Something could not be fetched; the message says what, why, and what to do."""


class StatusError(FetchError):
    """A response with a status other than success, and its body."""

    def __init__(self, sentence: str, status: int, body: bytes) -> None:
        """Say `sentence`."""
        super().__init__(sentence)
        self.status = status
        self.body = body
