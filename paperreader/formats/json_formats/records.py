"""JSON objects as papers: one function for each source's shape of a record."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from paperreader.formats.base import Heading
from paperreader.formats.common import dblp, values
from paperreader.formats.common.arxiv_text import arxiv_paragraphs
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.people import people
from paperreader.formats.json_formats.csl import csl, is_csl
from paperreader.formats.json_formats.generic import biblatex_fields, generic_paper
from paperreader.papers import codec
from paperreader.papers.identifiers import arxiv_id, identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

JsonObject = dict[str, object]

# Keys under which sources put lists of papers, and a single paper.
_LISTS = (
    *("results", "data", "papers", "items", "works", "recommendedPapers", "references"),
    *("citations", "docs", "hits", "hit", "notes", "rows", "collection", "entries", "records"),
    *("articles", "publications", "documents", "matches", "result"),
)
_ENVELOPES = (
    *("message", "response", "resultList", "search-results", "feed", "metadata", "content"),
    *("attributes", "info", "_source", "row", "paper", "citedPaper", "citingPaper", "publication"),
)
_DEPTH = 6


def papers_in(value: object) -> Iterator[Paper | Heading | JsonObject]:
    """Yield the papers in a decoded JSON value, headings for parts of papers, and other objects.

    Lists and common wrappers are opened, up to `_DEPTH` levels.
    """
    pending: list[tuple[object, int]] = [(value, 0)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, list) and depth < _DEPTH:
            pending.extend((child, depth + 1) for child in reversed(item))
        elif isinstance(item, dict):
            if child := _part_of_paper(item):
                yield child
                continue
            paper = paper_of(item)
            # The wrapper's identifier may be that of the paper in it.
            is_whole = paper is not None and not paper.pending
            inner = None if is_whole or depth == _DEPTH else _inner(item)
            if inner is None:
                yield paper or item
            else:
                pending.append((inner, depth + 1))
        else:
            yield {"": item}


def _part_of_paper(item: JsonObject) -> Heading | None:
    """Return a heading for a Zotero item that is an attachment or note of another item."""
    data = values.as_object(item.get("data")) or item
    kind = values.as_text(data.get("itemType"))
    if kind not in ("attachment", "note", "annotation"):
        return None
    return Heading(kind, values.as_text(data.get("title") or data.get("note")))


def _inner(wrapper: JsonObject) -> object:
    """Return the value in a wrapper, or None if the object is not a wrapper."""
    for key in _LISTS:
        if isinstance(wrapper.get(key), list):
            return wrapper[key]
    for key in (*_ENVELOPES, *_LISTS):
        if isinstance(inner := wrapper.get(key), dict):
            # OpenReview and DataCite keep the id in the wrapper, CORD-19 the abstract.
            named = {key: wrapper[key] for key in ("id", "forum", "abstract") if key in wrapper}
            return named | inner
    return None


def paper_of(record: JsonObject) -> Paper | None:
    """Return the paper that the object describes, or None."""
    for is_it, shape in _SHAPES:
        if is_it(record):
            return shape(record)
    return generic_paper(record)


def _ours(record: JsonObject) -> Paper | None:
    """Read paperreader's own shape: the attributes of `Paper` under their names."""
    try:
        paper = codec.from_object(record)
    except codec.WrongType:
        return None
    return paper if paper.title or paper.identifiers or paper.links else None


def _items(value: object) -> Iterator[tuple[str, object]]:
    yield from values.as_object(value).items()


def _arxiv_snapshot(record: JsonObject) -> Paper:
    """Read a record of arXiv's metadata snapshot."""
    versions = [version.get("created") for version in values.objects(record.get("versions"))]
    dates = [date for version in versions if (date := values.as_date(version))]
    updated = values.as_date(record.get("update_date"))
    comment = values.as_text(record.get("comments"))
    identifier = arxiv_id(values.as_text(record.get("id")))
    return Paper(
        values.as_text(record.get("title")),
        abstract=arxiv_paragraphs(values.as_text(record.get("abstract"))),
        authors=people(record.get("authors_parsed")) or people(record.get("authors")),
        published=dates[0] if dates else "",
        updated=dates[-1] if dates else updated,
        venue=values.as_text(record.get("journal-ref") or record.get("journal_ref")),
        categories=values.texts(record.get("categories"), " "),
        links=(Link(LinkKind.PAGE, f"https://arxiv.org/abs/{identifier}"),) if identifier else (),
        identifiers=_named(arxiv=identifier, doi=values.as_text(record.get("doi"))),
        comment=comment,
    )


def _named(**identifiers: str) -> dict[str, str]:
    return {scheme: identifier for scheme, identifier in identifiers.items() if identifier}


