"""Normalise titles, so that the same title from two sources compares equal."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, and signs that some sources spell out.
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th",
        "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H",
        "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ĸ": "k", "ə": "e", "ʻ": None, "ʼ": None,
        "ʹ": None, "ʺ": None, "’": None, "‘": None,
    }
)  # fmt: skip
# The LaTeX names of Unicode signs.
_SIGNS = {
    "×": "times", "·": "cdot", "±": "pm", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx",
    "∼": "sim", "→": "to", "∞": "infty", "∂": "partial", "∇": "nabla", "∈": "in", "√": "sqrt",
    "∑": "sum", "∏": "prod", "∫": "int", "⊗": "otimes", "⊕": "oplus", "∘": "circ", "°": "circ",
    "∩": "cap", "∪": "cup", "⊂": "subset", "ℏ": "hbar", "′": "prime", "≪": "ll", "≫": "gg",
    "&": " and ",
}  # fmt: skip
_SAME_MACROS = {
    "le": "leq", "ge": "geq", "ne": "neq", "rightarrow": "to", "varepsilon": "epsilon",
    "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma",
}  # fmt: skip
_GREEK = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?(\w+)")
# LaTeX that only sets a style; Hugging Face drops the backslash of these names.
_LOOKS = re.compile(
    r"\\?(?:math(?:cal|bb|rm|bf|frak|scr|sf|it|tt|ds|op)|text(?:it|bf|rm|sf|sc|tt|normal)?|emph"
    r"|operatorname\*?|boldsymbol|bm|ensuremath|mbox)\s*(?=\{)"
    r"|\\(?:left|right|displaystyle|rm|bf|it|cal|em|,|;|:|!|quad|protect)(?![A-Za-z])"
)
_MACRO = re.compile(r"\\([A-Za-z]+)")
_ACCENT = re.compile(r"\\[`'^\"~=.]|\\[uvHckrbdt](?=\{)")
_AMPERSAND = re.compile(r"\\?&(?:amp;)?")
# The mark before a subtitle.
_SUBTITLE = re.compile(
    r":\s|\s[-–—]+\s|[.?!]\s|—|--"
    r"|\s*[(\[](?=(?:extended|full|long|short|technical|preliminary|preprint|invited)\b[^()\[\]]*[)\]]$)",
    re.IGNORECASE,
)
# A subtitle that names one of several works: "Part II", "2. Flowers".
_PART = re.compile(r"(?:(?:part|volume|vol|chapter|book|no)\b|\d+\b|[IVX]+\b(?!-))", re.IGNORECASE)
# Without accents, German and Scandinavian languages spell these vowels with two letters.
_SPELLED_OUT = re.compile(r"([aou])e|aa")


def fold(text: str) -> str:
    """Return the words of `text` in lower case, without accents and punctuation."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", text.replace("'", "").casefold()))


def spelled_alike(folded: str) -> str:
    """Return a folded text with "ae", "oe", "ue" and "aa" as the vowels that they stand for."""
    return _SPELLED_OUT.sub(lambda match: match[1] or "a", folded)


@lru_cache(maxsize=256)  # adding a paper asks for its title five times
def bare(title: str) -> str:
    """Return a title in the form in which it is compared: its letters and digits, folded.

    One source writes $^3$He-B, another ^3He-B, so spaces are dropped; mathematics is the same in
    LaTeX and in Unicode, "&" is "and", "ä" is "ae". A title that folds to nothing is returned
    unchanged.
    """
    if "\\" in title or "{" in title or "$" in title:
        title = _LOOKS.sub("", _ACCENT.sub("", title))
        title = _MACRO.sub(lambda match: _SAME_MACROS.get(match[1], match[1]), title)
    if "&" in title:
        title = _AMPERSAND.sub(" and ", title)
    if not title.isascii():
        title = "".join(_named(letter) for letter in unicodedata.normalize("NFKC", title))
    folded = fold(title).replace(" ", "").replace("_", "")
    return spelled_alike(folded) or title


def main_title(title: str) -> str:
    """Return `title` without its subtitle, or "(extended version)"; a part has its own title."""
    mark = _SUBTITLE.search(title, 1)
    return title[: mark.start()] if mark and not _PART.match(title, mark.end()) else title


def _named(letter: str) -> str:
    """Return the LaTeX name of a Greek letter or a mathematical sign; other letters unchanged."""
    if letter in _SIGNS:
        return _SIGNS[letter]
    if "\u0370" <= letter <= "\u03ff" and (match := _GREEK.match(unicodedata.name(letter, ""))):
        name = match[1].lower()
        return "lambda" if name == "lamda" else name
    return letter
