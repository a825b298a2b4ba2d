"""The fields of a JSON object, under names without case and punctuation."""

from collections.abc import Mapping
from functools import lru_cache

from paperreader.formats.common import values
from paperreader.formats.common.dates import date_of, finest
from paperreader.formats.json_formats import field_names

Fields = dict[str, object]

_APPEARANCE = frozenset(
    """journal journaltitle year dateofpublication firstpage lastpage pagestart pageend""".split()
).union(field_names.FIELDS)


def fields_of(record: Mapping[str, object]) -> Fields:
    """Return the fields of `record` that have a value, under their plain names."""
    return {plain_name(key): value for key, value in record.items() if value}


def with_appearance(fields: Fields) -> Fields:
    """Return the fields with those of the inner object that says where the paper appeared."""
    for key in field_names.APPEARANCES:
        for inner in values.objects(fields.get(key))[:1]:
            taken = {name: value for name, value in fields_of(inner).items() if name in _APPEARANCE}
            fields = taken | fields
    return fields


@lru_cache(maxsize=4096)
def plain_name(key: str) -> str:
    """Return a key without namespace, case and punctuation: "dc:Paper_Title" is papertitle."""
    return "".join(filter(str.isalnum, key.rpartition(":")[2])).lower()


def first_text(fields: Fields, keys: tuple[str, ...]) -> str:
    """Return the text of the first key that has any, or ''."""
    for key in keys:
        if key in fields and (text := _text_in(fields[key])):
            return text
    return ""


def _text_in(value: object) -> str:
    if text := values.as_text(value):
        return text
    # [{"abstractText": …}], {"journal": {"title": …}}: one level deeper.
    for part in values.objects(value):
        inner = {plain_name(key): inside for key, inside in part.items()}
        for key in ("title", "name", "description", "abstract", "abstracttext", "journal"):
            if text := values.as_text(inner.get(key)):
                return text
    return ""


def first_count(fields: Fields, keys: tuple[str, ...]) -> int | None:
    """Return the first count under one of the keys, or None."""
    return next((n for key in keys if (n := values.as_count(fields.get(key))) is not None), None)


def first_date(fields: Fields, keys: tuple[str, ...]) -> str:
    """Return the first date under one of the keys, as ISO 8601, or ''.

    It is as precise as any of the others says it, or a month and a day of their own.
    """
    date = finest(values.as_date(fields[key]) for key in keys if key in fields)
    if len(date) != 4:
        return date
    return date_of(date, *(values.as_text(fields.get(part)) for part in ("month", "day")))


def first_texts(fields: Fields, keys: tuple[str, ...], separators: str) -> tuple[str, ...]:
    """Return the texts of the first key that has any."""
    lists = (values.texts(fields[key], separators) for key in keys if key in fields)
    return next(filter(None, lists), ())


def urls_in(fields: Fields, keys: tuple[str, ...]) -> list[str]:
    """Return the web addresses under all of the keys, each once."""
    urls: list[str] = []
    for key in keys:
        if key in fields:
            value = fields[key]
            parts = value if isinstance(value, list) else [value]
            urls += filter(None, map(_url, parts))
    return list(dict.fromkeys(urls))


def _url(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("url") or value.get("href") or value.get("value")
    url = values.as_text(value).strip()
    if url.lower().startswith(("www.", "arxiv.org/", "doi.org/", "github.com/")):
        url = f"https://{url}"
    return url if url.lower().startswith(("http://", "https://")) else ""