def _openalex(record: JsonObject) -> Paper | None:
    """Read a work of OpenAlex; its abstract is an index of positions."""
    title = record.get("title") or record.get("display_name")
    if not title:
        return None
    ids = values.as_object(record.get("ids"))
    primary = values.as_object(record.get("primary_location")) or values.as_object(
        record.get("host_venue")
    )
    locations = [primary, *values.objects(record.get("locations"))]
    urls = [values.as_text(location.get("landing_page_url")) for location in locations]
    pdfs = [values.as_text(location.get("pdf_url")) for location in locations]
    pdfs.append(values.as_text(values.as_object(record.get("best_oa_location")).get("pdf_url")))
    named = {k: v for url in (*urls, *pdfs) for k, v in identifiers_in(url).items() if k != "doi"}
    named |= _named(
        openalex=_tail(record.get("id") or ids.get("openalex")),
        doi=values.as_text(record.get("doi") or ids.get("doi")),
        pmid=_tail(ids.get("pmid")),
        pmcid=_tail(ids.get("pmcid")),
    )
    source = values.as_object(primary.get("source")) or primary
    topics = record.get("topics") or record.get("concepts")
    return Paper(
        without_markup(values.as_text(title)),
        abstract=_from_index(record.get("abstract_inverted_index"))
        or values.as_text(record.get("abstract")),
        authors=people(record.get("authorships")),
        published=values.as_date(record.get("publication_date"))
        or values.as_date(record.get("publication_year")),
        venue=values.as_text(source.get("display_name")),
        categories=values.texts(topics)[:5],
        keywords=values.texts(_keywords(record.get("keywords"))),
        links=_links(page=[*urls, values.as_text(record.get("id"))][:1], pdf=pdfs),
        identifiers=named,
        kind=_KINDS.get(values.as_text(record.get("type")), ""),
        fields=biblatex_fields(record),
    )


# OpenAlex types as biblatex types.
_KINDS = {
    "article": "article", "book": "book", "book-chapter": "incollection", "dissertation": "thesis",
    "dataset": "dataset", "report": "report", "proceedings-article": "inproceedings",
}  # fmt: skip


def _keywords(keywords: object) -> list[object]:
    return [word.get("display_name") or word.get("keyword") for word in values.objects(keywords)]


def _tail(url: object) -> str:
    return values.as_text(url).rstrip("/").rpartition("/")[2]


def _from_index(index: object) -> str:
    """Return the text of an inverted index, {word: [positions]}."""
    positioned = [
        (position, word)
        for word, positions in _items(index)
        if isinstance(positions, list)
        for position in positions
        if isinstance(position, int)
    ]
    words = " ".join(word for _, word in sorted(positioned))
    return without_markup(re.sub(r"^Abstract:?\s+", "", words))


def _links(**urls: list[str]) -> tuple[Link, ...]:
    """Return links of the kinds that the keywords name."""
    return tuple(
        Link(LinkKind(k), url) for k, addresses in urls.items() for url in addresses if url
    )


_S2_SCHEMES = {
    "ArXiv": "arxiv",
    "DOI": "doi",
    "ACL": "acl",
    "PubMed": "pmid",
    "PubMedCentral": "pmcid",
    "DBLP": "dblp",
}


def _semantic_scholar(record: JsonObject) -> Paper | None:
    """Read a paper of Semantic Scholar, where any field may be null or missing."""
    title = values.as_text(record.get("title"))
    if not title:
        return generic_paper(record)
    external = values.as_object(record.get("externalIds"))
    named = {own: values.as_text(external.get(theirs)) for theirs, own in _S2_SCHEMES.items()}
    pdf = values.as_text(values.as_object(record.get("openAccessPdf")).get("url"))
    journal = values.as_object(record.get("journal")).get("name")
    venue = values.as_object(record.get("publicationVenue")).get("name")
    fields = record.get("fieldsOfStudy") or [
        field.get("category") for field in values.objects(record.get("s2FieldsOfStudy"))
    ]
    return Paper(
        title,
        abstract=values.as_text(record.get("abstract")),
        authors=people(record.get("authors")),
        published=values.as_date(record.get("publicationDate"))
        or values.as_date(record.get("year")),
        venue=values.as_text(record.get("venue") or journal or venue),
        categories=tuple(dict.fromkeys(values.texts(fields))),
        links=_links(page=[values.as_text(record.get("url"))], pdf=[pdf]),
        identifiers=_named(**named, s2=values.as_text(record.get("paperId"))),
        summary=values.as_text(values.as_object(record.get("tldr")).get("text")),
        fields=biblatex_fields(record),
    )


def _is_dblp(record: JsonObject) -> bool:
    return "key" in record and "//dblp." in values.as_text(record.get("url"))


def _dblp(record: JsonObject) -> Paper | None:
    """Read a hit of DBLP's search; its `url` is the record at DBLP, `ee` that of the paper."""
    paper = generic_paper({k: v for k, v in record.items() if k != "url" or "ee" not in record})
    if paper is None:
        return None
    key = values.as_text(record.get("key"))
    return replace(
        paper,
        title=dblp.title_of(paper.title),
        kind=dblp.ENTRY_TYPES.get(values.as_text(record.get("type")), ""),
        identifiers={**paper.identifiers, "dblp": key},
        citation_key=dblp.citation_key(key),
    )


def _is_work(record: JsonObject) -> bool:
    return (
        "authorships" in record
        or "abstract_inverted_index" in record
        or values.as_text(record.get("id")).startswith("https://openalex.org/W")
    )


_SHAPES: tuple[tuple[Callable[[JsonObject], bool], Callable[[JsonObject], Paper | None]], ...] = (
    (lambda r: isinstance(r.get("identifiers"), dict) and isinstance(r.get("links"), list), _ours),
    (lambda r: "authors_parsed" in r or ("versions" in r and "categories" in r), _arxiv_snapshot),
    (_is_work, _openalex),
    (_is_dblp, _dblp),
    (is_csl, csl),
    (lambda r: "paperId" in r or "externalIds" in r, _semantic_scholar),
)
