"""What can go wrong on the network."""

from paperreader.errors import PaperreaderError


class FetchError(PaperreaderError):
    """Something that could not be fetched: what, why, and what to do."""


class StatusError(FetchError):
    """An answer with a status other than success; `body` is what came with it."""

    def __init__(self, sentence: str, status: int, body: bytes) -> None:
        """Say `sentence`."""
        super().__init__(sentence)
        self.status = status
        self.body = body
