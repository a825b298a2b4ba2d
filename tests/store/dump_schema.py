"""Keep a library of each schema before the last: run this after a step was added to STEPS.

python -m tests.store.dump_schema
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from paperreader.store.migration import migrate
from paperreader.store.schema import STEPS

FOLDER = Path(__file__).with_name("schemas")


def dump(schema: int) -> str:
    """Return a library of `schema` as SQL, made from the one before it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript((FOLDER / f"{schema - 1}.sql").read_text(encoding="utf-8"))
            migrate(connection, path, STEPS[:schema])
            return "\n".join([*connection.iterdump(), f"PRAGMA user_version = {schema};", ""])


if __name__ == "__main__":
    for schema in range(2, len(STEPS)):
        target = FOLDER / f"{schema}.sql"
        if not target.exists():
            target.write_text(dump(schema), encoding="utf-8")
            print(target)
