"""The identifiers among the fields of a JSON object."""

import re

from paperreader.formats.common import values
from paperreader.formats.common.notes import own_in
from paperreader.formats.json_formats.field_names import ID_LISTS, SCHEMES
from paperreader.formats.json_formats.fields import Fields, first_text, plain_name
from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in

_ACL_ID = re.compile(r"\d{4}\.[a-z][\w-]*\.\d{1,4}|[A-Z]\d{2}-\d{4}")


def all_identifiers(fields: Fields, urls: list[str]) -> dict[str, str]:
    """Return all identifiers: the named ones, then those of addresses, id and notes."""
    named = named_identifiers(fields)
    for url in urls:
        for scheme, identifier in identifiers_in(url).items():
            named.setdefault(scheme, identifier)
    if isinstance(identity := fields.get("id"), str):
        scheme, identifier = _scheme_and_identifier(identity.strip())
        if scheme:
            named.setdefault(scheme, identifier)
    for scheme, identifier in own_in(values.as_text(fields.get("extra"))).items():
        named.setdefault(scheme, identifier)
    return named


def named_identifiers(fields: Fields) -> dict[str, str]:
    """Return the identifiers under their own key, or in a list of identifiers."""
    named: dict[str, str] = {}
    # Data sets of Semantic Scholar keep their ids in an object.
    external = values.as_object(fields.get("externalids"))
    fields = {plain_name(key): value for key, value in external.items()} | fields
    for scheme, keys in SCHEMES.items():
        if identifier := first_text(fields, keys):
            named[scheme] = identifier
    for key in ID_LISTS:
        listed = fields.get(key)
        for part in listed if isinstance(listed, list) else ():
            scheme, identifier = _listed_identifier(part)
            if scheme:
                named.setdefault(scheme, identifier)
    if "arxiv" in named and not arxiv_id(named["arxiv"]):
        named |= identifiers_in(named.pop("arxiv"))
    return named


def _listed_identifier(part: object) -> tuple[str, str]:
    """Return scheme and identifier of a list's item: "arXiv:…", or {"type": …, "value": …}."""
    if isinstance(part, str):
        return _scheme_and_identifier(part.strip())
    inner = {plain_name(key): value for key, value in values.as_object(part).items()}
    kind = plain_name(first_text(inner, ("idtype", "type", "scheme", "identifiertype", "schema")))
    scheme = next((scheme for scheme, keys in SCHEMES.items() if kind in keys), "")
    value = first_text(inner, ("value", "identifier", "id"))
    return (scheme, value) if scheme and value else ("", "")


def _scheme_and_identifier(text: str) -> tuple[str, str]:
    """Return the scheme and the identifier of an "id" whose form shows its scheme."""
    if identifier := arxiv_id(text):
        return "arxiv", identifier
    if identifier := doi(text):
        return "doi", identifier
    if _ACL_ID.fullmatch(text):
        return "acl", text
    return next(iter(identifiers_in(text).items()), ("", ""))
