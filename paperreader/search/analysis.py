r"""How text becomes terms: the one analysis that indexing, searching and marking share.

Text is read in three steps. LaTeX is taken out of the way (`Erd\H{o}s` is Erdos, `$\alpha$` is
alpha, `\mathcal{O}(n)` is O(n)); letters are folded (lower case, no accents, Greek letters by
name); words are found. Words joined by a hyphen, an apostrophe, `_` or `^` are words of their
own at adjacent positions, and each pair of neighbours is also one joined word at the position of
its first part, so that pre-training, pretraining and pre training meet. A compound of three
parts is one word too: end-to-end and endtoend.

`words` is fast and is what the index is built from; `tokens` gives the same words with the place
of each in the original text.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from paperreader.search.word_forms import (
    ACRONYM,
    bare,
    form,
    marked,
    name,
    other_number,
    stem,
    stems,
)
from paperreader.text import fold

__all__ = [
    "ACRONYM",
    "STOP_WORDS",
    "Token",
    "Words",
    "bare",
    "form",
    "max_edits",
    "name",
    "other_number",
    "stem",
    "stems",
    "tokens",
    "variants",
    "words",
]


class Token(NamedTuple):
    """A word of a text: the folded word, its position among the words, its place in the text.

    `text[start:end]` is what was written. A token with `joined` repeats a part of a compound
    and so many parts after it as one word, at the position of the first.
    """

    word: str
    position: int
    start: int
    end: int
    joined: int = 0


class Words(NamedTuple):
    """The folded words of a text in order, and the joined words with their positions."""

    words: list[str]
    joined: list[tuple[int, str]]


STOP_WORDS = frozenset(
    """
    a about above after again against all am an and any are aren as at be because been before
    being below between both but by can cannot could couldn d did didn do does doesn doing don
    down during each few for from further had hadn has hasn have haven having he her here hers
    herself him himself his how i if in into is isn it its itself let ll m me more most mustn my
    myself no nor not of off on once only or other ought our ours ourselves out over own re s
    same shan she should shouldn so some such t than that the their theirs them themselves then
    there these they this those through to too under until up ve very was wasn we were weren
    what when where which while who whom why will with won would wouldn you your yours yourself
    yourselves
    """.split()
)

_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_JOINERS = "-'_^"
# A compound of so many parts is one word too, besides each two of them: end-to-end is endtoend.
_JOINED_WHOLE = 3
_ONE_WORD = 20
_LONGEST_ACRONYM = 6


def _word_pattern(letter: str, alone: str) -> re.Pattern[str]:
    """Match C++, C# and A*, characters that stand `alone`, then words and compounds of them.

    A word is at most 64 letters; a longer one is read as several.
    """
    word = f"{letter}{{1,64}}{ACRONYM}?"
    star = rf"\*(?!{letter}|\*)"
    return re.compile(rf"{letter}(?:\+\+|\#|{star}){alone}|{word}(?:[-'_^]{word})*")


_ASCII_WORDS = _word_pattern("[a-z0-9]", "")


@cache
def _all_words() -> re.Pattern[str]:
    """Return the pattern for text that is not plain ASCII; it takes 6 ms to compile."""
    return _word_pattern(rf"[^\W_{_WIDE}]", f"|[{_WIDE}]")


_POSSESSIVE = re.compile(r"(?<=\w)'s\b")

_ACCENT = r"\\(?:['\"`^~=.]|[Hcvudbkrt](?![A-Za-z]))\s*"
_LETTER = r"\\(?P<letter>ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])\s?"
_REMNANT = (
    r"(?:math(?:cal|bb|rm|bf|frak|sf|scr|it|tt)|scriptsize|footnotesize|small"
    r"|text(?:sc|tt|bf|it|rm|sf)|operatorname)(?=\{)"
)
# C^*, the star of A* search, and of algebras.
_STAR = r"(?P<star>\^(?<=[A-Za-z]\^)(?:\*|\{\*\}|\\(?:ast|star)(?![A-Za-z])|\{\\(?:ast|star)\}))"
_ACRONYM = r"(?P<acronym>[A-Z][a-z]{0,3}[A-Z0-9][A-Za-z0-9]*)"
_GREEK = r"(?P<greek>[\u0370-\u03ff\xb5]{1,3})(?<![\u0370-\u03ff\xb5]{4})(?![\u0370-\u03ff\xb5])"
_LATEX = (
    rf"{_STAR}|{_ACCENT}|{_LETTER}|\\(?P<name>[A-Za-z]+)\*?|\\(?P<sign>[^A-Za-z])"
    rf"|(?P<apart>\}}\s*\{{|\$\$)|[{{}}$]|{_REMNANT}"
)
_ACRONYMS = re.compile(_ACRONYM)
_SIGNS = re.compile(rf"{_STAR}|{_GREEK}|{_ACRONYM}")
_LATEX_AND_SIGNS = re.compile(rf"{_LATEX}|{_GREEK}|{_ACRONYM}")
_FORMATTING = frozenset(
    """
    mathcal mathbb mathrm mathbf mathfrak mathsf mathscr mathit mathtt text textsc texttt textbf
    textit textrm textsf textsl textnormal textsuperscript textsubscript emph em it bf rm sc tt
    sf sl cal Bbb frak boldmath boldsymbol bm operatorname left right big Big bigg Bigg bigl bigr
    Bigl Bigr hat tilde bar widetilde widehat overline underline vec dot ddot check breve acute
    grave mathring small scriptsize footnotesize tiny large mbox hbox ensuremath displaystyle
    limits nolimits mathop mathrel protect relax url href uppercase
    """.split()
)
_SYMBOLS = frozenset(
    """
    times leq geq le ge ll gg neq ne in notin to sim simeq approx cong equiv propto rightarrow
    leftarrow leftrightarrow longrightarrow Rightarrow Leftrightarrow mapsto hookrightarrow pm mp
    cdot cdots ldots dots vdots circ ast star otimes oplus cup cap subset subseteq supset wedge
    vee setminus forall exists partial nabla sqrt frac tfrac dfrac over lesssim gtrsim langle
    rangle lceil rceil lfloor rfloor lbrace rbrace lVert rVert vert Vert mid parallel perp prime
    dagger quad qquad hspace vspace begin end cite ref label not sum prod int iint oint bullet
    colon ldotp newline par noindent item hfill
    """.split()
)
_NAMED = {"ell": "l", "infty": "infinity", "textendash": "-", "textquoteright": "'"}


def words(text: str) -> Words:
    """Return the words of `text`: those of `tokens`, fast."""
    text = fold(_pieces(text).sub(_plain, text))
    pattern = _ASCII_WORDS if text.isascii() else _all_words()
    if "'" in text:
        text = _POSSESSIVE.sub("  ", text)
    elif "-" not in text and "_" not in text and "^" not in text:
        return Words(pattern.findall(text), [])
    found: list[str] = []
    joined: list[tuple[int, str]] = []
    for word in pattern.findall(text):
        if word.isalnum():
            found.append(word)
            continue
        parts = _parts(word)
        joined += [(len(found) + at, _join(a, b)) for at, (a, b) in enumerate(pairwise(parts))]
        if len(parts) == _JOINED_WHOLE:
            joined.append((len(found), _join(*parts)))
        found += parts
    return Words(found, joined)


def tokens(text: str) -> list[Token]:
    """Return the words of `text`, joined ones too, in order, with their places in `text`."""
    folded, starts, ends = _folded_with_places(text)
    pattern = _ASCII_WORDS if folded.isascii() else _all_words()
    folded = _POSSESSIVE.sub("  ", folded)
    found: list[Token] = []
    position = 0
    for match in pattern.finditer(folded):
        at = match.start()
        parts = []
        for part in _parts(match.group()):
            parts.append(Token(part, position, starts[at], ends[at + len(part) - 1]))
            at += len(part) + 1
            position += 1
        found += parts
        found += [
            Token(_join(a.word, b.word), a.position, a.start, b.end, joined=1)
            for a, b in pairwise(parts)
        ]
        if len(parts) == _JOINED_WHOLE:
            first, last = parts[0], parts[-1]
            whole = _join(*(part.word for part in parts))
            found.append(Token(whole, first.position, first.start, last.end, joined=2))
    return found


def variants(text: str) -> list[tuple[str, ...]]:
    """Return the sequences of adjacent words any of which is what `text` means in a query.

    `graph` is one word; `GPT-4` is gpt, 4 in a row or gpt4; a text without words is nothing.
    """
    return list(_variants(text))


@lru_cache(maxsize=1024)  # each key that is typed asks for the same words again
def _variants(text: str) -> tuple[tuple[str, ...], ...]:
    folded = _POSSESSIVE.sub("  ", fold(_pieces(text).sub(_plain, text)))
    pattern = _ASCII_WORDS if folded.isascii() else _all_words()
    compounds = [_parts(word) for word in pattern.findall(folded)]
    apart = tuple(part for parts in compounds for part in parts)
    solid = tuple(
        parts[0] if len(parts) == 1 else bare("".join(map(bare, parts))) for parts in compounds
    )
    return tuple(variant for variant in dict.fromkeys((apart, solid)) if variant)


def max_edits(word: str) -> int:
    """Return how many slips make another word of `word`, at most, for it to be close."""
    if len(word) < 3:
        return 0
    return 1 if len(word) < 6 else 2


def _pieces(text: str) -> re.Pattern[str]:
    """Return the pattern of what stands for other words than it is written with."""
    if "\\" in text or "$" in text or "{" in text:
        return _LATEX_AND_SIGNS
    return _ACRONYMS if text.isascii() and "^" not in text else _SIGNS


def _join(*parts: str) -> str:
    """Return parts of a compound as one word."""
    return "".join(map(bare, parts))


def _parts(word: str) -> list[str]:
    """Return the parts of a compound."""
    for joiner in _JOINERS[1:]:
        word = word.replace(joiner, "-")
    return word.split("-")


def _plain(match: re.Match[str]) -> str:
    """Return what a piece of LaTeX, an acronym or Greek letters say."""
    kind = match.lastgroup
    if kind is None:
        return ""
    if kind == "acronym":
        return _acronym(match)
    if kind == "star":
        return "*"
    if kind == "greek":
        return _greek(match)
    content: str = match[kind]
    if kind == "name":
        return _named(content, match)
    if kind == "letter":
        return content
    if kind == "sign" and content in "{}-/":
        return ""
    return content if content in "#_&" else " "


def _named(name: str, match: re.Match[str]) -> str:
    """Return what a LaTeX command says: nothing, a space, or a word set apart from its like."""
    if name in _FORMATTING:
        return ""
    if name in _SYMBOLS:
        return " "
    text, start, end = match.string, match.start(), match.end()
    before = " " if start and text[start - 1].isalnum() else ""
    after = " " if text[end : end + 1] == "{" else ""
    return before + _NAMED.get(name, name.removeprefix("var")) + after


def _acronym(match: re.Match[str]) -> str:
    """Return the singular of an acronym, LLM for LLMs, marked where it only looks like a plural.

    AIDS, iOS and AdS are short and have two capitals; a longer text all in capitals is a title
    that someone wrote so, and has no acronyms.
    """
    text, start, end, word = match.string, match.start(), match.end(), match[0]
    first = text[start - 1] if start else " "
    if first.isalnum():
        if not first.islower() or (start > 1 and text[start - 2].isalnum()):
            return word
    else:
        first = ""
    if text[end : end + 1].isalnum() or (len(text) > _ONE_WORD and text.isupper()):
        return word
    whole = first + word
    if whole[-1] == "s" and len(whole) > 2 and not whole[-2].islower():
        whole = whole[:-1]
    elif len(whole) > _LONGEST_ACRONYM or sum(map(str.isupper, whole)) < 2:
        return word
    return marked(whole.lower())[len(first) :]


def _greek(match: re.Match[str]) -> str:
    """Return Greek letters apart from each other and from the letters beside them."""
    text, start, end = match.string, match.start(), match.end()
    before = " " if start and text[start - 1].isalnum() else ""
    after = " " if text[end : end + 1].isalpha() else ""
    return before + " ".join(match["greek"]) + after


def _folded_with_places(text: str) -> tuple[str, list[int], list[int]]:
    """Return the folded plain text and where each of its characters begins and ends in `text`."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(piece: str, start: int, end: int) -> None:
        folded = fold(piece)
        pieces.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))

    def put_as_is(start: int, end: int) -> None:
        piece = text[start:end]
        if piece.isascii():
            pieces.append(piece.lower())
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            return
        for at in range(start, end):
            put(text[at], at, at + 1)

    done = 0
    for match in _pieces(text).finditer(text):
        put_as_is(done, match.start())
        put(_plain(match), match.start(), match.end())
        done = match.end()
    put_as_is(done, len(text))
    return "".join(pieces), starts, ends
