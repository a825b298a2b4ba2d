"""The query language: from what was typed to a tree of values.

    attention is all            papers that hold all of the words
    "masked language models"    exactly these words, together, in this order
    mamba OR transformer        either; binds closer than a mere space, as in web search
    lora AND rank OR adapter    an explicit AND binds closest of all
    -survey   NOT survey        not this one; also !survey and ANDNOT survey
    title:(small models)        in one field; see `fields` for what else it may be called
    author:"hinton, geoffrey"   one person: in any order, with initials, without middle names
    vaswani 2017                a year is met by the word or by the date
    year:2019..2023 is:unread   conditions; see filters.FILTERS
    transf*  ~transfromer       the first letters; a close spelling
    1706.03762  doi:10.1/x      one paper

No text is an error. What is half typed is read as what it will become, and what merely looks
like an operator inside a pasted title is text: a colon after a word, a hyphen in one, the
parentheses of SU(2). What looks like an operator of another tool and has no meaning here gives
one notice.
"""

import re
from dataclasses import replace
from itertools import islice

from paperreader import text
from paperreader.query import fields, filters, foreign
from paperreader.query.filters import FILTERS
from paperreader.query.groups import Group
from paperreader.query.tree import And, Field, Filter, Node, Phrase, Word

# Beyond these a text is no question any more. They bound time and recursion, here and wherever
# a tree is walked.
MAX_LETTERS = 20_000
MAX_WORDS = 1000
MAX_PHRASE = 64
MAX_DEPTH = 40
MAX_NOTICES = 5

_LOOK_BACK = 80
_LISTED = re.compile(r"\w[\w.+*/-]*(?=[\s,)]|$)")

_QUOTES = '"“”„«»'
_OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "NOT", "ANDNOT": "NOT"}
# A text all in capitals that holds one of these is a sentence, and its OR is a word.
_OF_SENTENCES = frozenset("A AN ARE AS BY FOR FROM IN IS OF ON THE TO WHICH WITH".split())
# A hyphen after these and a compound stands for a part left out: pre- and -post.
_CONJUNCTIONS = ("and", "or", "and/or", "und", "et", "y")

_GAP = re.compile(r"[\s,;\[\]]+")
_JUNK = re.compile(rf"[^\w\s\\{{$()~<>|!=*{_QUOTES}'‘’-]+")
_CHUNK = re.compile(rf'(?:[^\s()\[\],;|{_QUOTES}]|(?<=\d),(?=\d)|(?<=\\)")+')
_QUOTED = re.compile(rf'(?:(?<=\\)"|[^{_QUOTES}])*')
# 'a phrase' or ‘a phrase’: the first quote stands after a space, the last before one.
_SINGLE_QUOTED = re.compile(r"['‘](?=[^\W\d])([^'‘’]*(?:['’](?=\w)[^'‘’]*)*?)(?<=\w)['’](?!\w)")
_STAR_WORD = re.compile(r"[A-Z]\*")
_PART = re.compile(r"[^\W_]+")
_FILE = re.compile(r"(?<=\w)\.(?:pdf|ps|djvu|epub|html?)$", re.IGNORECASE)
_LAST_SIGNS = re.compile(r"[^\w+#}$]")
_LABEL = re.compile(r"([A-Za-z_]{1,20})(:(?!:)|=)")
_COMPARED = re.compile(r"(?:year|date|published|pubdate|y)\s*(?=[<>])", re.IGNORECASE)
_COMPARISON = re.compile(r"[<>]=?\s*\d{4}(?:-\d\d?){0,2}(?![\w-])|=\s*\d{4}(?![\w-])")
_GLUED = re.compile(r"[\w\"“„«(~\\$<>={\[*'‘-]")
_RANGE = re.compile(r"[\[{][^\[\]{}]{1,40}\bTO\b[^\[\]{}]{1,40}[\]}]")
# A letter or two with parentheses stuck to them is a symbol: SU(2), O(n log n).
_SYMBOL = re.compile(
    rf"(?!OR\()\\?[A-Za-z]{{1,2}}\((?:[^(){_QUOTES}]|\([^(){_QUOTES}]{{0,30}}\)){{1,30}}(?:\)|$)"
)
_NAMED = re.compile(
    rf"(?:(arxiv|doi|acl|openreview|pmid|id)[:=]\s*|(?:arxiv|doi)\s+)?([^\s,;|\[\]{_QUOTES}]{{1,256}})",
    re.IGNORECASE,
)
_ET_AL = re.compile(r"\s+et\.?\s+al(?!\w)\.?(?:'s)?|\s*\bet\.?\s+al(?!\w)\.?")
_SPACED_BOUND = re.compile(r"[<>=]+\s+\d+")
_BARE_YEARS = re.compile(r"\d{4}\.\.(?:\d{4})?|\.\.\d{4}|[<>]=?\d{4}")
_CITATION_KEY = re.compile(
    r"(?:@\w+\{)?([^\W\d_]{2,})[:_-]?((?:19|20)\d\d)[:_-]?([^\W\d_]{3,}|\w?)"
)


