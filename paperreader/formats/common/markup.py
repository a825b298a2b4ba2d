"""Removal of markup from titles and abstracts: HTML, JATS, MathML, headings."""

import html
import re

# A tag of HTML, JATS or MathML, with or without attributes; "a <b and c> d" holds none.
_ATTRIBUTES = r"(?:\s[^<>=]{1,40}=[^<>]{0,400})?\s*/?>"
_TAG = re.compile(
    r"</?(?:(?:jats|mml|m):[\w-]{1,20}|[bipqsu]|a|br|em|h[1-6]|hr|li|[ou]l|sc|scp|small|span|strong"
    rf"|sub|sup|tt|div|code|font|italic|bold|inline-formula|math|title|sec){_ATTRIBUTES}",
    re.IGNORECASE,
)
_BREAK = re.compile(rf"</?(?:jats:)?(?:p|div|br|title|sec|li|h[1-6]){_ATTRIBUTES}", re.IGNORECASE)
# An abstract may start with "Abstract syntax" or "Summary statistics": without punctuation, a word
# that starts sentences must follow.
_HEADING = re.compile(
    r"\A\s*(?:(?:(?:graphical |extended |article |paper )?abstract|summary|synopsis|abstrakt"
    r"|zusammenfassung|résumé|sommaire|resumen|resumo|riassunto|sommario|samenvatting|sammanfattning|sammendrag"
    r"|streszczenie|özet|аннотация|резюме)(?:\s*[:.—–]+-?\s*|\s*-+\s|[^\S\n]*\n\s*"
    r"|\s+(?=(?-i:We|In|The|This|These|A|An|Our|It|Here|Although|Background|Objectives?|Purpose|Aims?|Introduction|Motivation|Context|Methods)\b))"
    r"|(?:摘要|【摘要】|\[摘要\]|초록|要旨|抄録)\s*[:：]?\s*)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def without_markup(text: str) -> str:
    """Return `text` without tags and character references; paragraphs are kept."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n\n", text))
    if "&" in text:
        text = _REFERENCE.sub(lambda match: html.unescape(match.group()), text)
    return text


def without_heading(abstract: str) -> str:
    """Return an abstract without a heading such as "Abstract" or "Summary"."""
    return _HEADING.sub("", abstract, count=1)
