"""JSON objects that have a title and more under the usual names, as most data sets do."""

import re
from functools import lru_cache

from paperreader.formats.common import references, values
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.notes import own_in
from paperreader.formats.common.people import name_of, people
from paperreader.papers.entry_types import kind_of
from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in
from paperreader.papers.names import initials_last
from paperreader.papers.paper import Link, LinkKind, Paper

# Names in lower case with letters and digits only: "Paper Title", paper_title and paperTitle
# are one. The first that holds something is taken.
_TITLE = (
    *("title", "papertitle", "titles", "articletitle", "documenttitle", "headline", "casename"),
    *("nameofact",),
)
_ABSTRACT = (
    *("abstract", "abstracts", "abstracttext", "paperabstract", "abstractnote", "abs"),
    *("summary", "description", "descriptions", "tldr"),
)
_SUMMARY = ("summary", "tldr", "aisummary", "description")
_AUTHORS = (
    *("authors", "author", "authornames", "authorlist", "authorstring", "creators", "creator"),
    *("dccreator", "authorsparsed"),
)
_PUBLISHED = (
    *("published", "date", "publicationdate", "publisheddate", "publishedat", "datepublished"),
    *("pubdate", "issued", "publishedprint", "publishedonline", "submitted", "submitteddate"),
    *("coverdate", "firstpublicationdate", "year", "publicationyear", "pubyear", "yearpublished"),
    *("pdate", "cdate", "created"),
)
_UPDATED = ("updated", "updateddate", "updatedat", "updatedate", "lastupdated", "modified", "mdate")
_VENUE = (
    *("venue", "journal", "journalref", "booktitle", "containertitle", "conference"),
    *("publicationtitle", "publicationname", "proceeding", "proceedings", "journaltitle", "pub"),
)
_CATEGORIES = (
    *("categories", "arxivcategories", "category", "subjects", "subject", "fieldsofstudy"),
    *("primaryarea", "primarycategory", "primary"),
)
_KEYWORDS = ("keywords", "keyword", "tags", "manualtags", "indexterms", "topics", "tasks")
_COMMENT = ("comment", "comments", "arxivcomment")
# Only where they are numbers: arXiv's comments are a text.
_COMMENTS = ("comments", "numcomments", "commentcount")
_UPVOTES = ("upvotes", "votes", "likes")
_STARS = ("stars", "githubstars", "stargazerscount")
_ORGANIZATION = ("organization", "organisation", "affiliation")
_PAGES = (
    *("url", "link", "urlabs", "absurl", "paperurlabs", "site", "paperurl", "pageurl", "htmlurl"),
    *("articleurl", "landingpageurl", "entryid", "ee", "page", "paperlink", "permalink", "oa"),
)
_PDFS = ("pdf", "pdfurl", "urlpdf", "paperurlpdf", "pdflink", "downloadurl", "openaccesspdf")
_CODE = (
    *("code", "github", "githuburl", "githubrepo", "codeurl", "repo", "repository", "codelink"),
    *("repourl", "officialcode", "codelinks", "codeurls", "githublink"),
)
_PROJECT = ("project", "projectpage", "projecturl", "website", "homepage")
_SCHEMES = {
    "arxiv": ("arxivid", "paperarxivid", "arxiv", "eprint", "arxiveprints", "archiveid"),
    "doi": ("doi", "dois", "paperdoi", "doinumber", "articledoi"),
    "acl": ("aclid", "anthologyid", "acl"),
    "openreview": ("openreviewid", "forum"),
    "pmid": ("pmid", "pubmedid", "pubmed"),
    "pmcid": ("pmcid", "pubmedcentral"),
}

# Other facts, and the fields of biblatex that they are.
_FIELDS = {
    "volume": "volume", "issue": "number", "number": "number", "pages": "pages", "page": "page",
    "publisher": "publisher", "place": "location", "series": "series", "edition": "edition",
    "issn": "issn", "language": "language", "shorttitle": "shorttitle", "reporttype": "type",
    "thesistype": "type", "university": "school", "journalabbreviation": "shortjournal",
    "conferencename": "eventtitle", "numpages": "pagetotal", "rights": "rights",
}  # fmt: skip
_ID_LISTS = ("identifier", "identifiers", "articleids", "externalids", "ids")

_ACL_ID = re.compile(r"\d{4}\.[a-z][\w-]*\.\d{1,4}|[A-Z]\d{2}-\d{4}")
_OLD_FIELD = re.compile(
    r"\b(year|doi|booktitle|journal)\s*=\s*[\"{]?([^\n\"]{1,400}?)[\"}]?,?\s*(?:\n|$)"
)

Usual = dict[str, object]


