"""The outcome of adding a paper."""

from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of adding a paper.

    APART is a new paper that shares an identifier with another, but is not the same.
    """

    NEW = "new"
    APART = "apart"
    KNOWN = "known"
    MERGED = "merged"
