"""The query language: from what was typed to a tree of values.

    attention is all            papers that hold all of the words
    "masked language model"     the words together, in this order
    mamba OR transformer        either; binds closer than a mere space, as in web search
    lora AND rank OR adapter    an explicit AND binds closest of all
    -survey   NOT survey        not this one
    title:(small models)        in one field; see FIELDS and SHORT_FORMS
    year:2019..2023 is:unread   conditions; see conditions.FILTERS
    transf*  ~transfromer       a beginning; a close spelling
    1706.03762  doi:10.1/x      one paper

No text is an error. What is half typed is read as what it will become, and what merely looks
like an operator inside a pasted title is text: a colon after a word, a hyphen in one, the
parentheses of SU(2).
"""

import re
from dataclasses import dataclass, field

from paperreader import text
from paperreader.query import filters
from paperreader.query.filters import FILTERS
from paperreader.query.tree import And, Field, Filter, Node, Not, Or, Phrase, Word

FIELDS = (*(str(part) for part in Field), *FILTERS)
SHORT_FORMS = {
    "t": "title",
    "ti": "title",
    "a": "author",
    "au": "author",
    "authors": "author",
    "ab": "abstract",
    "abs": "abstract",
    "c": "category",
    "cat": "category",
    "y": "year",
}

# Beyond these a text is no question any more. They bound time and recursion, here and wherever
# a tree is walked.
MAX_WORDS = 1000
MAX_DEPTH = 40
MAX_NOTICES = 5

_QUOTES = '"“”„«»'
_OPERATORS = ("AND", "OR", "NOT")
# Fields after whose colon a space may stand. The others are words of any sentence: "note: a …".
_SPACED = ("title", "abstract", "author", "category", "tag", "year")
# A text all in capitals that holds one of these is a sentence, and its OR is a word.
_OF_SENTENCES = frozenset("A AN ARE AS BY FOR FROM IN IS OF ON THE TO WHICH WITH".split())
# Addresses and identifiers hold colons too.
_ADDRESSES = ("http", "https", "ftp")
_IDENTIFIERS = ("arxiv", "doi", "acl", "openreview", "id", "pmid", "isbn")

_GAP = re.compile(r"[\s,;|\[\]]+")
_JUNK = re.compile(rf"[^\w\s\\{{$()~<>{_QUOTES}-]+")
_CHUNK = re.compile(rf'(?:[^\s()\[\],;|{_QUOTES}]|(?<=\d),(?=\d)|(?<=\\)")+')
_QUOTED = re.compile(rf'(?:(?<=\\)"|[^{_QUOTES}])*')
_EDGE = re.compile(r"[^\w+#}$]+$")
_LABEL = re.compile(r"([A-Za-z]+):(?!:)")
_GLUED = re.compile(r'[\w"“„«(~\\$<>={*-]')
# A letter or two with parentheses stuck to them is a symbol: SU(2), O(n log n).
_SYMBOL = re.compile(
    rf"(?!OR\()\\?[A-Za-z]{{1,2}}\((?:[^(){_QUOTES}]|\([^(){_QUOTES}]{{0,30}}\)){{1,30}}(?:\)|$)"
)
_NAMED = re.compile(
    rf"(?:(arxiv|doi|acl|openreview|id):\s*)?([^\s,;|\[\]{_QUOTES}]{{1,256}})", re.IGNORECASE
)
_SPACED_BOUND = re.compile(r"[<>=]+\s+\d+")
_BARE_YEARS = re.compile(r"\d{4}\.\.(?:\d{4})?|[<>]=?\d{4}")


def read(typed: str, *, typing: bool = False) -> tuple[Node | None, tuple[str, ...]]:
    """Return the tree that `typed` stands for, None where it asks nothing, and the notices."""
    return _Reader(typed, typing=typing).read()


@dataclass
class _Group:
    """What has been read between two parentheses, or of the whole text.

    `rows` are joined by AND, the chains of a row by OR, the nodes of a chain by AND again:
    the three strengths of joining.
    """

    within: str = ""
    negated: bool = False
    rows: list[list[list[Node]]] = field(default_factory=list)
    operator: str = ""
    negate: bool = False
    label: str = ""

    def add(self, node: Node | None) -> None:
        """Join `node` to what stands before it by the operator that was read between them."""
        if node is not None:
            node = _negation(node) if self.negate else node
            if self.operator == "AND" and self.rows:
                self.rows[-1][-1].append(node)
            elif self.operator == "OR" and self.rows:
                self.rows[-1].append([node])
            else:
                self.rows.append([[node]])
            self.operator = ""
        self.negate = False
        self.label = ""

    def node(self) -> Node | None:
        """Return the group as one node."""
        rows = [_joined(Or, [_joined(And, chain) for chain in row]) for row in self.rows]
        return _papers_united(_joined(And, rows)) if rows else None