def usual(record: dict[str, object]) -> Paper | None:
    """Return the paper of an object with a title and one more thing that papers have."""
    told: Usual = {_plain(key): value for key, value in record.items() if value}
    title = without_markup(_text(told, _TITLE))
    if not title.strip():
        return _pending(told)
    abstract = without_markup(_whole_abstract(told) or _text(told, _ABSTRACT))
    summary = without_markup(_text(told, _SUMMARY))
    pages = _urls(told, _PAGES)
    pdfs = _urls(told, _PDFS)
    old = dict(_OLD_FIELD.findall(values.as_text(told.get("bibtex"))[:5000]))
    paper = Paper(
        title,
        abstract=abstract,
        authors=_authors(told),
        published=_date(told, _PUBLISHED) or values.as_date(old.get("year", "")),
        updated=_date(told, _UPDATED),
        venue=_text(told, _VENUE) or old.get("booktitle", "") or old.get("journal", ""),
        categories=_categories(told),
        keywords=_texts(told, _KEYWORDS, ";,"),
        links=(
            *map(_page, pages),
            *(Link(LinkKind.PDF, url) for url in pdfs),
            *(Link(LinkKind.CODE, url) for url in _urls(told, _CODE)),
            *(Link(LinkKind.PROJECT, url) for url in _urls(told, _PROJECT)),
        ),
        identifiers=_identifiers(told, [*pages, *pdfs]) | _doi_of(old),
        comment="" if _count(told, _COMMENTS) is not None else _text(told, _COMMENT),
        summary="" if summary == abstract else summary,
        organization=_text(told, _ORGANIZATION),
        upvotes=_count(told, _UPVOTES),
        comments=_count(told, _COMMENTS),
        stars=_count(told, _STARS),
        kind=kind_of("zotero", values.as_text(told.get("itemtype"))),
        editors=_editors(told),
        fields=_fields(told),
        citation_key=values.as_text(told.get("citationkey") or told.get("citekey")),
    )
    evidence = (
        *(paper.abstract, paper.authors, paper.published, paper.identifiers, paper.links),
        *(paper.venue, paper.keywords, paper.categories),
    )
    return paper if any(evidence) else None


def _editors(told: Usual) -> tuple[str, ...]:
    creators = values.objects(told.get("creators"))
    edited = [one for one in creators if values.as_text(one.get("creatorType")) == "editor"]
    return tuple(filter(None, map(name_of, edited))) or people(told.get("editors"))


def fields_of(record: dict[str, object]) -> dict[str, str]:
    """Return what no attribute of a paper holds, under the names of biblatex."""
    return _fields({_plain(key): value for key, value in record.items() if value})


def _fields(told: Usual) -> dict[str, str]:
    # OpenAlex and Semantic Scholar keep these in an object of their own.
    inner = values.as_object(told.get("biblio")) or values.as_object(told.get("journal"))
    told = {_plain(key): value for key, value in inner.items() if value} | told
    found: dict[str, str] = dict.fromkeys(("page", "pages"), "")
    for key, name in _FIELDS.items():
        found[name] = found.get(name) or values.as_text(told.get(key)).strip()
    pages = [values.as_text(told.get(key)) for key in ("firstpage", "lastpage")]
    found["pages"] = found.pop("page") or found["pages"] or "--".join(filter(None, pages))
    return {name: value for name, value in found.items() if value}


def _pending(told: Usual) -> Paper | None:
    """Return the paper whose title is still to be found by its identifier, or None."""
    identifiers = _named(told)
    name = references.stand_in(identifiers)
    if not name:
        return None
    return Paper(
        name,
        authors=_authors(told),
        published=_date(told, _PUBLISHED),
        venue=_text(told, _VENUE),
        links=tuple(map(_page, _urls(told, _PAGES))),
        identifiers=identifiers,
        pending=True,
    )


@lru_cache(maxsize=4096)
def _plain(key: str) -> str:
    return "".join(filter(str.isalnum, key.rpartition(":")[2])).lower()


def _text(told: Usual, keys: tuple[str, ...]) -> str:
    for key in keys:
        if key in told and (text := _first_text(told[key])):
            return text
    return ""


def _count(told: Usual, keys: tuple[str, ...]) -> int | None:
    return next((n for key in keys if (n := values.as_count(told.get(key))) is not None), None)


def _first_text(value: object) -> str:
    if text := values.as_text(value):
        return text
    # [{"abstractText": …}], {"journal": {"title": …}}: one object deeper under a usual name.
    for part in values.objects(value):
        inner = {_plain(key): inside for key, inside in part.items()}
        for key in ("title", "name", "description", "abstract", "abstracttext", "journal"):
            if text := values.as_text(inner.get(key)):
                return text
    return ""


