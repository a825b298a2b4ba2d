"""From a folded word to the term it is indexed as: one for all its forms and spellings.

English stems by Snowball, after British spellings have been made American, and with ae, oe, ue read
as the umlauts they stand for: Schroedinger is Schrödinger. Names have no stems, only umlauts.
"""

import re
import threading
import zlib
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

# Ends a folded word that was an acronym, such as AIDS, which has no English stem. A control
# character: no text that enters the library holds one.
ACRONYM = "\x01"

# Plurals that Snowball takes for words of their own, or for forms of others (indices, indicate).
# They are terms of their own, and each is looked for with its singular: see `other_number`.
_PAIRS = """
    indices index matrices matrix vertices vertex vortices vortex simplices simplex helices helix
    codices codex appendices appendix cortices cortex lattices lattice analyses analysis
    hypotheses hypothesis theses thesis syntheses synthesis parentheses parenthesis
    diagnoses diagnosis prognoses prognosis crises crisis axes axis oases oasis
    criteria criterion phenomena phenomenon automata automaton polyhedra polyhedron
    tetrahedra tetrahedron taxa taxon hadra hadron spectra spectrum maxima maximum
    minima minimum optima optimum extrema extremum quanta quantum momenta momentum
    continua continuum equilibria equilibrium bacteria bacterium strata stratum errata erratum
    corpora corpus genera genus nuclei nucleus radii radius foci focus loci locus stimuli stimulus
    tori torus moduli modulus calculi calculus cumuli cumulus fungi fungus formulae formula
    supernovae supernova nebulae nebula lemmata lemma schemata schema stigmata stigma
    children child mice mouse feet foot geese goose women woman men man wolves wolf halves half
    knives knife wives wife selves self loaves loaf calves calf shelves shelf
""".split()
_SINGULARS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))

_SPELLED = """
    programme program programmes programs grey gray aluminium aluminum practise practice
    practised practiced practising practicing practises practices artefact artifact
    artefacts artifacts ageing aging judgement judgment judgements judgments plough plow
    mould mold moulds molds moulded molded sceptic skeptic sceptical skeptical
    speciality specialty specialities specialties learnt learned burnt burned spelt spelled
    disc disk discs disks tyre tire tyres tires manoeuvre maneuver manoeuvres maneuvers
    centred centered fibred fibered
""".split()
_AMERICAN = dict(zip(_SPELLED[::2], _SPELLED[1::2], strict=True))

# British spellings, each with the American one. The lists of words keep out what only looks so:
# exercise, hour, sequence.
_NOT_IZE = (
    "exerc|prem|prom|comprom|surpr|enterpr|repr|compr|apprehens|adv|rev|dev|superv|telev|improv"
    "|disgu|desp|merchand|franch|parad|treat|conc|prec|impreci|adm|dem|ar|r|cru|bru|bra|pra|appra"
    "|po|no|turquo|torto|porpo|chem|exc|inc|circumc|exorc|advert|chast|appr|anis|mala|lia|expert"
    "|ra|pra|ot?herw|likew|w|clockw|pairw|stepw|pointw|edgew|lengthw|crossw|sunr|moonr|v|gu"
)
_SPELLINGS = tuple(
    (ending, re.compile(pattern), american)
    for ending, pattern, american in (
        ("is", rf"^(?!(?:\w*?)(?:{_NOT_IZE})is)(\w{{3,}})is(e|es|ed|er|ers|ing|ation|ations|able)$",
         r"\1iz\2"),
        ("yse", r"^(anal|catal|paral|dial|hydrol|electrol|psychoanal)ys(e|ed|er|ers|ing)$",
         r"\1yz\2"),
        ("ysi", r"^(anal|catal|paral|dial|hydrol|electrol)ysing$", r"\1yzing"),
        ("our", (r"(behavi|col|neighb|fav|flav|hon|hum|lab|rum|tum|vap|harb|rig|vig|od|arm|endeav"
         r"|glam|savi|splend|demean|ard|cand|clam|ferv|val)our"), r"\1or"),
        ("tre", r"(cent|theat|met|lit|lust|spect)re(s)?$", r"\1er\2"),
        ("bre", r"(fi|cali|som|sa)bre(s)?$", r"\1ber\2"),
        ("trin", r"^(\w*cent)ring$", r"\1ering"),
        ("enc", r"^(def|off|lic|pret)ence(s|d)?$", r"\1ense\2"),
        ("ogu", r"(catal|dial|anal|monol|homol|epil|prol|travel)ogue(s)?$", r"\1og\2"),
        ("ae", r"(?:(?<=^an)|^)aesth", r"esth"),
        ("ae", r"(h|an|isch|leuk|septic|gyn|p|pal|arch|orthop|encyclop|f|c)ae(m|mo|col|d|o|ces|si)",
         r"\1e\2"),
        ("aet", r"^aetio", "etio"),
        ("oe", r"^oe(str|dem|soph)|(?<=f)oe(?=t)|(?<=rrh)oe(?=a)|(?<=am)oe(?=b)",
         lambda match: f"e{match[1] or ''}"),
        ("sulph", r"sulph", "sulf"),
    )
)  # fmt: skip