class _Reader:
    """One pass over the text, a piece at a time; `groups` are the open parentheses."""

    def __init__(self, typed: str, *, typing: bool) -> None:
        self.text = text.clean(typed)
        self.typing = typing
        self.at = 0
        self.groups = [_Group()]
        self.too_deep = 0
        self.close = False
        self.words = 0
        self.notices: dict[str, None] = {}
        shouted = self.text.isupper() and not _OF_SENTENCES.isdisjoint(self.text.split())
        self.operators = () if shouted else _OPERATORS

    def read(self) -> tuple[Node | None, tuple[str, ...]]:
        while self.at < len(self.text):
            if self.words >= MAX_WORDS:
                self.notices[f"only the first {MAX_WORDS:,} words were read"] = None
                break
            self._step()
        while len(self.groups) > 1:
            self._close_group()
        return self.groups[0].node(), tuple(self.notices)[:MAX_NOTICES]

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    @property
    def within(self) -> str:
        """The field in which the next word is sought; empty: anywhere."""
        return self.group.label or self.group.within

    def _step(self) -> None:
        """Read one piece; always moves on."""
        char = self.text[self.at]
        if gap := _GAP.match(self.text, self.at):
            self.at = gap.end()
        elif self.within in FILTERS and char not in "()" + _QUOTES:
            self._chunk()
        elif junk := _JUNK.match(self.text, self.at):
            self.at = junk.end()
        elif char == "(":
            self._open_group()
        elif char == ")":
            self._close_group()
        elif char in _QUOTES:
            self._phrase()
        elif char in "-~":
            self._sign(char)
        elif not (self._identifier() or self._label() or self._symbol()):
            self._chunk()

    def _open_group(self) -> None:
        self.at += 1
        if len(self.groups) > MAX_DEPTH:
            self.too_deep += 1
            return
        self.groups.append(_Group(within=self.within, negated=self._negated()))
        self.close = False

    def _close_group(self) -> None:
        self.at += 1
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.groups) > 1:
            node = self.groups.pop().node()
            self.group.add(node)

    def _phrase(self) -> None:
        start, quote = self.at, self.text[self.at]
        match = _QUOTED.match(self.text, start + 1)
        end = match.end() if match else start + 1
        glued = start > 0 and self.text[start - 1].isalnum()
        if glued or (quote in "”»" and end == len(self.text)):
            self.at += 1  # an inch, or the end of a quotation that was cut
            return
        self.at = end + 1
        self._add(self.text[start + 1 : end], phrase=True, begun=self._begun_at(end))

    def _sign(self, char: str) -> None:
        """Read a minus or a tilde, which mean something only where they begin a word."""
        before = self.text[self.at - 1] if self.at else " "
        after = self.text[self.at + 1 : self.at + 2]
        begins = before in "(:-~" or not before.isalnum()
        if char == "~":
            self.close = True
        elif begins and before not in "-)" and after not in ("", "-") and not after.isspace():
            self.group.negate = True
        self.at += 1

    def _identifier(self) -> bool:
        match = None if self.within else _NAMED.match(self.text, self.at)
        if not match or not any(c.isdigit() for c in match[2]):
            return False
        told = match[2].rstrip(".:!?(")
        while told.endswith(")") and told.count(")") > told.count("("):
            told = told[:-1].rstrip(".:!?(")
        end = match.start(2) + len(told)
        key = filters.key((match[1] or "").lower(), told, begun=self._begun_at(end))
        if key:
            self.at = end
            self._take(Filter("id", key))
        return bool(key)

    def _label(self) -> bool:
        """Read `name:` where it is a field, or is meant as one; say so where there is none."""
        match = _LABEL.match(self.text, self.at)
        if not match:
            return False
        name, after = match[1], self.text[match.end() : match.end() + 1]
        glued = _GLUED.match(after) is not None
        known = SHORT_FORMS.get(name) or (name.lower() if name.lower() in FIELDS else "")
        if known:
            if after.isspace() and (name != known or name not in _SPACED):
                return False
            self.group.label = known
        elif name.lower() in _ADDRESSES or not self._unknown(name, glued=glued):
            return False
        self.at = match.end()
        return True

    def _unknown(self, name: str, *, glued: bool) -> bool:
        """Say that there is no such field; return whether the name itself has been dealt with.

        A name that is nearly a field's is a slip and not sought itself. Otherwise only small
        letters with a value stuck to them are taken for a field; `Attention: a survey` is text.
        """
        if name.lower() in _IDENTIFIERS:
            return glued
        from difflib import get_close_matches  # rarely needed

        nearest = get_close_matches(name.lower(), FIELDS, 1, 0.75)
        if nearest and (glued or name.islower()):
            self._say(f"no field '{name}'; did you mean {nearest[0]}:?")
        elif glued and name.islower() and len(name) > 1:
            self._say(f"no field '{name}'; its words are sought everywhere")
        if glued and not nearest:
            self._add(name)
        return glued

    def _symbol(self) -> bool:
        match = _SYMBOL.match(self.text, self.at)
        if not match:
            return False
        self.at = match.end()
        self._add(match[0], phrase=True, begun=self._begun_at(self.at) and match[0][-1] != ")")
        return True

    def _chunk(self) -> None:
        spaced = _SPACED_BOUND.match(self.text, self.at) if self.within == "year" else None
        match = spaced or _CHUNK.match(self.text, self.at)
        if not match:
            self.at += 1
            return
        self.at = match.end()
        told = match[0]
        if told in self.operators:
            self._operator(told)
        else:
            self._add(told, begun=self._begun_at(self.at))

    def _operator(self, told: str) -> None:
        group = self.group
        group.label = ""
        if told == "NOT":
            group.negate = not group.negate
        else:
            group.operator, group.negate = told, False

    def _add(self, told: str, *, phrase: bool = False, begun: bool = False) -> None:
        """Add a word, a phrase or a condition, by the field that stands before it."""
        within = self.within
        if within in FILTERS:
            self._take(self._filter(within, told, begun=begun))
            return
        star = told.rstrip().endswith("*") and not self.close
        bare = " ".join(told.split()).rstrip("*\\ ") if phrase else _EDGE.sub("", told)
        part = Field(within) if within else None
        if not any(c.isalnum() for c in bare):
            self._take(None)
        elif phrase:
            self._take(Phrase(bare, part, star or begun))
        elif not within and (key := filters.key("", bare + "*" * star, begun=begun)):
            self._take(Filter("id", key))
        elif not within and _BARE_YEARS.fullmatch(bare):
            self._take(self._filter("year", bare, begun=begun))
        else:
            bare = bare.lower() if bare in _OPERATORS else bare
            self._take(Word(bare, part, (star or begun) and not self.close, self.close))

    def _take(self, node: Node | None) -> None:
        self.words += 1
        self.close = False
        self.group.add(node)

    def _filter(self, name: str, told: str, *, begun: bool) -> Filter | None:
        condition, notice = filters.read(name, told, begun=begun)
        if notice:
            self._say(notice)
        return condition

    def _say(self, notice: str) -> None:
        self.notices[notice] = None

    def _negated(self) -> bool:
        return self.group.negate or any(group.negated for group in self.groups)

    def _begun_at(self, end: int) -> bool:
        return end == len(self.text) and self._begun(self.text[-1])

    def _begun(self, last: str) -> bool:
        """Whether the word that ends the text is still being typed.

        What is excluded counts only when it is whole: `-t` must not hide every word with a t.
        """
        return self.typing and not self._negated() and not last.isspace() and last not in ",;:!?"


def _joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node:
    """Return the nodes as one, without groups of the same kind inside."""
    if len(nodes) == 1:
        return nodes[0]
    flat: list[Node] = []
    for node in nodes:
        flat += node.parts if isinstance(node, kind) else (node,)
    return kind(tuple(flat))


def _papers_united(node: Node) -> Node:
    """Read several identifiers side by side as a list of papers, since no paper is two."""
    parts = node.parts if isinstance(node, And) else ()
    papers: list[Node] = [n for n in parts if isinstance(n, Filter) and n.name == "id"]
    if len(papers) < 2:
        return node
    return _joined(And, [_joined(Or, papers), *(part for part in parts if part not in papers)])


def _negation(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)
