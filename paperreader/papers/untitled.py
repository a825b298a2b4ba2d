"""Papers without a title: what they are called until one is found."""

import re
from collections.abc import Mapping
from dataclasses import replace

from paperreader.papers.paper import Paper
from paperreader.papers.schemes import STRONG_SCHEMES

# The fields that name where or by whom a work appeared, if it has no venue.
_PUBLISHERS = ("publisher", "organization", "institution", "school", "howpublished", "type")
_LONGEST = 200


def stand_in(paper: Paper) -> str:
    """Return the name of a paper without a title, or '' if nothing is known that can be cited.

    It is the strongest identifier, else where the paper appeared, "Phys. Rev. Lett. 77, 3865
    (1996)", else a note or an address.
    """
    address = next((link.url for link in paper.links), "")
    names = (name_by_identifier(paper.identifiers), _where(paper), paper.comment, address)
    lines = (" ".join(name.split()) for name in names)
    return next(filter(None, lines), "")[:_LONGEST]


def named(paper: Paper) -> Paper | None:
    """Return the paper, if it has no title under its stand-in, or None if there is none."""
    if paper.title:
        return paper
    name = stand_in(paper)
    return replace(paper, title=name, pending=True) if name else None


def is_untitled(paper: Paper) -> bool:
    """Whether the title of a paper is one that it is only called by."""
    return paper.pending and paper.title == stand_in(paper)


def name_by_identifier(identifiers: Mapping[str, str]) -> str:
    """Return the strongest identifier as the name of a paper without a title, or ''."""
    scheme = next((scheme for scheme in STRONG_SCHEMES if scheme in identifiers), "")
    value = identifiers.get(scheme, "")
    return f"{scheme.upper()} {value}" if value.isdigit() else value


def _where(paper: Paper) -> str:
    fields = paper.fields
    place = paper.venue or next((fields[name] for name in _PUBLISHERS if name in fields), "")
    if not place:
        return ""
    first_page = re.split(r"[-–—,]", fields.get("pages", ""))[0]
    numbers = fields.get("volume", "") or fields.get("number", "")
    # "ISO" and "ISO 690" are said once.
    volume = numbers if numbers.startswith(place) else f"{place} {numbers}".strip()
    name = ", ".join(filter(None, [volume, first_page]))
    return f"{name} ({paper.year})" if paper.year else name
