"""Queries that might have been meant: with mended words, or a filter that words stand for."""

import re
from collections.abc import Callable
from dataclasses import replace

from paperreader.errors import CancelToken
from paperreader.library.indexer import Indexer
from paperreader.library.results import Found
from paperreader.library.row_sets import RowSets
from paperreader.query.query import Query, all_of
from paperreader.query.request import Request, Sort
from paperreader.query.tree import And, Filter, Node, only_words

# With fewer full matches than this, misspelt words are looked for; in a text of more words than
# `_SENTENCE`, which hardly any paper has as a whole, they are not.
_FEW = 3
_MUCH_MORE = 10
_SENTENCE = 12
_CATEGORY = re.compile(r"[a-z]{2,8}-[a-z]{2,5}|[a-z]{2,8}(?:-[a-z]{2,5})?\.[A-Za-z-]{2,20}")
_WITH_YEAR = re.compile(r"(?=[^\d:]{2,60}\d{4}$)([^\W\d].*?)[ -]?((?:19|20)\d\d)")


class Suggestions:
    """Suggests another query where hardly anything was found, or a filter was typed as words."""

    def __init__(
        self,
        indexing: Indexer,
        sets: RowSets,
        full: Callable[[Node | None, Request, CancelToken], int],
    ) -> None:
        """Mend words with the index that `indexing` keeps; know filters from `sets`.

        `full` returns how many papers hold all that a tree asks for.
        """
        self._indexing = indexing
        self._sets = sets
        self._full = full

    def of(self, request: Request, found: Found, cancel: CancelToken) -> str | None:
        """Return a query that finds more than `request` did, with its words mended, or None."""
        query = Query.parse(request.text, typing=request.typing)
        text = request.text.strip()
        is_category = _CATEGORY.fullmatch(text)
        if is_category and (name := self._condition("category", text)):
            return name
        if (of_year := _WITH_YEAR.fullmatch(text)) and (name := self._venue(*of_year.groups())):
            return name
        if found.full >= _FEW or query.tree is None or len(request.text.split()) > _SENTENCE:
            return None
        if only_words(query.tree) and (name := self._condition("tag", request.text)):
            return name
        tree = query.tree
        texts = self._indexing.ask(lambda s: s.mended(request.text, tree, cancel))
        least, best = found.full, None
        for text in texts:
            mended = all_of([Query.parse(part) for part in (text, *request.chips)])
            other = replace(request, text=text, typing=False, sort=Sort())
            if (full := self._full(mended, other, cancel)) > least:
                # A less likely text has to find much more.
                least, best = full * _MUCH_MORE, text
        return best

    def _condition(self, name: str, text: str) -> str | None:
        """Return the condition that a category or a tag typed as words stands for, if any has it.

        Neither is among the words of a paper.
        """
        condition = Filter(name, text.strip())
        return str(condition) if len(self._sets.rows(condition)) else None

    def _venue(self, venue: str, year: str) -> str | None:
        """Return the condition that a venue with its year stands for, NeurIPS 2023, if any has it.

        Its papers are those in it; words find those that mention it too.
        """
        ways: list[tuple[Filter, ...]] = [
            (Filter("category", f"{venue}{year}"),),
            (Filter("venue", f"{venue} {year}"),),
        ]
        if self._sets.has_value("venue", venue):
            ways.append((Filter("venue", venue), Filter("year", f"{year}..{year}")))
        for conditions in ways:
            if self._sets.matching(And(conditions)).any():
                return " ".join(map(str, conditions)).replace(f"{year}..{year}", year)
        return None
