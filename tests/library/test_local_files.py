from pathlib import Path

import pytest

from paperreader.errors import PaperreaderError
from paperreader.library.library import Library
from paperreader.library.local_files import local_files
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.paths import Paths


@pytest.mark.parametrize(
    "field",
    [
        "papers/a b.pdf",
        ":papers/a b.pdf:PDF",
        "Full Text PDF:papers/a b.pdf:application/pdf",
        "gone.pdf:gone.pdf:PDF;:papers/a b.pdf:PDF",
        r"Title\: with\; signs:papers/a b.pdf:application/pdf",
        "HOME/papers/a b.pdf",
        ":HOME/papers/a b.pdf:pdf",
    ],
)
def test_the_files_that_a_bib_names_are_found_beside_it(tmp_path: Path, field: str) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a b.pdf").write_text("%PDF")
    field = field.replace("HOME", str(tmp_path)).replace(":/", ":")  # as Mendeley writes it
    paper = Paper("A", fields={"file": field})
    record = Record(1, "a", paper, sources=(str(tmp_path / "my.bib"),))
    assert local_files(record) == [tmp_path / "papers" / "a b.pdf"]


@pytest.mark.parametrize(
    "field", ["", "/etc/passwd", "x\0.pdf", f"{'x' * 5000}.pdf", ":::;;;", "."]
)
def test_other_files_are_not_opened(field: str) -> None:
    assert (
        local_files(Record(1, "a", Paper("A", fields={"file": field}), sources=("/x.bib",))) == []
    )


def test_attached_files_come_first_and_only_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("%PDF")
    with Library(Paths.find(tmp_path / "home")) as library:
        library.add([Paper("A", fields={"file": "a.pdf"}).cleaned()], str(tmp_path / "my.bib"))
        assert library.local_files(library.record(1)) == [tmp_path / "a.pdf"]
        (tmp_path / "notes.txt").write_text("x")
        library.attach(1, tmp_path / "notes.txt")
        with pytest.raises(PaperreaderError, match="is not a file"):
            library.attach(1, tmp_path / "gone.pdf")
        with pytest.raises(PaperreaderError, match="not plain text"):
            library.attach(1, tmp_path / "a\udce9.pdf")
        files = library.local_files(library.record(1))
        assert files == [tmp_path / "notes.txt", tmp_path / "a.pdf"]
