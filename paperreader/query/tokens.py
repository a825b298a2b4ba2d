"""What the pieces of a typed text look like: words, quotes, labels, years, identifiers."""

import re

QUOTES = '"“”„«»'

GAP = re.compile(r"[\s,;\[\]]+")
JUNK = re.compile(rf"[^\w\s\\{{$()~<>|!=*{QUOTES}'‘’-]+")
CHUNK = re.compile(rf'(?:[^\s()\[\],;|{QUOTES}]|(?<=\d),(?=\d)|(?<=\\)")+')
QUOTED = re.compile(rf'(?:(?<=\\)"|[^{QUOTES}])*')
# 'a phrase' or ‘a phrase’: the first quote stands after a space, the last before one.
SINGLE_QUOTED = re.compile(r"['‘](?=[^\W\d])([^'‘’]*(?:['’](?=\w)[^'‘’]*)*?)(?<=\w)['’](?!\w)")
INNER_QUOTE = re.compile(rf"(?<!\\)[{QUOTES}]")
# A value behind the comma of a list: author:hinton,lecun.
LISTED = re.compile(r"\w[\w.+*/-]*(?=[\s,)]|$)")
# A*, the search.
STAR_WORD = re.compile(r"[A-Z]\*")
PART = re.compile(r"[^\W_]+")
FILE = re.compile(r"(?<=\w)\.(?:pdf|ps|djvu|epub|html?)$", re.IGNORECASE)
LAST_SIGNS = re.compile(r"[^\w+#}$]")
# title: and title=, but no C++ scope; what stuck to it makes a label of a word.
LABEL = re.compile(r"([A-Za-z_]{1,20})(:(?!:)|=)")
# year>2019, and what may follow year.
COMPARED = re.compile(r"(?:year|date|published|pubdate|y)\s*(?=[<>])", re.IGNORECASE)
COMPARISON = re.compile(r"[<>]=?\s*\d{4}(?:-\d\d?){0,2}(?![\w-])|=\s*\d{4}(?![\w-])")
GLUED = re.compile(r"[\w\"“„«(~\\$<>={\[*'‘-]")
# [2019 TO 2021], as Lucene has it.
RANGE = re.compile(r"[\[{][^\[\]{}]{1,40}\bTO\b[^\[\]{}]{1,40}[\]}]")
# A letter or two with parentheses stuck to them is a symbol: SU(2), O(n log n).
SYMBOL = re.compile(
    rf"(?!OR\()\\?[A-Za-z]{{1,2}}\((?:[^(){QUOTES}]|\([^(){QUOTES}]{{0,30}}\)){{1,30}}(?:\)|$)"
)
# What may be an identifier, with or without its name before it.
NAMED = re.compile(
    rf"(?:(arxiv|doi|acl|openreview|pmid|id)[:=]\s*|(?:arxiv|doi)\s+)?([^\s,;|\[\]{QUOTES}]{{1,256}})",
    re.IGNORECASE,
)
ET_AL = re.compile(r"\s+et\.?\s+al(?!\w)\.?(?:'s)?|\s*\bet\.?\s+al(?!\w)\.?")
# Of `year: > 2019`; a bare 2019.. or >2019; vaswani2017attention.
SPACED_BOUND = re.compile(r"[<>=]+\s+\d+")
BARE_YEARS = re.compile(r"\d{4}\.\.(?:\d{4})?|\.\.\d{4}|[<>]=?\d{4}")
CITATION_KEY = re.compile(r"(?:@\w+\{)?([^\W\d_]{2,})[:_-]?((?:19|20)\d\d)[:_-]?([^\W\d_]{3,}|\w?)")


def ends_in_star(chunk: str) -> bool:
    """Whether a chunk is the first letters of a word, as a* is; A* is a word of its own."""
    return chunk.rstrip().endswith("*") and not STAR_WORD.fullmatch(chunk)


def stripped(chunk: str) -> str:
    """Return a word without the punctuation behind it, and without the end of a file's name."""
    end = len(chunk)
    while end and LAST_SIGNS.match(chunk[end - 1]):
        end -= 1
    return chunk if STAR_WORD.fullmatch(chunk) else FILE.sub("", chunk[:end])
