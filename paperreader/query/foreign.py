"""Operators of other tools: what they are read as here, and what is said of them.

Lucene writes trans?ormer, word~1, word^2 and "a b"~5, PubMed word[ti], Scopus and Ovid NEAR/3,
W/5 and ADJ3. Where such an operator has a meaning here it gets it; otherwise it gives one notice
and its words are searched for.
"""

import re

STAR = "* stands only at the end of a word: transf*"

# Behind a word, before a space: [ti], [Title/Abstract]. [un]seen and benzo[a]pyrene are text.
TAG = re.compile(r"\[([A-Za-z][A-Za-z/ -]{0,29})\](?=[\s)]|$)")
# "2019"[PDAT] : "2021"[PDAT], with the same tag twice.
DATE_SPAN = re.compile(
    r"\"?(\d{4}[\d/-]{0,6})\"?\[([A-Za-z][A-Za-z -]{0,29})\]\s*:\s*\"?(\d{4}[\d/-]{0,6})\"?\[\2\]"
)
PHRASE_SUFFIX = re.compile(r" ?~\d+(?:\.\d+)?(?=[\s)]|$)|\^\d+(?:\.\d+)?(?=[\s)]|$)")
NEAR = re.compile(
    r"(?:NEAR|ADJ|ONEAR|WITHIN|AROUND)(?:/\d+|\d+|\(\d+\)| \d+)?(?=\s|$)"
    r"|(?:W|PRE|N)/\d+(?=\s|$)"
)
# Scopus: TITLE-ABS-KEY(x), LIMIT-TO(PUBYEAR, 2019).
CALL = re.compile(r"([A-Z]{3,}(?:-[A-Z]{2,}){0,3}) ?\(")
CALLS_NOT_HERE = frozenset(
    "DOCTYPE SUBJAREA LANGUAGE LIMIT-TO EXCLUDE AFFIL AFFILORG PUBSTAGE OPENACCESS SRCTYPE".split()
)
MUTT = re.compile(r"~([A-Za-z])(?=\s|$)")
VALUE = re.compile(r"\s*(?:\"[^\"]*\"|\[[^\]]*\]|\([^)]*\)|\S+)?")

_CLOSE = re.compile(r"([^\W\d_]{3,})~(\d(?:\.\d+)?)?")
_BOOST = re.compile(r"(\w{4,})\^\d+(?:\.\d+)?")
_WILDCARD = re.compile(r"([^\W\d_]{2,})([?*$])[^\W\d_]+")
PATTERN = re.compile(r"(?<!\S)/[^/\s]{2,256}/(?!\S)")
_COMPARED = re.compile(r"([a-z]{3,})([<>]=?|==?)[\w\"']+")


def read(chunk: str, bare: str) -> tuple[str, str, str]:
    """Return what a chunk of text is read as, its kind, and a notice.

    `bare` is the chunk without punctuation behind it. The kind is `close` where a close spelling
    is meant, `whole` where the word is not to go on while it is typed, or empty. `x^2` and
    `sin^2` inside a formula are text.
    """
    if match := _CLOSE.fullmatch(chunk) or _CLOSE.fullmatch(bare):
        return match[1], "close", ""
    if match := _BOOST.fullmatch(bare):
        return match[1], "whole", f"{bare}: words are not weighted; ^ was left out"
    if match := _WILDCARD.fullmatch(bare):
        wildcard = "? is not a wildcard; " if match[2] == "?" else ""
        return f"{match[1]}*", "", f"{bare}: {wildcard}{STAR}"
    if match := _COMPARED.fullmatch(bare):
        return chunk, "", f"{bare}: {match[2]} compares only years: year{match[2]}2019"
    return chunk, "", ""


def suffix_notice(suffix: str, *, is_value: bool) -> str:
    """Return what to say of ~5 or ^2 behind a phrase, or behind the value of a condition."""
    if is_value:
        return f'"…"{suffix}: {suffix} means nothing behind a condition; it was left out'
    if suffix[0] == "~":
        return f'"…"{suffix} is read as all of the words; where they stand close counts more'
    return f'"…"{suffix}: phrases are not weighted; {suffix} was left out'


def near_notice(operator: str) -> str:
    """Return what to say of NEAR and the like."""
    return f"{operator} is read as AND; words that stand close count more"


def left_out_notice(operator: str) -> str:
    """Return what to say of a condition that no paper here can fulfil or fail."""
    return f"{operator} has no meaning here; it was left out"