# ae, oe, ue inside a word stand for an umlaut where no vowel is beside them, nor q, g, x, y.
_TRANSCRIBED = re.compile(
    r"(?:(?<=[bcdfhjklmnprstvwz])(?P<vowel>[aou])|(?<=g)(?P<after_g>[ao]))e(?=[bcdfghjklmnprstvwxz])"
    r"|^(?P<first>[ou])e(?=[bdhlrst])"
)
# Words and names that would become others so, as loess would become loss.
_NOT_UMLAUTS = re.compile(
    "michael|rafael|raphael|samuel|manuel|miguel|israel|loess|moedal|coend|coeval|poet|duel|fluen"
)

_thread = threading.local()


def stem(word: str) -> str:
    """Return the term of a folded word of a title or an abstract."""
    return _cached_stem(word)


def stems(folded: Iterable[str]) -> list[str]:
    """Return the terms of folded words."""
    return [_cached_stem(word) for word in folded]


def other_number(word: str) -> str:
    """Return the irregular plural of a folded singular, or the singular of such a plural, or ''."""
    return _SINGULARS.get(word) or _PLURALS.get(stem(word), "")


def name(word: str) -> str:
    """Return the term of a folded word of a person's name."""
    word = bare(word)
    return _without_umlauts(word) if len(word) > 4 else word


def form(word: str) -> int:
    """Return a number below 256 for how a word is written: it tells the forms of a stem apart.

    A checksum, so that segments can be merged without knowing each other's words. Two forms of
    one stem have the same number once in 256.
    """
    return zlib.crc32(bare(word).encode()) & 0xFF


def bare(word: str) -> str:
    """Return a folded word as it is written, acronym or not."""
    return word.removesuffix(ACRONYM)


def marked(word: str) -> str:
    """Return the folded word that an acronym is: marked where it would lose an ending."""
    return word if _cached_stem(word) == word else word + ACRONYM


@lru_cache(maxsize=1 << 16)
def _cached_stem(word: str) -> str:
    if word.endswith(ACRONYM):
        return word[:-1]
    if word in _SINGULARS:
        return word
    stemmed = str(_stemmer().stemWord(_regular(word)))
    return _without_umlauts(stemmed) if len(stemmed) > 4 else stemmed


def _stemmer() -> "Stemmer.Stemmer":
    """Return this thread's stemmer: PyStemmer allows one thread only to use each."""
    try:
        stemmer = _thread.stemmer
    except AttributeError:
        stemmer = _thread.stemmer = Stemmer.Stemmer("english")
    return stemmer


def _regular(word: str) -> str:
    """Return a word in American spelling and with a plural that Snowball knows."""
    if word in _AMERICAN:
        return _AMERICAN[word]
    if len(word) > 3 and word.endswith("s") and not _VOWEL.search(word, 0, len(word) - 2):
        return word if word[-2] == "s" else word[:-1]  # llms, gpus: no plural to Snowball
    for ending, pattern, american in _SPELLINGS:
        if ending in word:
            word = pattern.sub(american, word)
    return word


_VOWEL = re.compile("[aeiouy]")


def _without_umlauts(word: str) -> str:
    """Return a word with the vowels that its ae, oe, ue stand for: schroding, muller."""
    if ("ae" not in word and "oe" not in word and "ue" not in word) or _NOT_UMLAUTS.search(word):
        return word
    return _TRANSCRIBED.sub(lambda match: match[match.lastgroup or 0], word)


# By stem, so that a singular in any form finds the plural.
_PLURALS = {stem(singular): plural for plural, singular in _SINGULARS.items()}
