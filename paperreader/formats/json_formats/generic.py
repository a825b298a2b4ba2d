"""JSON objects with the usual names of a paper's facts, as most data sets have them."""

import re
from collections.abc import Mapping

from paperreader.formats.common import values
from paperreader.formats.common.dates import finest
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.people import name_of, people
from paperreader.formats.json_formats import field_names
from paperreader.formats.json_formats.field_identifiers import all_identifiers, named_identifiers
from paperreader.formats.json_formats.fields import (
    Fields,
    fields_of,
    first_count,
    first_date,
    first_text,
    first_texts,
    urls_in,
    with_appearance,
)
from paperreader.papers.entry_types import kind_of, type_of
from paperreader.papers.identifiers import doi
from paperreader.papers.names import initials_last
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.untitled import name_by_identifier

_KEY_IN_EXTRA = re.compile(r"^citation key:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
_BIBTEX_FIELD = re.compile(
    r"\b(year|doi|booktitle|journal)\s*=\s*[\"{]?([^\n\"]{1,400}?)[\"}]?,?\s*(?:\n|$)"
)


def generic_paper(record: Mapping[str, object]) -> Paper | None:
    """Return the paper of an object with a title and one more fact, or with an identifier."""
    fields = with_appearance(fields_of(record))
    title = without_markup(first_text(fields, field_names.TITLE))
    if not title.strip():
        return _pending(fields)
    abstract = without_markup(_whole_abstract(fields) or first_text(fields, field_names.ABSTRACT))
    summary = without_markup(first_text(fields, field_names.SUMMARY))
    pages = urls_in(fields, field_names.PAGES)
    pdfs = urls_in(fields, field_names.PDFS)
    bibtex = dict(_BIBTEX_FIELD.findall(values.as_text(fields.get("bibtex"))[:5000]))
    paper = Paper(
        title,
        abstract=abstract,
        authors=_authors(fields),
        published=_published(fields) or values.as_date(bibtex.get("year", "")),
        updated=first_date(fields, field_names.UPDATED),
        venue=first_text(fields, field_names.VENUE)
        or bibtex.get("booktitle", "")
        or bibtex.get("journal", ""),
        categories=_categories(fields),
        keywords=first_texts(fields, field_names.KEYWORDS, ";,"),
        links=(
            *map(_page, pages),
            *(Link(LinkKind.PDF, url) for url in pdfs),
            *(Link(LinkKind.CODE, url) for url in urls_in(fields, field_names.CODE)),
            *(Link(LinkKind.PROJECT, url) for url in urls_in(fields, field_names.PROJECT)),
        ),
        identifiers=all_identifiers(fields, [*pages, *pdfs]) | _doi_of(bibtex),
        comment=""
        if first_count(fields, field_names.COMMENTS) is not None
        else first_text(fields, field_names.COMMENT),
        summary="" if summary == abstract else summary,
        organization=first_text(fields, field_names.ORGANIZATION),
        upvotes=first_count(fields, field_names.UPVOTES),
        comments=first_count(fields, field_names.COMMENTS),
        stars=first_count(fields, field_names.STARS),
        kind=_kind(fields),
        editors=_editors(fields),
        fields=_biblatex_fields(fields),
        citation_key=_citation_key(fields),
    )
    # Without any other fact, an object with a title need not be a paper.
    is_paper = (
        paper.abstract or paper.authors or paper.published or paper.identifiers
        or paper.links or paper.venue or paper.keywords or paper.categories
    )  # fmt: skip
    return paper if is_paper else None


def _kind(fields: Fields) -> str:
    """Return the entry type that Zotero, or DataCite under `types`, gives."""
    types = values.as_object(fields.get("types"))
    kind = kind_of("zotero", values.as_text(types.get("resourceTypeGeneral")))
    return kind_of("zotero", values.as_text(fields.get("itemtype"))) or (
        kind if type_of(kind) else ""
    )


def _citation_key(fields: Fields) -> str:
    """Return the key of its own field, or of the notes in which Zotero keeps it."""
    noted = _KEY_IN_EXTRA.search(values.as_text(fields.get("extra")))
    named = (values.as_text(fields.get(key)) for key in ("citationkey", "citekey", "texkeys"))
    return next(filter(None, named), "") or (noted[1] if noted else "")


def _published(fields: Fields) -> str:
    # DataCite lists dates of several kinds.
    issued = (d.get("date") for d in values.objects(fields.get("dates"))
              if d.get("dateType") == "Issued")  # fmt: skip
    date = first_date(fields, field_names.PUBLISHED)
    date = finest((date, *map(values.as_date, issued)))
    return date or first_date(fields, field_names.CREATED)


def _editors(fields: Fields) -> tuple[str, ...]:
    creators = values.objects(fields.get("creators"))
    editors = [c for c in creators if values.as_text(c.get("creatorType")) == "editor"]
    return tuple(filter(None, map(name_of, editors))) or people(fields.get("editors"))


def biblatex_fields(record: Mapping[str, object]) -> dict[str, str]:
    """Return the facts that have no attribute in `Paper`, under biblatex names."""
    return _biblatex_fields(fields_of(record))


def _biblatex_fields(fields: Fields) -> dict[str, str]:
    fields = with_appearance(fields)
    named: dict[str, str] = dict.fromkeys(("page", "pages"), "")
    for key, name in field_names.FIELDS.items():
        named[name] = named.get(name) or values.as_text(fields.get(key)).strip()
    pages = (
        [values.as_text(fields.get(first)), values.as_text(fields.get(last))]
        for first, last in field_names.PAGE_ENDS
    )
    ends = next(filter(any, pages), [])
    named["pages"] = named.pop("page") or named["pages"] or "--".join(filter(None, ends))
    return {name: value for name, value in named.items() if value}


def _pending(fields: Fields) -> Paper | None:
    """Return a paper that has an identifier but no title yet, or None."""
    identifiers = named_identifiers(fields)
    name = name_by_identifier(identifiers)
    if not name:
        return None
    return Paper(
        name,
        authors=_authors(fields),
        published=_published(fields),
        venue=first_text(fields, field_names.VENUE),
        links=tuple(map(_page, urls_in(fields, field_names.PAGES))),
        identifiers=identifiers,
        pending=True,
    )


def _whole_abstract(fields: Fields) -> str:
    """Return an abstract that is a list of sentences, or of paragraphs in objects."""
    parts = fields.get("abstract")
    if not isinstance(parts, list):
        return ""
    separator = "\n\n" if any(isinstance(part, dict) for part in parts) else " "
    return separator.join(filter(None, map(values.as_text, parts)))


def _authors(fields: Fields) -> tuple[str, ...]:
    for key in field_names.AUTHORS:
        if key in fields and (names := people(fields[key])):
            # Europe PMC writes this field as "Doe J, Roe R."
            is_turned = key == "authorstring"
            return tuple(initials_last(name.rstrip(".")) for name in names) if is_turned else names
    return ()


def _categories(fields: Fields) -> tuple[str, ...]:
    categories = first_texts(fields, field_names.CATEGORIES, ";,")
    if len(categories) == 1 and re.fullmatch(
        r"[a-z-]+(\.[\w-]+)?( [a-z-]+(\.[\w-]+)?)+", categories[0]
    ):
        # arXiv separates its categories by spaces.
        categories = tuple(categories[0].split())
    primary = values.as_text(fields.get("primary") or fields.get("primarycategory"))
    return tuple(dict.fromkeys((primary, *categories))) if primary else categories


def _page(url: str) -> Link:
    """Return a link to the paper's page, or to a PDF or code where the address says so."""
    link = Link.of(url)
    return link if link.kind in (LinkKind.PDF, LinkKind.CODE) else Link(LinkKind.PAGE, url)


def _doi_of(bibtex: dict[str, str]) -> dict[str, str]:
    identifier = doi(bibtex.get("doi", ""))
    return {"doi": identifier} if identifier else {}
