"""Makes files that try to keep a reader busy or to fill the memory, of any size.

`python -m tests.formats.hostile NAME BYTES > FILE` writes one; without a name it lists them; with
`--read` in place of a name it reads each in a process of its own and prints the seconds and the
megabytes it took.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Maker = Callable[[int], str]


def repeated(piece: str, size: int) -> str:
    return piece * (size // len(piece) + 1)


def entry(field: str, value: str) -> str:
    fields = {"title": "T", "author": "A B", field: value}
    return (
        "@article{a,\n"
        + ",\n".join(f"{name} = {{{text}}}" for name, text in fields.items())
        + "}\n"
    )


def record(**fields: object) -> str:
    return json.dumps([{"title": "T", "authors": ["A B"], "year": 2020, **fields}])


def page(body: str, head: str = '<meta name="citation_title" content="T">') -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def feed(body: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{body}</feed>'


# By the name of the file that each is to be; the sizes are about those asked for.
MAKERS: dict[str, Maker] = {
    "deep.atom": lambda n: feed("<entry><title>T</title><summary>" + repeated("<a>", n)),
    "deep_broken.atom": lambda n: feed(repeated("<entry><title>T</title><b><c>", n)),
    "broken_often.atom": lambda n: feed(repeated("<entry><title>T</title></b></entry>\n", n)),
    "amp.atom": lambda n: feed("<entry><title>" + repeated("&", n) + "</title></entry>"),
    "one_line.atom": lambda n: feed(repeated("<entry><title>T</title><id>x</id></entry>", n)),
    "attributes.atom": lambda n: feed("<entry><title>T</title><link " + repeated('a="b" ', n) + "/></entry>"),
    "deep.rss": lambda n: "<rss><channel>" + repeated("<item><title>T</title><d>", n),
    "deep_pubmed.xml": lambda n: "<PubmedArticleSet>" + repeated("<PubmedArticle><a><b>", n),
    "open_pubmed.xml": lambda n: "<PubmedArticleSet>" + repeated("<PubmedArticle>", n),
    "brackets.jsonl": lambda n: record(abstract=repeated("[", n)),
    "links_in_brackets.md": lambda n: "# L\n- " + repeated("[a](", n),
    "brackets.md": lambda n: "# L\n- [x](https://arxiv.org/abs/2001.00001) " + repeated("[", n),
    "stars.md": lambda n: "# L\n- [x](https://arxiv.org/abs/2001.00001) " + repeated("*a _b ", n),
    "quotes.md": lambda n: repeated(">", n),
    "nested_list.md": lambda n: "".join("  " * (i % 500) + "- [x](https://arxiv.org/abs/2001.00001)\n" for i in range(n // 500)),
    "details.md": lambda n: repeated("<details><summary>T</summary>\n", n),
    "commas.md": lambda n: "# L\n- " + repeated("Ann Bee, ", n) + "[[pdf]](https://arxiv.org/abs/2001.00001)\n",
    "dashes.md": lambda n: "# L\n- " + repeated("a - b ", n) + "[[pdf]](https://arxiv.org/abs/2001.00001)\n",
    "table.md": lambda n: "|Title|PDF|\n|---|---|\n|" + repeated("a  b ", n) + "|[x](https://arxiv.org/abs/2001.00001)|\n",
    "emph.bib": lambda n: entry("abstract", repeated("\\emph{", n // 2) + repeated("}", n // 8)),
    "math.bib": lambda n: entry("title", repeated("\\(", n)),
    "display.bib": lambda n: entry("title", repeated("\\[ $ ", n)),
    "accents.bib": lambda n: entry("title", repeated("\\'", n)),
    "braces.bib": lambda n: "@article{a, title={" + repeated("{", n),
    "escaped.bib": lambda n: "@article{a, " + repeated("a={\\},", n),
    "quoted.bib": lambda n: '@article{a, title="' + repeated('"%', n),
    "comments.bib": lambda n: '@article{a, title="' + repeated('"%\n', n),
    "at.bib": lambda n: repeated("@a{", n),
    "at_lines.bib": lambda n: repeated("@a{b,\n", n),
    "fields.bib": lambda n: "@article{a, title={T}," + repeated("a=b,", n) + "}",
    "macros.bib": lambda n: '@string{s="x"}\n' + repeated("@string{s=s#s}\n", n) + "@book{a, title=s#s}",
    "authors.bib": lambda n: entry("author", repeated("A B and ", n)),
    "names.bib": lambda n: entry("author", repeated("A, B & C / ", n)),
    "note.bib": lambda n: entry("note", repeated("arXiv arXiv doi PMID ", n)),
    "doi.bib": lambda n: entry("doi", "10.1000/" + repeated(")(", n)),
    "address.jsonl": lambda n: record(url="https://example.org/" + repeated("arxiv.", n)),
    "closing.jsonl": lambda n: record(abstract="https://example.org/" + repeated(")", n)),
    "links.jsonl": lambda n: record(abstract=repeated("https://example.org/a ", n)),
    "many_links.jsonl": lambda n: record(links=[{"url": f"https://example.org/{i}"} for i in range(n // 40)], identifiers={}),
    "word.jsonl": lambda n: record(abstract=repeated("w", n)),
    "words.jsonl": lambda n: record(abstract=repeated("word ", n)),
    "title.jsonl": lambda n: record(title=repeated("Title ", n)),
    "many_authors.jsonl": lambda n: record(authors=["A B"] * (n // 8)),
    "authors_text.jsonl": lambda n: record(authors=repeated("Ann Bee, ", n)),
    "and.jsonl": lambda n: record(authors=repeated(" and", n)),
    "tags.jsonl": lambda n: record(abstract=repeated("<a <b ", n)),
    "references.jsonl": lambda n: record(abstract=repeated("&amp;&#", n)),
    "deep.json": lambda n: repeated("[", n),
    "deep_objects.json": lambda n: repeated('{"a":', n),
    "open_objects.json": lambda n: repeated('{"title": "T", ', n),
    "dates.jsonl": lambda n: record(date=repeated("9", n)),
    "cells.csv": lambda n: "title,year\n" + repeated('"a,', n),
    "columns.csv": lambda n: "title," + repeated("a,", n) + "\nT\n",
    "keywords.ris": lambda n: "TY  - JOUR\nTI  - T\n" + repeated("KW  - k\n", n) + "ER  - \n",
    "lines.ris": lambda n: "TY  - JOUR\nTI  - T\nAB  - " + repeated("x\n", n) + "ER  - \n",
    "records.ris": lambda n: repeated("TY  - JOUR\nER  - \n", n),
    "lines.nbib": lambda n: "PMID- 1\nTI  - T\n" + repeated("      x\n", n),
    "tags.html": lambda n: page(repeated("<a ", n)),
    "quotes.html": lambda n: page(repeated("<a '", n)),
    "comments.html": lambda n: page(repeated("<!--", n)),
    "scripts.html": lambda n: page("", repeated('<script type="application/ld+json">{', n)),
    "nested.html": lambda n: page(repeated("<div class=abstract>", n)),
    "metas.html": lambda n: page("", repeated('<meta name="citation_title" content="T">', n)),
    "listing.html": lambda n: page(repeated("<dt><a href='/abs/2001.00001'><dd><div class='list-title'>", n)),
    "links.html": lambda n: page(repeated('<a href="https://arxiv.org/abs/2001.00001">T</a> ', n), "<title>x</title>"),
    "ids.txt": lambda n: repeated("2001.00001 ", n),
    "address.txt": lambda n: "https://arxiv.org/abs/2001.00001/" + repeated(")", n),
    "leftovers.jsonl": lambda n: '{"title": "T"}\n' + repeated('{"a": 1}\n', n),
    "leftovers.md": lambda n: "# L\n- [x](https://arxiv.org/abs/2001.00001)\n" + repeated("- other\n", n),
    "paragraphs.md": lambda n: "# L\n- [x](https://arxiv.org/abs/2001.00001)\n" + repeated("\nOther text.\n", n),
    "one_paragraph.md": lambda n: "# L\n- [x](https://arxiv.org/abs/2001.00001)\n" + repeated("other\n", n),
    "rows.md": lambda n: "|Title|PDF|\n|---|---|\n" + repeated("|a|b|\n", n),
    "leftovers.bib": lambda n: repeated("@article{a, year=2000}\n", n),
    "accents.md": lambda n: "# L\n- [x](https://arxiv.org/abs/2001.00001) " + repeated("a´ ", n),
    "accented_names.jsonl": lambda n: record(authors=repeated("´a", n)),
    "blocks.txt": lambda n: repeated("A title\n\n", n),
}  # fmt: skip


def made(name: str, size: int) -> bytes:
    """Return the hostile file `name` of about `size` bytes."""
    return MAKERS[name](size).encode()


def _read(path: str) -> None:
    from paperreader.formats import FormatError, readings

    count = 0
    try:
        for reading in readings(path):
            count += sum(1 for _ in reading)
    except FormatError:
        pass
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{used.ru_utime + used.ru_stime:6.1f} s {used.ru_maxrss / 1024:6.0f} MB {count:8} items")


def main() -> None:
    match sys.argv[1:]:
        case ["--read-one", path]:
            _read(path)
        case ["--read", size, *names]:
            for name in names or MAKERS:
                file = Path(tempfile.gettempdir()) / f"hostile-{name}"
                file.write_bytes(made(name, int(size)))
                start = time.monotonic()
                try:
                    run = [sys.executable, "-m", "tests.formats.hostile", "--read-one", str(file)]
                    done = subprocess.run(
                        run, capture_output=True, text=True, timeout=90, check=False
                    )
                    output = (done.stdout or done.stderr[-300:]).strip()
                except subprocess.TimeoutExpired:
                    output = "  more than 90 s"
                print(f"{name:24} {output} ({time.monotonic() - start:.1f} s)", flush=True)
        case [name, size]:
            sys.stdout.buffer.write(made(name, int(size)))
        case _:
            print("\n".join(MAKERS))


if __name__ == "__main__":
    main()
