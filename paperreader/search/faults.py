"""What can be wrong with an index that is not a fault of the program."""

from paperreader.errors import PaperreaderError


class IndexBroken(PaperreaderError, ValueError):
    """An index that cannot be used: damaged, unsafe, of another format or of another library.

    Whatever reads the index's files raises this for bytes that are not as they were written, and
    nothing else; any other error is a fault of the program and surfaces as what it is.
    """


class IndexNotWritten(PaperreaderError):
    """An index that cannot be written: no room on the disk, no permission, or no turn to write."""