def read(
    typed: str, *, typing: bool = False, as_text: bool = False
) -> tuple[Node | None, tuple[str, ...]]:
    """Return the tree that `typed` stands for, None where it asks nothing, and the notices.

    `as_text`: nothing is an operator, every word is only a word.
    """
    return _Reader(typed, typing=typing, as_text=as_text).read()


class _Reader:
    """One pass over the text, a piece at a time; `groups` are the open parentheses."""

    def __init__(self, typed: str, *, typing: bool, as_text: bool) -> None:
        self.notices: dict[str, None] = {}
        if len(typed) > MAX_LETTERS:
            typed = typed[:MAX_LETTERS]
            self._say(f"too long; only the first {MAX_LETTERS:,} letters were read")
        self.text = text.clean(typed)
        self.typing = typing
        self.as_text = as_text
        self.at = 0
        self.groups = [Group()]
        self.too_deep = 0
        self.close = False
        self.words = 0
        shouted = self.text.isupper() and not _OF_SENTENCES.isdisjoint(self.text.split())
        self.operators = {} if shouted or as_text else _OPERATORS

    def read(self) -> tuple[Node | None, tuple[str, ...]]:
        while self.at < len(self.text):
            if self.words >= MAX_WORDS:
                self._say(f"too long; only the first {MAX_WORDS:,} words were read")
                break
            if self.as_text:
                self._text_step()
            else:
                self._step()
        while len(self.groups) > 1:
            self._close_group()
        return self.groups[0].node(), tuple(self.notices)[:MAX_NOTICES]

    @property
    def group(self) -> Group:
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

    def _step(self) -> None:
        """Read one piece; always moves on."""
        char = self.text[self.at]
        if char == "|":
            self._bar()
        elif self.within == "year" and (match := _RANGE.match(self.text, self.at)):
            self.at = match.end()
            self._take_filter(match[0])
        elif gap := _GAP.match(self.text, self.at):
            self.at = gap.end()
        elif self.within in FILTERS and char not in "()'‘" + _QUOTES:
            self._chunk()
        elif char in "'‘’!=*":
            self._sign(char)
        elif char == "/" and (pattern := foreign.PATTERN.match(self.text, self.at)):
            self._say(f"{pattern[0]}: regular expressions are not read; {foreign.STAR}")
            self.at += 1
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
        elif not (self._identifier() or self._et_al() or self._label() or self._symbol()):
            self._chunk()

    def _text_step(self) -> None:
        """Read one word of a text in which nothing is an operator."""
        match = _CHUNK.match(self.text, self.at)
        if not match:
            self.at += 1
            return
        self.at = match.end()
        if et_al := _ET_AL.match(self.text, self.at):
            self.at = et_al.end()
        if cited := _CITATION_KEY.fullmatch(match[0]):
            for part in filter(None, cited.groups()):
                self._add(part)
        else:
            self._add(match[0].lstrip("-~!'*=@"), begun=self._begun_at(self.at))

    def _bar(self) -> None:
        """Read | or || between two parts as OR; around one, as in |x|, it means nothing."""
        end = self.at + (self.after == "|") + 1
        after = self.text[end : end + 1]
        spaced = self.before.isspace() and after.isspace() and self.at > 0
        if spaced or (self.before.isalnum() and after.isalnum()):
            self._operator("OR")
        self.at = end

    def _open_group(self) -> None:
        self.at += 1
        if len(self.groups) > MAX_DEPTH:
            self.too_deep += 1
            return
        self.groups.append(Group(within=self.within, negated=self._negated()))
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
        self._take_phrase(self.text[start + 1 : end], begun=self._begun_at(end))

    def _take_phrase(self, words: str, *, begun: bool) -> None:
        """Take a quoted text, and what other tools let follow it: "a b"[ti], "a b"~5, "a b"^2."""
        self._tag()
        if suffix := foreign.PHRASE_SUFFIX.match(self.text, self.at):
            self.at = suffix.end()
            self._say(foreign.suffix_notice(suffix[0]))
            if suffix[0][0] == "~":
                self._take(_all_words(words, self.within))
                return
        self._add(words, phrase=True, begun=begun)

    def _sign(self, char: str) -> None:
        """Read a sign that means something only where it begins a word."""
        starts = self.before.isspace() or (self.before in "(:-~!" and self._starts_group())
        if char in "'‘’":
            quoted = _SINGLE_QUOTED.match(self.text, self.at) if starts else None
            if quoted:
                self.at = quoted.end()
                self._take_phrase(quoted[1], begun=False)
                return
        elif char == "=":
            match = _CHUNK.match(self.text, self.at + 1)
            if starts and match and match[0][0].isalnum():
                self.at = match.end()
                self._add(match[0], phrase=True)
                return
        elif char == "*":
            if self.group.label and not self.after.isalnum():
                self._add(char)
            elif starts and self.after.isalnum():
                self._say(foreign.STAR)
        elif char == "~":
            self.close = starts or self.before in '"“'
        elif starts and self._excludes(char):
            self.group.negate = True
        self.at += 1

    def _starts_group(self) -> bool:
        """Whether the signs just before this one stand after a space, so that they are no text."""
        at = self.at - 1
        while at >= 0 and self.text[at] in "(-~!" and self.at - at < MAX_DEPTH:
            at -= 1
        return at < 0 or self.text[at].isspace() or self.text[at] == ":"

    def _excludes(self, char: str) -> bool:
        """Whether - or ! excludes what follows; `pre-training and -tuning` leaves a part out."""
        if not (self.after.isalnum() or self.after in "(\\$~<>{" + _QUOTES + "'‘"):
            return False
        if self.after == "$" and self.text.count("$", 0, self.at) % 2:
            return False  # the minus ends a formula
        if char == "!" or self.before in "(:":
            return True
        words = self.text[max(self.at - _LOOK_BACK, 0) : self.at].split()
        return not (self.before != "-" and len(words) > 1 and words[-1] in _CONJUNCTIONS
                    and "-" in words[-2].strip("-"))  # fmt: skip

    def _identifier(self) -> bool:
        label = _LABEL.match(self.text, self.at)
        if self.within or (label and fields.known(label[1])):
            return False
        match = _NAMED.match(self.text, self.at)
        if not match or not any(c.isdigit() for c in match[2]):
            return False
        name = match[2].rstrip(".:!?(")
        while name.endswith(")") and name.count(")") > name.count("("):
            name = name[:-1].rstrip(".:!?(")
        end = match.start(2) + len(name)
        key = filters.key((match[1] or "").lower(), name, begun=self._begun_at(end))
        if key:
            self.at = end
            self._take(Filter("id", key))
        return bool(key)

    def _et_al(self) -> bool:
        """Read "et al" as the end of a name, never as words."""
        last = self.group.last()
        match = _ET_AL.match(self.text, self.at)
        if not match or self.before.isalnum() or not isinstance(last, Word):
            return False
        if not last.text.replace("-", "").isalpha():
            return False
        if last.field is None and not last.close:
            self.group.replace_last(replace(last, field=Field.AUTHOR))
        self.at = match.end()
        return True

    def _label(self) -> bool:
        """Read `name:` where it is a field, or is meant as one; say so where there is none."""
        if self._comparison():
            return True
        match = _LABEL.match(self.text, self.at)
        if not match:
            return False
        name, sign, after = match[1], match[2], self.text[match.end() : match.end() + 1]
        glued = _GLUED.match(after) is not None
        known = fields.known(name)
        if sign == "=" and not (known and glued):
            return False
        if known:
            if after.isspace() and (name != known or name not in fields.SPACED):
                return False
            if known in fields.BOUNDS or known == "no":
                return self._special(known, match.end())
            self.group.label = known
        elif name.lower() in fields.ADDRESSES or not self._unknown(name, glued=glued):
            return False
        self.at = match.end()
        if name.lower() in fields.LIST_SETTINGS and (value := _CHUNK.match(self.text, self.at)):
            self.at = value.end()
        return True

    def _comparison(self) -> bool:
        """Read year>2019 and the like."""
        name = _COMPARED.match(self.text, self.at) if self.before.isspace() else None
        match = _COMPARISON.match(self.text, name.end()) if name else None
        if match:
            self.group.label = "year"
            self.at = match.end()
            self._take_filter(match[0])
        return match is not None

    def _special(self, name: str, start: int) -> bool:
        """Read before:2019 and the like, and no:tag; only with a value stuck to it."""
        match = _CHUNK.match(self.text, start)
        if not match or (name in fields.BOUNDS and not match[0][0].isdigit()):
            return False
        self.at = match.end()
        if name == "no":
            condition, notice = filters.read("has", match[0], begun=self._begun_at(self.at))
            if notice:
                self._say(notice)
            if condition and not notice:
                self.group.negate = not self.group.negate
            self._take(condition, negatable=not notice)
        else:
            self.group.label = "year"
            self._take_filter(fields.BOUNDS[name] + match[0])
        return True

    def _unknown(self, name: str, *, glued: bool) -> bool:
        """Say that there is no such field; return whether the name itself has been dealt with.

        A name that is nearly a field's is a slip and not searched for. Otherwise only small
        letters with a value stuck to them are taken for a field; `Attention: a survey` is text.
        """
        if name.lower() in fields.IDENTIFIERS:
            return glued
        if name.lower() in fields.LIST_SETTINGS and glued:
            self._say(f"{name}: is not part of a search; press s to sort, or use --sort")
            return True
        from difflib import get_close_matches  # rarely needed

        nearest = get_close_matches(name.lower(), fields.FIELDS, 1, 0.75)
        if nearest and (glued or name.islower()):
            self._say(f"no field '{name}'; did you mean {nearest[0]}:?")
        elif glued and name.islower() and len(name) > 1:
            self._say(f"no field '{name}'; its words are searched for everywhere")
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
        chunk = match[0]
        if chunk in self.operators:
            self._operator(self.operators[chunk])
            return
        near = foreign.NEAR.match(self.text, match.start())
        if near and self.operators and self.group.rows and not self.within:
            self.at = near.end()
            self._say(foreign.near_notice(near[0]))
            return
        label = self.group.label
        if (
            label
            and self.text[self.at : self.at + 1] == ","
            and _LISTED.match(self.text, self.at + 1)
        ):
            self._list(chunk, label)
            return
        self._tag()
        last = self.group.last()
        if (
            self.group.label == "author"
            and not label
            and len(chunk) < 3
            and isinstance(last, Word)
            and last.field is None
        ):  # smith j[au]
            self.group.replace_last(Phrase(f"{last.text} {chunk}", Field.AUTHOR))
            self.group.label = ""
            return
        self._add_chunk(chunk)

    def _list(self, chunk: str, name: str) -> None:
        """Read values with commas between them: any of some filters, all of some words."""
        values = [chunk]
        while self.text[self.at : self.at + 1] == ",":
            match = _LISTED.match(self.text, self.at + 1)
            if not match:
                break
            values.append(match[0])
            self.at = match.end()
        negated, self.group.negate = self.group.negate, False
        inner = Group(within=name)
        self.groups.append(inner)
        for value in values:
            inner.operator = "OR" if name in FILTERS else ""
            begun = value is values[-1] and self._begun_at(self.at)
            self._add_chunk(value, begun=begun)
        self.groups.pop()
        self.group.negate = negated
        self.group.add(inner.node())

    def _add_chunk(self, chunk: str, *, begun: bool | None = None) -> None:
        """Add what stands between two spaces."""
        begun = self._begun_at(self.at) if begun is None else begun
        if not (self.within in FILTERS or self.close):
            chunk, kind, notice = foreign.read(chunk, _stripped(chunk))
            if notice:
                self._say(notice)
            self.close = kind == "close"
            begun = begun and not kind
        self._add(chunk, begun=begun)

    def _tag(self) -> None:
        """Read PubMed's tag of a field behind a word or a phrase: hinton[au]."""
        match = None if self.within else foreign.TAG.match(self.text, self.at)
        if not match:
            return
        name = fields.TAG_FIELDS.get(match[1].strip().lower(), "")
        if not name:
            self._say(f"no field '[{match[1]}]'; write title:, author:, abstract:, year: before it")
        self.at = match.end()
        self.group.label = name or self.group.label

    def _operator(self, name: str) -> None:
        group = self.group
        group.label = ""
        if name == "NOT":
            group.negate = not group.negate
        else:
            group.operator, group.negate = name, False

    def _add(self, chunk: str, *, phrase: bool = False, begun: bool = False) -> None:
        """Add a word, a phrase or a condition, by the field that stands before it."""
        within = self.within
        if within in FILTERS:
            self._take_filter(chunk, begun=begun)
            return
        star = _ends_in_star(chunk) and not self.close
        chunk = self._cut(chunk)
        bare = chunk.rstrip("*\\ ") if phrase else _stripped(chunk)
        part = Field(within) if within and within != "all" else None
        if not any(c.isalnum() for c in bare):
            self._take(filters.any_value(within) if part and chunk == "*" else None)
        elif phrase:
            prefix = star or begun
            bare = bare.lower() if prefix and len(bare) == 1 else bare
            self._take(Phrase(bare, part, prefix))
        elif not within and (key := filters.key("", bare + "*" * star, begun=begun)):
            self._take(Word(bare) if self.as_text else Filter("id", key))
        elif not within and not self.as_text and _BARE_YEARS.fullmatch(bare):
            self.group.label = "year"
            self._take_filter(bare)
        else:
            prefix = (star or begun) and not (self.close or bare.endswith("*"))
            # A* is a word, a* a prefix.
            if bare in _OPERATORS or foreign.NEAR.fullmatch(bare) or (prefix and len(bare) == 1):
                bare = bare.lower()
            self._take(Word(bare, part, prefix, self.close))

    def _cut(self, text: str) -> str:
        """Return a phrase or a compound with one space between words, and not too many of them.

        Each word of a phrase is one more list of postings to go through.
        """
        text = " ".join(text.split())
        parts = list(islice(_PART.finditer(text), MAX_PHRASE + 1))
        if len(parts) <= MAX_PHRASE:
            return text
        self._say(f"too long; only the first {MAX_PHRASE} words of a phrase were read")
        return text[: parts[MAX_PHRASE - 1].end()]

    def _take(self, node: Node | None, *, negatable: bool = True) -> None:
        self.words += 1
        self.close = False
        self.group.add(node, negatable=negatable)

    def _take_filter(self, chunk: str, *, begun: bool | None = None) -> None:
        """Take a condition; one that cannot be read holds for nothing, even where it is negated."""
        begun = self._begun_at(self.at) if begun is None else begun
        condition, notice = filters.read(self.within, chunk, begun=begun)
        if notice:
            self._say(notice)
        self._take(condition, negatable=not notice)

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


def _ends_in_star(chunk: str) -> bool:
    """Whether a chunk is the first letters of a word, as a* is; A* is a word of its own."""
    return chunk.rstrip().endswith("*") and not _STAR_WORD.fullmatch(chunk)


def _stripped(chunk: str) -> str:
    """Return a word without the punctuation behind it, and without the end of a file's name."""
    end = len(chunk)
    while end and _LAST_SIGNS.match(chunk[end - 1]):
        end -= 1
    return chunk if _STAR_WORD.fullmatch(chunk) else _FILE.sub("", chunk[:end])


def _all_words(phrase: str, within: str) -> Node | None:
    """Return the words of a phrase that need not stand together."""
    part = Field(within) if within and within != "all" else None
    words: list[Node] = [
        Word(bare, part)
        for word in phrase.split()[:MAX_PHRASE]
        if any(map(str.isalnum, bare := _stripped(word)))
    ]
    return And(tuple(words)) if len(words) > 1 else words[0] if words else None
