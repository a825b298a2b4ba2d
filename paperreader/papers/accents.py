"""Accents that stand beside their letter, as in text copied from a PDF: "Mu¨ller", "M¨uller"."""

import re
import unicodedata

# The marks as characters of their own, and as combining characters.
_COMBINING = {
    "´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "¸": "\u0327",
    "˚": "\u030a", "˘": "\u0306", "˙": "\u0307", "˛": "\u0328", "˝": "\u030b", "`": "\u0300",
}  # fmt: skip
# The letters that usually carry a mark; of two that could, the one before it if both do.
_USUAL = {
    **dict.fromkeys("´`¨ˆ˝", "aeiouyAEIOUYı"), "˜": "nNaA", "ˇ": "cszrnCSZRN", "¸": "cstCST",
    "˚": "uaUA", "˘": "aguAGU", "˙": "zgZGI", "˛": "aeAE",
}  # fmt: skip
_MARKS = "´¨ˆ˜ˇ¸˚˘˙˛˝"
_ANY = re.compile(rf"[{_MARKS}`]")
# Some of the marks count as letters in Unicode.
_LETTER = rf"[^\W\d_{_MARKS}]"
_IN_NAME = re.compile(rf"({_LETTER})?([{_MARKS}`])({_LETTER})?")
_IN_WORD = re.compile(rf"({_LETTER})([{_MARKS}])({_LETTER})")
# An apostrophe: "L´Oreal", "d´Alembert", "O`Neil".
_ELISION = re.compile(r"(?<![^\W\d_])[DLNOdlo][´`](?=[A-ZÀ-Þ])")


def accented_name(name: str) -> str:
    """Return the name of a person with every accent on its letter."""
    return _accented(name, _IN_NAME) if _ANY.search(name) else name


def accented_words(text: str) -> str:
    """Return the text with the accents inside words on their letters; elsewhere they are signs."""
    return _accented(text, _IN_WORD) if _ANY.search(text) else text


def _accented(text: str, pattern: re.Pattern[str]) -> str:
    # A letter may take several, from both sides.
    while (changed := _accented_once(text, pattern)) != text:
        text = changed
    return text


def _accented_once(text: str, pattern: re.Pattern[str]) -> str:
    # The letters of a match may be those of the next, so one match is replaced at a time.
    at = 0
    while match := pattern.search(text, at):
        if _ELISION.match(text, match.start()):
            at = match.start() + 2
            continue
        before, mark, after = match.group(1) or "", match.group(2), match.group(3) or ""
        composed = _composed(before, mark, after)
        at = match.start() if composed != match.group() else match.end(2)
        text = text[: match.start()] + composed + text[match.end() :]
    return text


def _composed(before: str, mark: str, after: str) -> str:
    """Return two letters with the mark between them put on one, or unchanged if it fits neither."""
    choices = [(_with(before, mark), before, 0), (_with(after, mark), after, 1)]
    fitting = [(letter not in _USUAL[mark], order) for one, letter, order in choices if one]
    if not fitting:
        return before + mark + after
    return before + choices[1][0] if min(fitting)[1] else choices[0][0] + after


def _with(letter: str, mark: str) -> str:
    """Return the letter with the mark, or '' if no letter has it."""
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    whole = unicodedata.normalize("NFC", letter + _COMBINING[mark]) if letter else ""
    return whole if len(whole) == 1 else ""
