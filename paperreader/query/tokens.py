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
COMPARED = re.compile(
    r"(?:(?:pub)?year|date|published|pubdate|py|y)\s*(?=[<>]|[=]\s|(?:AFT|BEF|IS)\s)", re.IGNORECASE
)
COMPARISON = re.compile(r"(AFT|BEF|IS|[<>]=?|=)\s*(\d{4}(?:-\d\d?){0,2})(?![\w-])")
# The field behind a small operator: and not tag:done.
LABELLED_NEXT = re.compile(r"\s+(?:not\s+)?-?([A-Za-z_]{1,20}):(?=[\w\"])")
GLUED = re.compile(r"[\w\"“„«(~\\$<>={\[*'‘-]")
# [2019 TO 2021], as Lucene has it.
RANGE = re.compile(r"[\[{][^\[\]{}]{1,40}(?:\bTO\b|,)[^\[\]{}]{1,40}[\]}]")
# A letter or two with parentheses stuck to them is a symbol: SU(2), O(n log n).
SYMBOL = re.compile(
    rf"(?!OR\()\\?[A-Za-z]{{1,2}}\((?:[^(){QUOTES}]|\([^(){QUOTES}]{{0,30}}\)){{1,30}}(?:\)|$)"
)
# What may be an identifier, with or without its name before it.
NAMED = re.compile(
    rf"(?:(?:identifier|eprint):(?=\S)|(arxiv|doi|acl|openreview|pmid|id)[:=]\s*|(?:arxiv|doi)\s+)?"
    rf"([^\s,;|\[\]{QUOTES}]{{1,256}})",
    re.IGNORECASE,
)
# What is said around what is searched for: papers by hinton, attention since 2017.
PAPERS_ON = re.compile(
    r"\s*(?:papers?|articles?|publications?|preprints?)\s+(?:by|about|on)\s+(?=\S)", re.IGNORECASE
)
PAPERS_OF = re.compile(r"(?<=\w)['’]s\s+(?:papers?|articles?|publications?|preprints?)\s*$")
SINCE = re.compile(
    r"(since|after|before|until|from|between)\s+((?:19|20)\d\d)"
    r"(?:\s+(?:to|and|until|-)\s+((?:19|20)\d\d))?\s*$",
    re.IGNORECASE,
)
# Cai & Yuan are two people; in C++ & k-NN it says nothing.
AMPERSAND = re.compile(r"(?<=\s)&(?=\s+[^\W\d_])")
ET_AL = re.compile(r"\s+et\.?\s+al(?!\w)\.?(?:'s)?|\s*\bet\.?\s+al(?!\w)\.?")
# Of `year: > 2019`; a bare 2019.. or >2019.
SPACED_BOUND = re.compile(r"[<>=]+\s+\d+")
BARE_YEARS = re.compile(r"\d{4}\.\.(?:\d{4})?|\.\.\d{4}|[<>]=?\d{4}|(?:19|20)\d\d\+")


def ends_in_star(chunk: str) -> bool:
    """Whether a chunk is the first letters of a word, as a* is; A* is a word of its own."""
    return chunk.rstrip().endswith("*") and not STAR_WORD.fullmatch(chunk)


def stripped(chunk: str) -> str:
    """Return a word without the punctuation behind it, and without the end of a file's name."""
    end = len(chunk)
    while end and LAST_SIGNS.match(chunk[end - 1]):
        end -= 1
    return chunk if STAR_WORD.fullmatch(chunk) else FILE.sub("", chunk[:end])
