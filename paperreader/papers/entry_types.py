"""The entry types of `Paper.kind`, and their names in the formats.

The names are those of biblatex 3.20, CSL 1.0.2, RIS (2011) and Zotero's CSV.
"""

from typing import NamedTuple


class EntryType(NamedTuple):
    """An entry type: `kind` is its name in biblatex, the others are its names in other formats."""

    kind: str
    csl: str
    ris: str
    zotero: str


# If several kinds have the same name in a format, the name is read as the first of them.
ENTRY_TYPES = tuple(
    EntryType(*line.split())
    for line in """
    article        article-journal        JOUR     journalArticle
    article        article-magazine       MGZN     magazineArticle
    article        article-newspaper      NEWS     newspaperArticle
    inproceedings  paper-conference       CONF     conferencePaper
    inproceedings  paper-conference       CPAPER   conferencePaper
    conference     paper-conference       CONF     conferencePaper
    book           book                   BOOK     book
    mvbook         book                   BOOK     book
    incollection   chapter                CHAP     bookSection
    inbook         chapter                CHAP     bookSection
    suppbook       chapter                CHAP     bookSection
    inreference    entry-encyclopedia     ENCYC    encyclopediaArticle
    inreference    entry-dictionary       DICT     dictionaryEntry
    collection     book                   EDBOOK   book
    proceedings    book                   CONF     book
    reference      book                   BOOK     book
    booklet        pamphlet               PAMP     document
    thesis         thesis                 THES     thesis
    phdthesis      thesis                 THES     thesis
    mastersthesis  thesis                 THES     thesis
    report         report                 RPRT     report
    techreport     report                 RPRT     report
    manual         book                   BOOK     book
    patent         patent                 PAT      patent
    dataset        dataset                DATA     dataset
    software       software               COMP     computerProgram
    online         webpage                ELEC     webpage
    electronic     webpage                ELEC     webpage
    www            webpage                ELEC     webpage
    unpublished    manuscript             UNPB     manuscript
    misc           article                GEN      preprint
    misc           document               GEN      document
    misc           post                   GEN      forumPost
    online         post-weblog            BLOG     blogPost
    standard       standard               STAND    standard
    legislation    legislation            STAT     statute
    jurisdiction   legal_case             CASE     case
    letter         personal_communication PCOMM    letter
    video          motion_picture         VIDEO    videoRecording
    audio          song                   SOUND    audioRecording
    artwork        graphic                ART      artwork
    image          graphic                ART      artwork
    map            map                    MAP      map
    performance    speech                 SLIDE    presentation
    periodical     periodical             JFULL    journalArticle
    review         review                 JOUR     journalArticle
    """.strip().splitlines()
)

# Works that contain other works, and the works that they contain.
WHOLES = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference"
    " periodical".split()
)
PARTS = frozenset(
    "inproceedings conference incollection inbook bookinbook suppbook inreference".split()
)
THESES = frozenset("thesis phdthesis mastersthesis".split())


def _by(column: int) -> dict[str, str]:
    table: dict[str, str] = {}
    for entry_type in ENTRY_TYPES:
        table.setdefault(entry_type[column].lower(), entry_type.kind)
    return table


_KINDS_OF = {"csl": _by(1), "ris": _by(2), "zotero": _by(3)}
_TYPES_OF: dict[str, EntryType] = {}
for _each in ENTRY_TYPES:
    _TYPES_OF.setdefault(_each.kind, _each)


def kind_of(system: str, word: str) -> str:
    """Return the kind of `word` in `system` (csl, ris, zotero), or an unknown word as it is."""
    word = word.strip().lower()
    return _KINDS_OF[system].get(word, word)


def type_of(kind: str) -> EntryType | None:
    """Return the entry type of that kind, or None if it is unknown."""
    return _TYPES_OF.get(kind)
