"""Whether the index of a library holds exactly the words of its papers, by Whoosh's own reader."""

from collections import Counter, defaultdict
from pathlib import Path

from whoosh import index

from paperreader.paths import Paths
from paperreader.search.schema import paper_schema
from paperreader.store import Store

Words = dict[tuple[int, str], Counter[str]]


def differences(home: Path) -> list[str]:
    """Return how the index under `home` differs from the store; it has to be caught up."""
    paths = Paths.find(home)
    stored, indexed = _of_store(paths.library), _of_index(paths.index)
    return [
        f"row {row}, {field}: the store has {stored[row, field] - indexed[row, field]},"
        f" the index {indexed[row, field] - stored[row, field]}"
        for row, field in sorted(stored.keys() | indexed.keys())
        if stored[row, field] != indexed[row, field]
    ]


def _of_store(path: Path) -> Words:
    schema = paper_schema()
    words: Words = defaultdict(Counter)
    store = Store(path)
    for change in store.papers.changes(0, 1 << 30, store.revision):
        texts = {
            "title": change.title,
            "abstract": change.abstract,
            "authors": "\n".join(change.authors),
        }
        for field, text in texts.items():
            if text:
                tokens = schema[field].analyzer(text)
                words[change.row, field] += Counter(token.text for token in tokens)
    store.close()
    return words


def _of_index(directory: Path) -> Words:
    words: Words = defaultdict(Counter)
    with index.open_dir(str(directory)).reader() as reader:
        rows = [
            int(reader.stored_fields(number)["row"]) for number in range(reader.doc_count_all())
        ]
        for name, text in reader.all_terms():
            field = name.decode() if isinstance(name, bytes) else name
            if field not in ("title", "abstract", "authors"):
                continue
            matcher = reader.postings(field, text)
            while matcher.is_active():
                if not reader.is_deleted(matcher.id()):
                    words[rows[matcher.id()], field][text.decode()] += int(matcher.weight())
                matcher.next()
    return words
