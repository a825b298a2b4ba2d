"""The notes of papers, inside a transaction."""

from sqlite3 import Connection

from paperreader.papers.merging import merged_note


def note_of(connection: Connection, row: int) -> str:
    """Return the note of a paper, or an empty text."""
    found = connection.execute("SELECT text FROM note WHERE paper = ?", (row,)).fetchone()
    return str(found[0]) if found else ""


def set_note(connection: Connection, row: int, text: str) -> None:
    """Replace the note of a paper; an empty text removes it."""
    if text:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (row, text))
    else:
        connection.execute("DELETE FROM note WHERE paper = ?", (row,))


def add_note(connection: Connection, row: int, text: str) -> bool:
    """Have the note of a paper say what `text` says too; whether it did not before."""
    known = note_of(connection, row)
    whole = merged_note(known, text) if known and text else known or text
    set_note(connection, row, whole)
    return whole != known
