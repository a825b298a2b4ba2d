"""The state of the parser: how far a text was read, and what was read."""

from itertools import islice

from paperreader import text
from paperreader.query import filters, foreign, tokens
from paperreader.query.filters import FILTERS
from paperreader.query.groups import Group
from paperreader.query.text_field import Field
from paperreader.query.tree import Filter, Node, Phrase, Word

# Beyond these a text is no question any more. They bound time and recursion, here and wherever
# a tree is walked.
MAX_LETTERS = 20_000
MAX_WORDS = 1000
MAX_PHRASE = 64
MAX_DEPTH = 40
MAX_NOTICES = 5

OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "NOT", "ANDNOT": "NOT"}
# A text all in capitals that holds one of these is a sentence, and its OR is a word.
_OF_SENTENCES = frozenset("A AN ARE AS BY FOR FROM IN IS OF ON THE TO WHICH WITH".split())


class ParserState:
    """A text that is being read: `at` is the next character, `groups` the open parentheses.

    `close`: of the next word a close spelling is meant. `operators` are the words that join, by
    what they mean. `words` counts the parts that were taken. `left_out` is
    the name of a condition that has no meaning here, if there was one.
    """

    def __init__(self, typed: str, *, typing: bool, as_text: bool) -> None:
        """Begin to read what was `typed`."""
        self.notices: dict[str, None] = {}
        if len(typed) > MAX_LETTERS:
            typed = typed[:MAX_LETTERS]
            self.say(f"too long; only the first {MAX_LETTERS:,} letters were read")
        self.text = text.clean(typed)
        self.typing = typing
        self.as_text = as_text
        self.at = 0
        self.groups = [Group()]
        self.too_deep = 0
        self.close = False
        self.words = 0
        self.left_out = ""
        shouted = self.text.isupper() and not _OF_SENTENCES.isdisjoint(self.text.split())
        self.operators = {} if shouted or as_text else OPERATORS

    @property
    def group(self) -> Group:
        """The innermost group that is open."""
        return self.groups[-1]

    @property
    def within(self) -> str:
        """The field of the next word; empty: anywhere."""
        return self.group.label or self.group.within

    @property
    def before(self) -> str:
        """The character before this one; a space at the start."""
        return self.text[self.at - 1] if self.at else " "

    @property
    def after(self) -> str:
        """The character after this one; a space at the end."""
        return self.text[self.at + 1 : self.at + 2] or " "

    def open_group(self) -> None:
        """Begin a group at this parenthesis; beyond `MAX_DEPTH` it means nothing."""
        self.at += 1
        if len(self.groups) > MAX_DEPTH:
            self.too_deep += 1
            return
        self.groups.append(Group(within=self.within, negated=self.negated()))
        self.close = False

    def close_group(self) -> None:
        """End the innermost group."""
        self.at += 1
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.groups) > 1:
            node = self.groups.pop().node()
            self.group.add(node)

    def say(self, notice: str) -> None:
        """Give the person a notice, once."""
        self.notices[notice] = None

    def negated(self) -> bool:
        """Whether the next part is excluded, by itself or by a group around it."""
        return self.group.negate or any(group.negated for group in self.groups)

    def begun_at(self, end: int) -> bool:
        """Whether the word that ends at `end` is the last one and is still being typed.

        What is excluded counts only when it is whole: `-t` must not hide every word with a t.
        """
        if not self.typing or end != len(self.text) or self.negated():
            return False
        return not self.text[-1].isspace() and self.text[-1] not in ",;:!?"

    def take(self, node: Node | None, *, negatable: bool = True) -> None:
        """Take a part of the query, if there is one; `negatable`: as it is excluded or not."""
        self.words += 1
        self.close = False
        self.group.add(node, negatable=negatable)

    def take_filter(self, chunk: str, *, begun: bool | None = None) -> None:
        """Take a condition; one that cannot be read holds for nothing, even where it is negated."""
        begun = self.begun_at(self.at) if begun is None else begun
        condition, notice = filters.read(self.within, chunk, begun=begun)
        if notice:
            self.say(notice)
        if notice and condition and self.group.negated:
            self.groups[0].rows.insert(0, [[condition]])  # out of what is excluded
            condition = None
        self.take(condition, negatable=not notice)

    def add(self, chunk: str, *, phrase: bool = False, begun: bool = False) -> None:
        """Add a word, a phrase or a condition, by the field that stands before it."""
        if self.group.label == "pmid":  # 31452104[pmid]
            self.group.label = ""
            if key := filters.key("pmid", chunk.strip(), begun=begun):
                self.take(Filter("id", key))
                return
        within = self.within
        if within in FILTERS:
            self.take_filter(chunk, begun=begun)
            return
        star = tokens.ends_in_star(chunk) and not self.close
        chunk = self._cut(chunk)
        bare = chunk.rstrip("*\\ ") if phrase else tokens.stripped(chunk)
        part = Field(within) if within and within != "all" else None
        if not any(c.isalnum() for c in bare):
            self.take(filters.any_value(within) if part and chunk == "*" else None)
        elif phrase or (part is Field.AUTHOR and "_" in bare):  # arXiv, DBLP: au:del_maestro
            bare = bare if phrase else bare.replace("_", " ").strip()
            prefix = star or begun
            bare = bare.lower() if prefix and len(bare) == 1 else bare
            self.take(Phrase(bare, part, prefix))
        elif not within and (key := filters.key("", bare + "*" * star, begun=begun)):
            self.take(Word(bare) if self.as_text else Filter("id", key))
        elif not within and not self.as_text and tokens.BARE_YEARS.fullmatch(bare):
            self.group.label = "year"
            self.take_filter(bare)
        else:
            prefix = (star or begun) and not (self.close or bare.endswith("*"))
            # A* is a word, a* a prefix.
            if bare in OPERATORS or foreign.NEAR.fullmatch(bare) or (prefix and len(bare) == 1):
                bare = bare.lower()
            # No other number is nearly the same one.
            close = self.close and len(bare) > 1 and any(c.isalpha() for c in bare)
            self.take(Word(bare, part, prefix, close))

    def _cut(self, text: str) -> str:
        """Return a phrase or a compound with one space between words, and not too many of them.

        Each word of a phrase is one more list of postings to go through.
        """
        text = " ".join(text.split())
        parts = list(islice(tokens.PART.finditer(text), MAX_PHRASE + 1))
        if len(parts) <= MAX_PHRASE:
            return text
        self.say(f"too long; only the first {MAX_PHRASE} words of a phrase were read")
        return text[: parts[MAX_PHRASE - 1].end()]
