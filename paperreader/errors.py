"""The one family of errors that a person is told about; and work that nobody wants any more."""


class PaperreaderError(Exception):
    """Something that the person can act on: one sentence saying what, why, and what to do."""


class Cancelled(Exception):
    """The work was stopped because nobody wants its outcome any more."""


def never() -> bool:
    """Say that nobody cancelled."""
    return False
