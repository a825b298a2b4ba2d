"""Measurements, run by hand; each command prints a table and can write JSON.

    python -m tests.benchmarks.keystrokes [CORPUS] --papers 1000 10000 100000
    python -m tests.benchmarks.queries    [CORPUS] --papers 10000
    python -m tests.benchmarks.startup    [CORPUS] --papers 10000
    python -m tests.benchmarks.relevance  FOLDER...
    python -m tests.benchmarks.known_item [CORPUS] --papers 10000
    python -m tests.benchmarks.meaning    [FOLDER...] --corpus CORPUS --latency 114762
    python -m tests.benchmarks.word_table CORPUS FOLDER   (makes the table of word vectors)

CORPUS is any file that paperreader reads; without one, a corpus is generated. The engines that
paperreader is measured against come with the extra `benchmarks`; those that are not installed
are left out, and said.
"""
