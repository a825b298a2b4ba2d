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

from dataclasses import replace

from paperreader.query import citation_keys, fields, filters, foreign, tokens
from paperreader.query.chunks import read_chunk
from paperreader.query.filters import FILTERS
from paperreader.query.groups import joined
from paperreader.query.labels import read_date_span, read_label, read_mutt_pattern, read_tag
from paperreader.query.parser_state import (
    MAX_DEPTH,
    MAX_NOTICES,
    MAX_PHRASE,
    MAX_WORDS,
    ParserState,
)
from paperreader.query.text_field import Field
from paperreader.query.tree import And, Filter, Node, Phrase, Word

# A hyphen after these and a compound stands for a part left out: pre- and -post.
_CONJUNCTIONS = ("and", "or", "and/or", "und", "et", "y")
# How far back a compound is looked for.
_LOOK_BACK = 80


def read(
    typed: str, *, typing: bool = False, as_text: bool = False
) -> tuple[Node | None, tuple[str, ...]]:
    """Return the tree that `typed` stands for, None where it asks nothing, and the notices.

    `as_text`: nothing is an operator, every word is only a word.
    """
    state = ParserState(typed, typing=typing, as_text=as_text)
    if not as_text:
        if opening := tokens.PAPERS_ON.match(state.text):
            state.at = opening.end()
        state.text = tokens.PAPERS_OF.sub("", state.text)
    while state.at < len(state.text):
        if state.words >= MAX_WORDS:
            state.say(f"too long; only the first {MAX_WORDS:,} words were read")
            break
        if state.as_text:
            _text_step(state)
        else:
            _step(state)
    while len(state.groups) > 1:
        state.close_group()
    tree = state.groups[0].node()
    if tree is None and state.left_out and not typing:
        tree = Filter("has", state.left_out.lower())  # of no paper: not all papers are meant
    return tree, tuple(state.notices)[:MAX_NOTICES]


def _step(state: ParserState) -> None:
    """Read one piece; always moves on."""
    char = state.text[state.at]
    if char == "|":
        _bar(state)
    elif state.within == "year" and (match := tokens.RANGE.match(state.text, state.at)):
        state.at = match.end()
        state.take_filter(match[0])
    elif gap := tokens.GAP.match(state.text, state.at):
        state.at = gap.end()
    elif (char == '"' or char.isdigit()) and read_date_span(state):
        pass
    elif state.within in FILTERS and char not in "()'‘" + tokens.QUOTES:
        read_chunk(state)
    elif char in "'‘’!=*":
        _sign(state, char)
    elif char == "/" and (pattern := foreign.PATTERN.match(state.text, state.at)):
        state.say(f"{pattern[0]}: regular expressions are not read; {foreign.STAR}")
        state.at += 1
    elif char == "&" and tokens.AMPERSAND.match(state.text, state.at) and _follows_word(state):
        state.at += 1
        state.add("and")
    elif junk := tokens.JUNK.match(state.text, state.at):
        state.at = junk.end()
    elif char == "(":
        state.open_group()
    elif char == ")":
        state.close_group()
    elif char in tokens.QUOTES:
        _phrase(state)
    elif char in "-~":
        _sign(state, char)
    elif not (_identifier(state) or _et_al(state) or read_label(state) or _symbol(state)):
        read_chunk(state)


def _text_step(state: ParserState) -> None:
    """Read one word of a text in which nothing is an operator."""
    match = tokens.CHUNK.match(state.text, state.at)
    if not match:
        state.at += 1
        return
    state.at = match.end()
    if et_al := tokens.ET_AL.match(state.text, state.at):
        state.at = et_al.end()
    if nodes := citation_keys.read(match[0]):
        for node in nodes:
            state.take(node)
    else:
        state.add(match[0].lstrip("-~!'*=@"), begun=state.begun_at(state.at))


def _follows_word(state: ParserState) -> bool:
    last = state.group.last()
    return isinstance(last, Word) and last.text.isalpha()


def _bar(state: ParserState) -> None:
    """Read | or || between two parts as OR; around one, as in |x|, it means nothing."""
    end = state.at + (state.after == "|") + 1
    after = state.text[end : end + 1]
    spaced = state.before.isspace() and after.isspace() and state.at > 0
    if spaced or (state.before.isalnum() and after.isalnum()):
        state.group.join("OR")
    state.at = end


def _phrase(state: ParserState) -> None:
    start, quote = state.at, state.text[state.at]
    match = tokens.QUOTED.match(state.text, start + 1)
    end = match.end() if match else start + 1
    glued = start > 0 and state.text[start - 1].isalnum()
    if glued or (quote in "”»" and end == len(state.text)):
        state.at += 1  # an inch, or the end of a quotation that was cut
        return
    state.at = end + 1
    _take_phrase(state, state.text[start + 1 : end], begun=state.begun_at(end))


