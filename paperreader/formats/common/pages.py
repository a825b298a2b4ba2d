"""Pages as PubMed and its kin write them."""

import re

_RANGE = re.compile(r"(?<![\w-])([A-Za-z]{0,3})(\d{1,9})-([A-Za-z]{0,3})(\d{1,9})(?![\w-])")
# "e42692", "1042"; not the identifiers of publishers: "S1080-6032(22)00139-9".
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]{0,8}\d{1,8}|[A-Z]{2,8}")


def article_number(identifier: str) -> str:
    """Return a publisher's identifier if it can stand for pages, or ''."""
    return identifier if _ARTICLE_NUMBER.fullmatch(identifier) else ""


def whole_pages(pages: str) -> str:
    """Return page ranges with all digits of the last page: of "6913-7" that is 6917."""
    return _RANGE.sub(_whole, pages)


def _whole(match: re.Match[str]) -> str:
    prefix, first, last_prefix, last = match.groups()
    missing = len(first) - len(last)
    if missing > 0 and last_prefix in ("", prefix):
        last = first[:missing] + last
        last_prefix = prefix
    return f"{prefix}{first}-{last_prefix}{last}"
