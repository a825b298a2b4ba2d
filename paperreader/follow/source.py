"""Source: something that can be followed, as a value with a name."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from paperreader.errors import PaperreaderError
from paperreader.text import is_web_address, line

_ARCHIVES = frozenset(
    """
    astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex
    nucl-th physics q-bio q-fin quant-ph stat
    """.split()
)
# Subjects of these archives are upper case (cs.CL); others are lower case (cond-mat.str-el).
_CAPITALS = frozenset({"astro-ph", "cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"})
_WITHOUT_SUBJECTS = frozenset(
    "gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph".split()
)
_CATEGORY = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:\.([a-z]{2}|[a-z]+(?:-[a-z]+)*))?", re.IGNORECASE)
_FIELD = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):")

_KNOWN = (
    "arxiv:cs.CL, arxiv:'cat:cs.LG AND all:diffusion', hf:daily, hf:trending, "
    "'author:Full Name', or an http or https address"
)


class SourceKind(StrEnum):
    """The service to ask, and what for."""

    ARXIV = "arxiv"
    DAILY = "hf:daily"
    TRENDING = "hf:trending"
    HUGGINGFACE = "hf"
    ADDRESS = "address"


class NoSuchSource(PaperreaderError):
    """A name of something that cannot be followed, or is not followed."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be followed.

    `name` is what the person calls it, in its one spelling. `query` is a query of the arXiv API,
    the words of a Hugging Face search, or an address; empty for the lists of Hugging Face.
    """

    name: str
    kind: SourceKind
    query: str = ""

    @classmethod
    def parse(cls, written: str) -> Self:
        """Return the source that `written` names; raises `NoSuchSource`."""
        text = line(written)
        scheme, colon, rest = text.partition(":")
        rest = rest.strip()
        match scheme.lower():
            case "http" | "https":
                if not is_web_address(text) or not rest.strip("/"):
                    raise NoSuchSource(f"{text[:200]} is not a whole web address; check it.")
                return cls(text, SourceKind.ADDRESS, text)
            case "arxiv" if colon and rest:
                return cls._arxiv(rest)
            case "author" | "au" if colon and rest:
                name = _unquoted(rest)
                return cls(f"author:{name}", SourceKind.ARXIV, f'au:"{name}"')
            case "hf" | "huggingface" if colon and rest:
                return cls._huggingface(rest)
        raise NoSuchSource(f"{text[:200]!r} cannot be followed; there are {_KNOWN}.")

    @classmethod
    def _arxiv(cls, text: str) -> Self:
        names = re.split(r"[+,]", text)
        categories = [_category(name.strip()) for name in names]
        if all(categories):
            query = " OR ".join(f"cat:{category}" for category in categories)
            written = "+".join(category.removesuffix(".*") for category in categories)
            return cls(f"arxiv:{written}", SourceKind.ARXIV, query)
        if _FIELD.search(text):
            return cls(f"arxiv:{text}", SourceKind.ARXIV, text)
        if re.fullmatch(r"[a-z-]+\.[a-z-]+", text, re.IGNORECASE):
            raise NoSuchSource(
                f"arXiv has no category {text!r}; its archives are {', '.join(sorted(_ARCHIVES))}."
            )
        words = _unquoted(text)
        return cls(f"arxiv:{words}", SourceKind.ARXIV, f'all:"{words}"')

    @classmethod
    def _huggingface(cls, text: str) -> Self:
        match text.lower():
            case "daily" | "papers":
                return cls("hf:daily", SourceKind.DAILY)
            case "trending":
                return cls("hf:trending", SourceKind.TRENDING)
        words = _unquoted(text)
        return cls(f"hf:{words}", SourceKind.HUGGINGFACE, words)


def _category(text: str) -> str:
    """Return `text` as a category in the syntax of arXiv's search, or "" if it is not one."""
    match = _CATEGORY.fullmatch(text)
    if match is None or match[1].lower() not in _ARCHIVES:
        return ""
    archive, subject = match[1].lower(), match[2] or ""
    if archive in _WITHOUT_SUBJECTS:
        return "" if subject else archive
    if not subject:
        return f"{archive}.*"
    return f"{archive}.{subject.upper() if archive in _CAPITALS else subject.lower()}"


def _unquoted(text: str) -> str:
    """Return `text` without double quotes, which would end a phrase."""
    return " ".join(text.replace('"', " ").split())
