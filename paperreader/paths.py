"""The directories of a library: data, cache, settings."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

from paperreader.errors import PaperreaderError

HOME_VARIABLE = "PAPERREADER_HOME"


class NoHome(PaperreaderError):
    """The system knows of no home directory."""


def expanded(path: str | Path) -> Path:
    """Return a path with a home directory in place of its ~; as it is where there is none."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def absolute(path: Path) -> Path:
    """Return a path from the root; as it is where the working directory has gone."""
    try:
        return path.absolute()
    except OSError:
        return path


@dataclass(frozen=True, slots=True)
class Paths:
    """The directories of one library: `data` is the person's, `cache` can be rebuilt.

    `home` is the directory that holds all of them, if the person named one.
    """

    data: Path
    cache: Path
    config: Path
    home: Path | None = None

    @classmethod
    def find(cls, directory: Path | None = None) -> Self:
        """Return the paths under `directory`, else $PAPERREADER_HOME, else the user's own.

        Raises `NoHome`.
        """
        named = directory or os.environ.get(HOME_VARIABLE)
        try:
            if named:
                home = Path(named).expanduser().absolute()
                return cls(home, home / "cache", home, home)
            dirs = platformdirs.PlatformDirs("paperreader", appauthor=False)
            return cls(dirs.user_data_path, dirs.user_cache_path, dirs.user_config_path)
        except RuntimeError as error:
            raise NoHome(
                f"There is no home directory to keep a library in ({error}); "
                f"name a whole path with --library DIR or in {HOME_VARIABLE}."
            ) from error

    @property
    def library(self) -> Path:
        """The SQLite file that holds the papers and all that the person did with them."""
        return self.data / "library.sqlite3"

    @property
    def index(self) -> Path:
        """The directory of the search index."""
        return self.cache / "index"

    @property
    def vectors(self) -> Path:
        """The file of the vectors that papers are found by meaning with."""
        return self.cache / "vectors"

    @property
    def crash_log(self) -> Path:
        """The file that holds the details of the last failure of paperreader itself."""
        return self.cache / "crash.log"

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.config / "settings.toml"
