"""Escape text for LaTeX: special characters, unpaired braces, and capitals of titles."""

import re

from paperreader import latex

# A command or an accent of LaTeX, which is kept, or a special character.
_COMMAND_OR_SIGN = re.compile(r"\\[A-Za-z]+|\\.|[&%#_$^~{}\\]", re.DOTALL)
_NOT_PLAIN = re.compile(r"[\\{}&%#_$^@~]")
# A line break before a brace: some parsers read its second backslash as escaping the brace.
_LINE_END = re.compile(r"(?<!\\)((?:\\\\)+)(?=[{}]|$)")
_COMMAND_OR_BRACE = re.compile(r"\\[A-Za-z]+|\\.|[{}]", re.DOTALL)
_COMMAND_OR_WORD = re.compile(r"\\[A-Za-z]+|\\.|[^\W_]+|.", re.DOTALL)
_SPECIAL = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "^": r"\^{}",
    "\\": r"\textbackslash{}",
}
# Characters that are special in LaTeX, but literal in a text that is not LaTeX.
_OBEYED = {"~": r"\textasciitilde{}", "{": r"\{", "}": r"\}"}
_TAKES_LETTER = re.compile(r"\\(?:['\"`^~=.]|[A-Za-z]+)")
_WORD = re.compile(r"[^\W_]+")
_BRACES_IN_FORMULAS = (r"\lbrace{}", r"\rbrace{}")
_BRACES_IN_WORDS = (r"\textbraceleft{}", r"\textbraceright{}")
# "@word{" inside a value: some parsers mistake it for the next entry.
_ENTRY_LIKE = re.compile(r"(?<!\\)((?:\\\\)*)(\\?@)(?=\w*[ \t]*\{)")
# The signs of LaTeX in a text: without one its braces are literal, not groups.
_LATEX = re.compile(r"\\[A-Za-z]|\\['\"`^~=.]\{?[A-Za-z\\]")


def safe(text: str) -> str:
    """Return the text for a value in braces: specials escaped outside formulas, braces paired."""
    if _NOT_PLAIN.search(text) is None:
        return text
    signs = _signs(text)
    pieces = (_piece(piece, signs, formula=formula) for formula, piece in latex.pieces(text))
    return _closed("".join(pieces))


def protected(title: str) -> str:
    """Return a safe title whose capitals a bibliography style cannot lower.

    In a title in sentence case an inner capital marks a name and is protected; in Title Case only
    words in mixed case are.
    """
    words = [word for word in _WORD.findall(title)[1:] if len(word) > 3 and word[1:].islower()]
    sentence = sum(word[0].isupper() for word in words) * 2 <= len(words)
    signs = _signs(title)
    parts: list[str] = []
    for formula, piece in latex.pieces(title):
        escaped = _piece(piece, signs, formula=formula)
        if not formula:
            parts.append(_shielded(escaped, sentence=sentence, start=not parts))
        else:
            parts.append(f"{{{escaped}}}" if escaped != escaped.lower() else escaped)
    return _closed("".join(parts))


def _shielded(text: str, *, sentence: bool, start: bool) -> str:
    """Put braces around the words whose capitals must be kept."""
    depth = 0
    before = ""
    shielded: list[str] = []
    for part in _COMMAND_OR_WORD.findall(text):
        depth += (part == "{") - (part == "}")
        named = sentence and not (start and not shielded)
        bare = depth == 0 and not _TAKES_LETTER.fullmatch(before)
        shielded.append(f"{{{part}}}" if bare and _has_capitals(part, named=named) else part)
        before = part
    return "".join(shielded)


def _has_capitals(word: str, *, named: bool) -> bool:
    """Whether the word is an acronym or in mixed case (BERT, mT5, L2), or a name if `named`."""
    if not _WORD.fullmatch(word) or word.islower() or word in {"A", "I"}:
        return False
    capitals = [index for index, letter in enumerate(word) if letter.isupper()]
    return bool(capitals) and (named or capitals != [0] or len(word) == 1 or not word.isalpha())


def _signs(text: str) -> dict[str, str]:
    """Return the replacements of special characters in `text` outside its formulas."""
    prose = "".join(piece for formula, piece in latex.pieces(text) if not formula)
    return _SPECIAL if _LATEX.search(prose) else _SPECIAL | _OBEYED


def _piece(piece: str, signs: dict[str, str], *, formula: bool) -> str:
    """Escape the special characters of LaTeX, but keep commands.

    In a formula only the percent sign is escaped: it would hide the rest of the line.
    """
    special = {"%": r"\%"} if formula else signs
    return _COMMAND_OR_SIGN.sub(lambda match: special.get(match[0], match[0]), piece)


def verbatim(value: str) -> str:
    """Return a value that LaTeX does not interpret, such as an address, with braces encoded."""
    return value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def is_whole(latex_text: str) -> bool:
    r"""Whether LaTeX can be put in braces unchanged.

    Every brace is paired, whether or not `\{` counts as one; no backslash at the end takes
    the closing brace; and nothing looks like another entry.
    """
    return is_closed(latex_text) and not _ENTRY_LIKE.search(latex_text)


def is_closed(latex_text: str) -> bool:
    """Whether a brace around LaTeX ends where it should, however braces are counted."""
    return not (
        latex_text.endswith("\\")
        or _unpaired(latex_text, escaped=True)
        or _unpaired(latex_text, escaped=False)
    )


def _closed(text: str) -> str:
    r"""Return the text with every brace paired, whether or not `\{` counts as one.

    BibTeX counts it, some parsers do not; if either count fails, the unpaired braces are written
    as commands.
    """
    text = _LINE_END.sub(r"\1 ", text)
    if _unpaired(text, escaped=True) or _unpaired(text, escaped=False):
        opening, closing = _BRACES_IN_FORMULAS if "$" in text else _BRACES_IN_WORDS
        named = {r"\{": opening, r"\}": closing, "{": opening, "}": closing}
        lost = _unpaired(text, escaped=False)
        text = _COMMAND_OR_BRACE.sub(
            lambda match: (
                named.get(match[0], match[0])
                if len(match[0]) > 1 or match.start() in lost
                else match[0]
            ),
            text,
        )
    return _ENTRY_LIKE.sub(r"\1{\2}", text)


def _unpaired(text: str, *, escaped: bool) -> set[int]:
    r"""Return the offsets of the unpaired braces; with `escaped`, `\{` counts as a brace."""
    opened: list[int] = []
    lost: set[int] = set()
    if "{" not in text and "}" not in text:
        return lost
    for match in _COMMAND_OR_BRACE.finditer(text):
        brace = match[0].removeprefix("\\") if escaped else match[0]
        if brace == "{":
            opened.append(match.start())
        elif brace == "}" and opened:
            opened.pop()
        elif brace == "}":
            lost.add(match.start())
    return lost | set(opened)