def _take_phrase(state: ParserState, words: str, *, begun: bool) -> None:
    """Take a quoted text, and what other tools let follow it: "a b"[ti], "a b"~5, "a b"^2."""
    read_tag(state)
    people = words.split(";") if state.within == "author" else []
    if len(people) > 1:  # ADS: author:"Hinton, G;LeCun, Y"
        named: list[Node] = [Phrase(who.strip(), Field.AUTHOR) for who in people if who.strip()]
        state.take(joined(And, named) if named else None)
        return
    if suffix := foreign.PHRASE_SUFFIX.match(state.text, state.at):
        state.at = suffix.end()
        is_value = state.within in FILTERS
        sign = suffix[0].strip()
        state.say(foreign.suffix_notice(sign, is_value=is_value))
        if sign[0] == "~" and not is_value:
            state.take(_all_words(words, state.within))
            return
    state.add(words, phrase=True, begun=begun)


def _sign(state: ParserState, char: str) -> None:
    """Read a sign that means something only where it begins a word."""
    starts = state.before.isspace() or (state.before in "(:-~!" and _starts_group(state))
    if char in "'‘’":
        quoted = tokens.SINGLE_QUOTED.match(state.text, state.at) if starts else None
        if quoted:
            state.at = quoted.end()
            _take_phrase(state, tokens.INNER_QUOTE.sub(" ", quoted[1]), begun=False)
            return
    elif char == "=":
        match = tokens.CHUNK.match(state.text, state.at + 1)
        label = tokens.LABEL.match(state.text, state.at + 1)
        if starts and match and match[0][0].isalnum() and not (label and fields.known(label[1])):
            state.at = match.end()
            state.add(match[0], phrase=True)
            return
    elif char == "*":
        if state.group.label and not state.after.isalnum():
            state.add(char)
        elif starts and state.after.isalnum():
            state.say(foreign.STAR)
    elif char == "~":
        if starts and read_mutt_pattern(state):
            return
        state.close = starts or state.before in '"“'
    elif starts and _excludes(state, char):
        state.group.negate = True
    state.at += 1


def _starts_group(state: ParserState) -> bool:
    """Whether the signs just before this one stand after a space, so that they are no text."""
    at = state.at - 1
    while at >= 0 and state.text[at] in "(-~!" and state.at - at < MAX_DEPTH:
        at -= 1
    return at < 0 or state.text[at].isspace() or state.text[at] == ":"


def _excludes(state: ParserState, char: str) -> bool:
    """Whether - or ! excludes what follows; `pre-training and -tuning` leaves a part out."""
    if not (state.after.isalnum() or state.after in "(\\$~<>{_" + tokens.QUOTES + "'‘"):
        return False
    if state.after == "$" and state.text.count("$", 0, state.at) % 2:
        return False  # the minus ends a formula
    if char == "!" or state.before in "(:":
        return True
    words = state.text[max(state.at - _LOOK_BACK, 0) : state.at].split()
    return not (state.before != "-" and len(words) > 1 and words[-1] in _CONJUNCTIONS
                and "-" in words[-2].strip("-"))  # fmt: skip


def _identifier(state: ParserState) -> bool:
    label = tokens.LABEL.match(state.text, state.at)
    if state.within or (label and fields.known(label[1])):
        return False
    match = tokens.NAMED.match(state.text, state.at)
    if not match or not any(c.isdigit() for c in match[2]):
        return False
    name = match[2].rstrip(".:!?(")
    while name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1].rstrip(".:!?(")
    end = match.start(2) + len(name)
    key = filters.key((match[1] or "").lower(), name, begun=state.begun_at(end))
    if key:
        state.at = end
        state.take(Filter("id", key))
    return bool(key)


def _et_al(state: ParserState) -> bool:
    """Read "et al" as the end of a name, never as words."""
    group = next((group for group in reversed(state.groups) if group.rows), state.group)
    last = group.last()
    match = tokens.ET_AL.match(state.text, state.at)
    if not match or state.before.isalnum() or state.group.negate or not isinstance(last, Word):
        return False
    if not last.text.replace("-", "").isalpha():
        return False
    if last.field is None and not last.close:
        group.replace_last(replace(last, field=Field.AUTHOR))
    state.at = match.end()
    return True


def _symbol(state: ParserState) -> bool:
    match = tokens.SYMBOL.match(state.text, state.at)
    if not match:
        return False
    state.at = match.end()
    state.add(match[0], phrase=True, begun=state.begun_at(state.at) and match[0][-1] != ")")
    return True


def _all_words(phrase: str, within: str) -> Node | None:
    """Return the words of a phrase that need not stand together."""
    part = Field(within) if within and within != "all" else None
    words: list[Node] = [
        Word(bare, part)
        for word in phrase.split()[:MAX_PHRASE]
        if any(map(str.isalnum, bare := tokens.stripped(word)))
    ]
    return And(tuple(words)) if len(words) > 1 else words[0] if words else None
