"""Identifiers in the notes of a record: those of the paper itself, and not of another work."""

import re
from collections.abc import Iterable

from paperreader import text
from paperreader.formats.common.references import DOI, arxiv_in, dois_in
from paperreader.papers.identifiers import identifiers_in
from paperreader.papers.months import ABBREVIATED, ENGLISH

_PMID = re.compile(r"\b(?:PMID|PubMed(?: ID)?)\}?\s*:?\}?\s*(\d{1,9})\b", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{2,9})\b")
# A note with one of these words is about another work. Otherwise a clause names the paper itself if
# it consists of identifiers, addresses and the words of _LABELS.
_OF_ANOTHER = re.compile(
    r"\b(?:about|accompan\w+|addend\w+|based|cf|chapters?|comments? (?:on|to)|companion|compare"
    r"|compris\w+|continu\w+|contradict\w+|correct\w+|data|dataset|discuss\w+|errat\w+|extend\w+"
    r"|extension|follow\w*|including|notice|of|original\w*|parts?|relat\w+|repl(?:y|ies)|reprint\w*"
    r"|respon\w+|retract\w+|review\w*|revis\w+|same|see|supersed\w+|supplement\w*"
    r"|translat\w+|update\w*|versions?)\b(?!:? ?\d)",
    re.IGNORECASE,
)
_LABELS = frozenset(
    """a abs accepted access accessed accession arxiv article at available by central cited
    conference corr cs date de doi draft dx e electronic eprint eprints from full fulltext gov
    homepage http https id identifier ids in issn last library link manuscript med medline n ncbi
    nih nlm no note number on online org page paper pmc pmcid pmid preprint preprints publication
    published pubmed r report resource retrieved site submitted technical text the this url urls v
    version via visited web work www sept""".split()
).union(ENGLISH, map(str.lower, ABBREVIATED))
_CLAUSE_END = re.compile(r"[;\n|]|\. (?=[A-Z])|, (?=(?:doi|pmid|pmcid|arxiv)\b)", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CATEGORIES = re.compile(
    r"[\[(][a-z-]{2,9}(?:\.[A-Za-z-]{2,5})?(?:, ?[a-z-]{2,9}\.[A-Za-z-]{2,5})*[\])]"
)
_NOTE_WORD = re.compile(r"[^\s:,()\[\]{}<>/\"'“”=#]+")
_LONGEST_NOTE = 10_000


def named_by(addresses: Iterable[str], notes: Iterable[str] = ()) -> dict[str, str]:
    """Return the identifiers of the first address that has any, and those of the notes.

    Further addresses may be those of other papers, mentioned in the abstract.
    """
    identifiers = dict(next(filter(None, map(identifiers_in, addresses)), {}))
    for note in notes:
        for scheme, value in own_in(note).items():
            identifiers.setdefault(scheme, value)
    return identifiers


def own_in(note: str) -> dict[str, str]:
    """Return the identifiers that a note gives as those of its own paper.

    "arXiv:2001.00001 [cs]" and "PMID: 1; PMCID: PMC2" do, "Comment on arXiv:2001.00001" does not.
    """
    identifiers: dict[str, str] = {}
    if len(note) <= _LONGEST_NOTE and not speaks_of_another(note):
        for clause in filter(_is_identifiers, _CLAUSE_END.split(note)):
            identifiers = _in_note(clause) | identifiers
    return identifiers


def is_address_of_paper(note: str) -> bool:
    """Whether a note holds nothing but identifiers and addresses, so that they are the paper's."""
    return (
        len(note) <= _LONGEST_NOTE
        and not speaks_of_another(note)
        and all(map(_is_identifiers, _CLAUSE_END.split(note)))
    )


def speaks_of_another(note: str) -> bool:
    """Whether a note is about a relation to another work."""
    return _OF_ANOTHER.search(_URL.sub(" ", note)) is not None


def _is_identifiers(clause: str) -> bool:
    for pattern in (_URL, DOI, _CATEGORIES):
        clause = pattern.sub(" ", clause)
    words = (word.strip(".-_").casefold() for word in _NOTE_WORD.findall(clause))
    return all(word in _LABELS or not word.isalpha() for word in words)


def _in_note(note: str) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    for url in text.urls(note):
        identifiers = identifiers_in(url) | identifiers
    if match := _PMID.search(note):
        identifiers["pmid"] = match.group(1)
    if match := _PMCID.search(note):
        identifiers["pmcid"] = match.group(1)
    if identifier := arxiv_in(note):
        identifiers["arxiv"] = identifier
    if re.search(r"\bdoi\b", note, re.IGNORECASE) and (dois := dois_in(note)):
        identifiers["doi"] = dois[0]
    return identifiers
