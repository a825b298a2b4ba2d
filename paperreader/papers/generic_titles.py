"""Titles that many works share: Editorial, Introduction, Front Matter."""

import re

from paperreader.papers.titles import fold

# Folded, without articles and numbers; in the languages that large indexes cover.
_TITLES = frozenset(
    fold(title)
    for title in """
    abstract; abstracts; acknowledgement; acknowledgements; acknowledgment; acknowledgments
    addendum; advertisement; afterword; announcement; announcements; annual report; appendix
    appendices; author index; author response; authors reply; authors response; back cover
    back matter; background; bibliography; biographies; book review; book reviews; books received
    calendar; calendar of events; call for papers; chapter; closing remarks; colophon; comment
    comments; commentary; concluding remarks; conclusion; conclusions; contents; contributors
    corrections; correction; correspondence; corrigenda; corrigendum; cover; cover image
    cover picture; dedication; discussion; discussions; editor note; editorial; editorial board
    editorial introduction; editorial note; editorials; editors foreword; editors introduction
    editors note; epilogue; errata; erratum; events; foreword; front cover; front matter
    frontmatter; future work; general introduction; glossary; guest editorial
    guest editors introduction; guest editors foreword; highlights; image; in brief; in memoriam
    in this issue; index; introduction; introductory remarks; invited talk; invited talks; keynote
    keynote address; keynote speech; keynotes; letter; letter to editor; letters
    letters to editor; list of reviewers; literature review; masthead; message from chair
    message from chairs; message from editor; message from general chair
    message from program chairs; minutes; miscellaneous; news; news and views; no title; note
    notes; notice; obituary; obituaries; opening remarks; organizing committee; other
    outline; outlook; overview; panel; panel discussion; paper; papers; poster; poster session
    posters; preamble; preface; presidents message; press release; proceedings; program committee
    prologue; publisher note; publishers note; references; references and notes; related work
    remarks; reply; reply by authors; reply to comments; report; reports; research highlights
    response; response to comments; retraction; retracted; retraction notice; retraction note
    review; reviewers; reviews; session; short communication; special issue
    special issue editorial; special section; spotlight; subject index; summaries; summary
    supplement; supplementary information; supplementary material; supporting information; survey
    symposium; table of contents; technical report; test; theses; thesis; title; title page
    transcript; tutorial; tutorials; unknown; untitled; volume; welcome; welcome address
    welcome message; what is new; workshop; workshops
    Vorwort; Geleitwort; Einleitung; Einführung; Nachruf; Inhalt; Inhaltsverzeichnis; Rezension
    Rezensionen; Buchbesprechung; Berichtigung; Mitteilungen; Schlusswort; Nachwort; Zusammenfassung
    éditorial; avant-propos; préface; introduction générale; sommaire; table des matières
    compte rendu; comptes rendus; nécrologie; conclusion générale; avertissement; liminaire
    introducción; prólogo; prefacio; presentación; índice; reseña; reseñas; editorial invitado
    fe de erratas; introdução; apresentação; prefácio; resenha; resenhas; sumário; errata corrige
    introduzione; premessa; prefazione; presentazione; recensione; recensioni; indice; necrologio
    voorwoord; inleiding; redactioneel; förord; inledning; forord; innledning; wstęp; recenzje
    od redakcji; введение; предисловие; от редакции; содержание; рецензия; вступление
    前言; 序言; 序; 编者按; 卷首语; 目录; 引言; 后记; 编后记; 书评
    まえがき; 巻頭言; 目次; 編集後記; 序文
    """.replace("\n", ";").split(";")
    if title.strip()
)
# "Comment on …", "Erratum: …", "… (Reply)": about another work, whose title is in this one.
_ABOUT = (
    r"(?:comments?|discussion|reply|response|rejoinder|errat(?:um|a)|corrigend(?:um|a)"
    r"|(?:\w+ )?corrections?|retraction(?: note)?|addendum)"
)
_ABOUT_FIRST = re.compile(rf"{_ABOUT}(?:\s+(?:on|to|of|for)\b|\s*:)", re.IGNORECASE)
_ABOUT_LAST = re.compile(rf"[:([–—-]\s*(?:an? )?{_ABOUT}[)\]]?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|some|short|brief)\b|\b(?:the|an?|s)\b")
_LAST_WORD = re.compile(r"\s(?:to|of|by|for)$")
_NUMBER = re.compile(r"\b(?:\d+\w*|[ivxlc]+|vol|volume|no|number|issue|part|chapter|pp?)\b")


def is_about_another(title: str) -> bool:
    """Whether the title says that the work is about another: a comment, a reply, an erratum."""
    return bool(_ABOUT_FIRST.match(title) or _ABOUT_LAST.search(title))


def is_generic(title: str) -> bool:
    """Whether many works have this title, apart from numbers and articles, or it has no letter."""
    folded = fold(title)
    if not any(letter.isalpha() for letter in folded):
        return True
    if folded in _TITLES:
        return True
    core = " ".join(_NUMBER.sub(" ", _ARTICLE.sub(" ", folded)).split())
    core = _LAST_WORD.sub("", core)
    return core in _TITLES or (not core and len(folded) > 1)
