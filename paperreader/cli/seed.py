"""The sample page that a first start shows instead of an empty library."""

from pathlib import Path


def seed_pages() -> list[Path]:
    """Return the files of seed papers: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "seeds", package.parent / "seeds"):
        if folder.is_dir():
            return sorted(path for path in folder.iterdir() if path.is_file())
    return []
