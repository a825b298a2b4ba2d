r"""What the macros of LaTeX print: accents, letters and signs, small figures.

The macros are without their backslash. Both readers of LaTeX use these tables: the one for what is
shown and the one for the fields of BibTeX.
"""

# Accents as combining characters, which follow the letter.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "b": "\u0331", "d": "\u0323", "t": "\u0361", "G": "\u030f", "U": "\u030e",
    "textcommabelow": "\u0326",
    # What MathSciNet and zbMATH define in a preamble of their own.
    "udot": "\u0323", "polhk": "\u0328", "soft": "\u030c", "ocirc": "\u030a",
    "lfhook": "\u0326", "cfac": "\u0302\u0301", "cfgrv": "\u0302\u0300",
    "cftil": "\u0302\u0303", "cfudot": "\u0323\u0302",
}  # fmt: skip
SYMBOLS = {
    "ss": "ß", "SS": "SS", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
    "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textquotesingle": "'", "textquoteleft": "‘", "textquoteright": "’", "lq": "‘", "rq": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„", "quotesinglbase": "‚",
    "glqq": "„", "grqq": "“", "guillemotleft": "«", "guillemotright": "»", "flqq": "«",
    "frqq": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textasciiacute": "´", "textasciigrave": "`", "textasciidieresis": "¨", "textasciicaron": "ˇ",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textdollar": "$", "textless": "<", "textgreater": ">", "textbar": "|", "textbullet": "•",
    "textexclamdown": "¡", "textquestiondown": "¿", "textasteriskcentered": "*",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textdegree": "°", "textmu": "µ", "textpm": "±", "texttimes": "×", "textdiv": "÷",
    "textperiodcentered": "·", "textordfeminine": "ª", "textordmasculine": "º",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©",
    "pounds": "£", "textsterling": "£", "texteuro": "€", "euro": "€", "EUR": "€", "textyen": "¥",
    "S": "§", "textsection": "§", "P": "¶", "dag": "†", "ddag": "‡", "textdagger": "†",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textnumero": "№",
    "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e",
    "quad": " ", "qquad": " ", "space": " ", "enspace": " ", "thinspace": " ", "newline": " ",
    "par": "\n\n", "slash": "/", "textvisiblespace": " ", "nobreakspace": " ", "bibrangedash": "–",
    "bibtexdash": "–", "cprime": "'", "cdprime": '"', "cydot": "·", "lasp": "‘", "rasp": "’",
    "Dbar": "Đ", "dbar": "đ", "textcelsius": "℃", "textohm": "Ω", "textperthousand": "‰",
}  # fmt: skip
# Figures and letters as superscripts and subscripts.
RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-=()ijkmn", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₖₘₙ")