def _whole_abstract(told: Usual) -> str:
    """Return an abstract that is a list of sentences, or of paragraphs in objects."""
    parts = told.get("abstract")
    if not isinstance(parts, list):
        return ""
    parting = "\n\n" if any(isinstance(part, dict) for part in parts) else " "
    return parting.join(filter(None, map(values.as_text, parts)))


def _date(told: Usual, keys: tuple[str, ...]) -> str:
    return next((date for key in keys if key in told and (date := values.as_date(told[key]))), "")


def _texts(told: Usual, keys: tuple[str, ...], separators: str) -> tuple[str, ...]:
    found = (values.texts(told[key], separators) for key in keys if key in told)
    return next((texts for texts in found if texts), ())


def _authors(told: Usual) -> tuple[str, ...]:
    for key in _AUTHORS:
        if key in told and (names := people(told[key])):
            # "Doe J, Roe R." is how Europe PMC writes this one field.
            is_turned = key == "authorstring"
            return tuple(initials_last(name.rstrip(".")) for name in names) if is_turned else names
    return ()


def _categories(told: Usual) -> tuple[str, ...]:
    found = _texts(told, _CATEGORIES, ";,")
    if len(found) == 1 and re.fullmatch(r"[a-z-]+(\.[\w-]+)?( [a-z-]+(\.[\w-]+)?)+", found[0]):
        # arXiv parts its categories by blanks.
        found = tuple(found[0].split())
    primary = values.as_text(told.get("primary") or told.get("primarycategory"))
    return tuple(dict.fromkeys((primary, *found))) if primary else found


def _urls(told: Usual, keys: tuple[str, ...]) -> list[str]:
    urls: list[str] = []
    for key in keys:
        if key in told:
            value = told[key]
            found = value if isinstance(value, list) else [value]
            urls += filter(None, map(_url, found))
    return list(dict.fromkeys(urls))


def _url(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("url") or value.get("href") or value.get("value")
    url = values.as_text(value).strip()
    if url.lower().startswith(("www.", "arxiv.org/", "doi.org/", "github.com/")):
        url = f"https://{url}"
    return url if url.lower().startswith(("http://", "https://")) else ""


def _page(url: str) -> Link:
    """Return a link to the paper's own page, but where it is plainly a PDF or code."""
    link = Link.of(url)
    return link if link.kind in (LinkKind.PDF, LinkKind.CODE) else Link(LinkKind.PAGE, url)


def _identifiers(told: Usual, urls: list[str]) -> dict[str, str]:
    named = _named(told)
    for url in urls:
        for scheme, identifier in identifiers_in(url).items():
            named.setdefault(scheme, identifier)
    if isinstance(identity := told.get("id"), str):
        scheme, identifier = _of_id(identity.strip())
        if scheme:
            named.setdefault(scheme, identifier)
    for scheme, identifier in own_in(values.as_text(told.get("extra"))).items():
        named.setdefault(scheme, identifier)
    return named


def _named(told: Usual) -> dict[str, str]:
    """Return the identifiers that have a field of their own, or stand in a list of them."""
    named: dict[str, str] = {}
    # Semantic Scholar's data sets keep their ids in an object.
    told = {_plain(key): v for key, v in values.as_object(told.get("externalids")).items()} | told
    for scheme, keys in _SCHEMES.items():
        if found := _text(told, keys):
            named[scheme] = found
    for key in _ID_LISTS:
        listed = told.get(key)
        for part in listed if isinstance(listed, list) else ():
            scheme, identifier = _of_listed(part)
            if scheme:
                named.setdefault(scheme, identifier)
    if "arxiv" in named and not arxiv_id(named["arxiv"]):
        named |= identifiers_in(named.pop("arxiv"))
    return named


def _of_listed(part: object) -> tuple[str, str]:
    """Return scheme and identifier of a part of a list: "arXiv:…", or {"type": …, "value": …}."""
    if isinstance(part, str):
        return _of_id(part.strip())
    inner = {_plain(key): value for key, value in values.as_object(part).items()}
    kind = _plain(_text(inner, ("idtype", "type", "scheme", "identifiertype", "schema")))
    scheme = next((known for known, keys in _SCHEMES.items() if kind in keys), "")
    value = _text(inner, ("value", "identifier", "id"))
    return (scheme, value) if scheme and value else ("", "")


def _doi_of(old: dict[str, str]) -> dict[str, str]:
    found = doi(old.get("doi", ""))
    return {"doi": found} if found else {}


def _of_id(told: str) -> tuple[str, str]:
    """Return the scheme and the identifier that a bare "id" shows by its form."""
    if found := arxiv_id(told):
        return "arxiv", found
    if found := doi(told):
        return "doi", found
    if _ACL_ID.fullmatch(told):
        return "acl", told
    return next(iter(identifiers_in(told).items()), ("", ""))
