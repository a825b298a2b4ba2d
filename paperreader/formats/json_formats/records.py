"""JSON objects as papers: one small function for each shape in which sources write a record."""

import re
from collections.abc import Callable, Iterator

from paperreader.formats.base import Heading
from paperreader.formats.common import values
from paperreader.formats.common.arxiv_text import arxiv_paragraphs
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.people import people
from paperreader.formats.json_formats.csl import csl, is_csl
from paperreader.formats.json_formats.generic import fields_of, usual
from paperreader.papers import codec
from paperreader.papers.identifiers import arxiv_id, identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

JsonObject = dict[str, object]

# Where sources put their lists of papers, and what they wrap a single paper in.
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
    """Yield the papers in a decoded JSON value, headings for what belongs to one, and the rest.

    Lists and the usual wrappers are opened, a few levels deep.
    """
    pending: list[tuple[object, int]] = [(value, 0)]
    while pending:
        found, depth = pending.pop()
        if isinstance(found, list) and depth < _DEPTH:
            pending.extend((part, depth + 1) for part in reversed(found))
        elif isinstance(found, dict):
            if part := _part_of_paper(found):
                yield part
                continue
            paper = paper_of(found)
            # An identifier outside may be that of what the wrapper holds.
            is_whole = paper is not None and not paper.pending
            inner = None if is_whole or depth == _DEPTH else _inner(found)
            if inner is None:
                yield paper or found
            else:
                pending.append((inner, depth + 1))
        else:
            yield {"": found}


def _part_of_paper(item: JsonObject) -> Heading | None:
    """Return a heading for an item of Zotero that is a file or a note of another item."""
    data = values.as_object(item.get("data")) or item
    kind = values.as_text(data.get("itemType"))
    if kind not in ("attachment", "note", "annotation"):
        return None
    return Heading(kind, values.as_text(data.get("title") or data.get("note")))


def _inner(wrapper: JsonObject) -> object:
    """Return what a wrapper holds, or None where the object is no wrapper."""
    for key in _LISTS:
        if isinstance(wrapper.get(key), list):
            return wrapper[key]
    for key in (*_ENVELOPES, *_LISTS):
        if isinstance(inner := wrapper.get(key), dict):
            # OpenReview and DataCite keep the id outside, CORD-19 the abstract.
            named = {key: wrapper[key] for key in ("id", "forum", "abstract") if key in wrapper}
            return named | inner
    return None


def paper_of(record: JsonObject) -> Paper | None:
    """Return the paper that the object tells of, or None where it tells of none."""
    for is_it, shape in _SHAPES:
        if is_it(record):
            return shape(record)
    return usual(record)


def _ours(record: JsonObject) -> Paper | None:
    """Read the shape that paperreader itself writes: every field under its own name."""
    try:
        paper = codec.from_object(record)
    except codec.WrongType:
        return None
    return paper if paper.title or paper.identifiers or paper.links else None


def _items(value: object) -> Iterator[tuple[str, object]]:
    yield from values.as_object(value).items()


def _arxiv_snapshot(record: JsonObject) -> Paper:
    """Read the metadata snapshot that arXiv publishes, one object a line."""
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
    return {scheme: told for scheme, told in identifiers.items() if told}


def _openalex(record: JsonObject) -> Paper | None:
    """Read a work of OpenAlex; its abstract is an index of positions."""
    title = record.get("title") or record.get("display_name")
    if not title:
        return None
    ids = values.as_object(record.get("ids"))
    place = values.as_object(record.get("primary_location")) or values.as_object(
        record.get("host_venue")
    )
    locations = [place, *values.objects(record.get("locations"))]
    urls = [values.as_text(where.get("landing_page_url")) for where in locations]
    pdfs = [values.as_text(where.get("pdf_url")) for where in locations]
    pdfs.append(values.as_text(values.as_object(record.get("best_oa_location")).get("pdf_url")))
    named = {k: v for url in (*urls, *pdfs) for k, v in identifiers_in(url).items() if k != "doi"}
    named |= _named(
        openalex=_tail(record.get("id") or ids.get("openalex")),
        doi=values.as_text(record.get("doi") or ids.get("doi")),
        pmid=_tail(ids.get("pmid")),
        pmcid=_tail(ids.get("pmcid")),
    )
    source = values.as_object(place.get("source")) or place
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
        fields=fields_of(record),
    )


# The types of OpenAlex in the words of biblatex.
_KINDS = {
    "article": "article", "book": "book", "book-chapter": "incollection", "dissertation": "thesis",
    "dataset": "dataset", "report": "report", "proceedings-article": "inproceedings",
}  # fmt: skip


def _keywords(found: object) -> list[object]:
    return [word.get("display_name") or word.get("keyword") for word in values.objects(found)]


def _tail(url: object) -> str:
    return values.as_text(url).rstrip("/").rpartition("/")[2]


def _from_index(index: object) -> str:
    """Return the text of an inverted index, {word: [positions]}."""
    places = [
        (place, word)
        for word, found in _items(index)
        if isinstance(found, list)
        for place in found
        if isinstance(place, int)
    ]
    words = " ".join(word for _, word in sorted(places))
    return without_markup(re.sub(r"^Abstract:?\s+", "", words))


def _links(**urls: list[str]) -> tuple[Link, ...]:
    """Return the addresses, each once, of the kinds that the names say."""
    return tuple(Link(LinkKind(k), url) for k, found in urls.items() for url in found if url)


_S2_SCHEMES = {
    "ArXiv": "arxiv",
    "DOI": "doi",
    "ACL": "acl",
    "PubMed": "pmid",
    "PubMedCentral": "pmcid",
    "DBLP": "dblp",
}


def _semantic_scholar(record: JsonObject) -> Paper | None:
    """Read a paper of Semantic Scholar, where every field may be null or left out."""
    title = values.as_text(record.get("title"))
    if not title:
        return usual(record)
    told = values.as_object(record.get("externalIds"))
    named = {own: values.as_text(told.get(theirs)) for theirs, own in _S2_SCHEMES.items()}
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
        fields=fields_of(record),
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
    (is_csl, csl),
    (lambda r: "paperId" in r or "externalIds" in r, _semantic_scholar),
)
