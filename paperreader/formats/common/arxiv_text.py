"""arXiv's abstracts: wrapped lines, and paragraphs that start with two spaces."""

import re

_PARAGRAPH = re.compile(r"(?<=[.?!:;)\]$])[ \t]*\n {2,}(?=\S)")


def arxiv_paragraphs(abstract: str) -> str:
    """Return the abstract with an empty line between its paragraphs.

    If every line is indented, the indent means nothing: the abstract is one paragraph.
    """
    lines = abstract.strip().split("\n")[1:]
    if all(line.startswith(" ") for line in lines):
        return abstract
    return _PARAGRAPH.sub("\n\n", abstract)
