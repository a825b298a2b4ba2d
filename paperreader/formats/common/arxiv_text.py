"""How arXiv writes its texts: hard wraps, and paragraphs that begin with two blanks."""

import re

_PARAGRAPH = re.compile(r"(?<=[.?!:;)\]$])[ \t]*\n {2,}(?=\S)")


def arxiv_paragraphs(abstract: str) -> str:
    """Return the abstract with an empty line between its paragraphs.

    Where every line is indented, the indent tells nothing, and it is one paragraph.
    """
    lines = abstract.strip().split("\n")[1:]
    if all(line.startswith(" ") for line in lines):
        return abstract
    return _PARAGRAPH.sub("\n\n", abstract)
