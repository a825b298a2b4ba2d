"""Coverage-guided fuzzing: each reader of a format, the query parser, safe text, LaTeX, settings.

python -m tests.torture.fuzz [--seconds 600] [--targets bibtex query ...] [--corpus FOLDER]

One target after another, each in a process of its own. An input is wrong if it ends in another
error than `FormatError`, takes more than 10 s of CPU, makes the process grow by more than 300 MB,
or lets something through that a terminal would obey. Inputs that are wrong are kept in the corpus
folder; the inputs that reached new code are kept there too, so that a later run goes on.
Needs `.[test,fuzzing]`.
"""

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.torture.first_inputs import first_inputs

Target = Callable[[bytes], None]

CPU_SECONDS = 10.0
MEGABYTES = 300
_LARGEST = 20_000  # bytes of an input
_MORE = ("query", "safe-text", "latex", "settings", "index", "any")
_TOKENS = (
    *("\\\\emph{", "\\\\(", "\\\\[", "$$", "{", "}", "@article{", "@string{", "author = ", " and "),
    *("TY  - JOUR", "ER  - ", "PMID- ", "PT J", "%0 Book", "%T ", "<entry>", "<item>", "<title>"),
    *("</", "<a href=", "<meta name=", "<!--", "<![CDATA[", "&#", "&amp;", "]]>", "<div class="),
    *("https://arxiv.org/abs/2001.00001", "doi:10.1000/x", "- [", "](", "**", "|---|", "# ", "- "),
    *("author:", "year:", "tag:", "before:", "NEAR/3", " OR ", " NOT ", "~2", "*", "-", "2019..2020"),
    *("\\x1b[31m", "\\xe2\\x80\\xae", "\\xcc\\x81", "\\xff", "\\x00", "\\x0a", "stream", "endobj", "/Type"),
)  # fmt: skip


def names() -> list[str]:
    """Return the names of all targets."""
    from paperreader.formats import FORMATS

    return [*(known.name for known in FORMATS), *_MORE]


def target(name: str) -> Target:
    """Return what takes an input of the target `name`, and raises where that goes wrong."""
    if name == "query":
        return _query
    if name == "safe-text":
        return _text
    if name == "latex":
        return _latex
    if name == "settings":
        return _settings
    if name == "index":
        return _index
    return _format(name)


def _format(name: str) -> Target:
    from paperreader.formats import FORMATS, Document, FormatError, Reading, Unparsed, read
    from paperreader.papers.paper import Paper

    known = next((known for known in FORMATS if known.name == name), None)

    def one(data: bytes) -> None:
        document = Document.of_bytes("input", data)
        with suppress(FormatError):
            if known is not None:
                known.recognises(document)
            for item in read(document) if known is None else Reading(document, known):
                if isinstance(item, Paper):
                    assert item == item.cleaned(), "a paper that is not clean"
                    _assert_safe(item.title, item.abstract, *item.authors, item.venue)
                    assert item.key
                elif isinstance(item, Unparsed):
                    _assert_safe(item.location, item.reason)

    return one


def _query(data: bytes) -> None:
    from paperreader.query.query import Query

    typed = data.decode("utf-8", "replace")
    for typing, as_text in ((True, False), (False, False), (False, True)):
        query = Query.parse(typed, typing=typing, as_text=as_text)
        again = Query.parse(typed, typing=typing, as_text=as_text)
        assert query == again
        str(query.tree)


def _text(data: bytes) -> None:
    from paperreader import text

    source = data.decode("utf-8", "surrogateescape")
    for safe in (text.clean, text.line, text.paragraphs, text.only_text):
        once = safe(source)
        assert safe(once) == once, f"{safe.__name__} twice is not {safe.__name__} once"
        _assert_safe(once)
    text.fold(source)
    for url in text.urls(source):
        assert text.is_web_address(url)
        text.without_sentence(url)


def _latex(data: bytes) -> None:
    from paperreader import latex, text

    source = text.clean(data.decode("utf-8", "replace"))
    assert "".join(piece for _, piece in latex.pieces(source)) == source
    _assert_safe(latex.to_unicode(source))


def _settings(data: bytes) -> None:
    from paperreader.settings import Settings

    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        Settings.load(Path(file.name))


def _index(data: bytes) -> None:
    """Read `data` as each kind of file of an index."""
    from paperreader.search.codec.storage import _BAD_PICKLE, _Unpickler

    with suppress(*_BAD_PICKLE):
        _Unpickler(io.BytesIO(data)).load()


def _assert_safe(*texts: str) -> None:
    from paperreader.text import only_text

    for each in texts:
        assert only_text(each) == each, f"a terminal would obey {each!r}"


def _fuzz(name: str, seconds: int, folder: Path) -> None:
    """Fuzz one target until libFuzzer ends this process."""
    import atheris

    with atheris.instrument_imports(include=["paperreader", "pypdf"]):
        tried = target(name)
        tried(b"x")
    figures = folder / "figures.json"
    count, worst, longest, size = 0, 0.0, 0, 0.0
    start = _megabytes()

    def one(data: bytes) -> None:
        nonlocal count, worst, longest, size
        before = time.process_time()
        tried(data)
        took = time.process_time() - before
        count += 1
        longest = max(longest, len(data))
        grown, size = _megabytes() - start - size, _megabytes() - start
        if took > worst or grown > MEGABYTES / 3 or count % 100 == 0:
            if took > worst:
                worst = took
                (folder / "slowest").write_bytes(data)
            figures.write_text(
                json.dumps({"inputs": count, "worst": worst, "grown": size, "longest": longest})
            )
        assert took < CPU_SECONDS, f"{took:.1f} s of CPU"
        assert size < MEGABYTES, f"{size:.0f} MB more than at the start"

    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LARGEST}",
        f"-artifact_prefix={folder}/wrong-",
        f"-dict={folder}/tokens",
        "-timeout=120",
        "-rss_limit_mb=0",
        "-detect_leaks=0",
        "-verbosity=0",
        "-print_final_stats=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder / "inputs")], one)
    atheris.Fuzz()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fuzz(name: str, seconds: int, corpus: Path) -> bool:
    """Fuzz one target in a process of its own; print its figures, return whether all was well."""
    folder = corpus / name
    (folder / "inputs").mkdir(parents=True, exist_ok=True)
    (folder / "tokens").write_text("".join(f'"{token}"\n' for token in _TOKENS))
    for number, data in enumerate(first_inputs(name)):
        (folder / "inputs" / f"first-{number}").write_bytes(data)
    program = [sys.executable, "-m", "tests.torture.fuzz", "--one", name]
    run = subprocess.run(
        [*program, "--seconds", str(seconds), "--corpus", str(corpus)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    figures = json.loads((folder / "figures.json").read_text())
    print(
        f"{name:18} {figures['inputs']:9,} inputs up to {figures['longest']:6,} bytes in {seconds} s;"
        f" worst {figures['worst']:.2f} s CPU, {figures['grown']:.0f} MB grown;"
        f" {'ok' if run.returncode == 0 else 'WRONG'}",
        flush=True,
    )
    if run.returncode:
        print(run.stdout.decode("utf-8", "replace")[-3_000:])
    return run.returncode == 0


def main() -> int:
    """Fuzz what the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--targets", nargs="*", default=[])
    parser.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir()) / "fuzz")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        _fuzz(arguments.one, arguments.seconds, arguments.corpus / arguments.one)
    wanted = arguments.targets or names()
    outcomes = [fuzz(name, arguments.seconds, arguments.corpus) for name in wanted]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
