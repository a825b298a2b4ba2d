"""The parts of a paper that hold words."""

from enum import StrEnum


class Field(StrEnum):
    """The parts of a paper in which words can be searched for."""

    TITLE = "title"
    ABSTRACT = "abstract"
    AUTHOR = "author"
