"""What stands between two spaces: a word, an operator, or a list of values."""

from paperreader.query import fields, filters, foreign, tokens
from paperreader.query.filters import FILTERS
from paperreader.query.groups import Group, joined
from paperreader.query.labels import read_tag
from paperreader.query.parser_state import ParserState
from paperreader.query.text_field import Field
from paperreader.query.tree import Or, Phrase, Word


def read_chunk(state: ParserState) -> None:
    """Read what stands between two spaces, as far as it is a word, an operator or a list."""
    spaced = tokens.SPACED_BOUND.match(state.text, state.at) if state.within == "year" else None
    match = spaced or tokens.CHUNK.match(state.text, state.at)
    if not match:
        state.at += 1
        return
    state.at = match.end()
    chunk = match[0]
    if chunk in state.operators:
        state.group.join(state.operators[chunk])
        return
    if _small_operator(state, chunk) or _since(state, chunk):
        return
    near = foreign.NEAR.match(state.text, match.start())
    if near and state.operators and state.group.rows and state.within not in FILTERS:
        state.at = near.end()
        state.say(foreign.near_notice(near[0]))
        return
    label = state.group.label
    if label and (_listed(state) or (label == "year" and "," in chunk)):
        _list(state, chunk.split(",") if label == "year" else [chunk], label)
        return
    read_tag(state)
    if not (state.group.label == "author" and not label and _add_initials(state, chunk)):
        _add_chunk(state, chunk)


def _small_operator(state: ParserState, chunk: str) -> bool:
    """Read and, or, not as operators where a field follows: tag:flagged and not tag:done."""
    if chunk not in ("and", "or", "not") or not state.operators or state.within:
        return False
    match = tokens.LABELLED_NEXT.match(state.text, state.at)
    if not match or not fields.known(match[1]):
        return False
    if chunk != "not" and not state.group.rows:
        return False
    state.group.join(state.operators[chunk.upper()])
    return True


def _since(state: ParserState, chunk: str) -> bool:
    """Read since 2015, before 2000 or from 2010 to 2015 at the end as the years or the words."""
    plain = state.operators and state.group.rows and not state.within
    match = tokens.SINCE.match(state.text, state.at - len(chunk)) if plain else None
    if not match:
        return False
    word, first, last = match.groups()
    years = f"{first}..{last}" if last else fields.BOUNDS.get(word.lower(), ">=") + first
    condition, _ = filters.read("year", years, begun=False)
    if condition is None or (word.lower() in ("from", "between")) is not bool(last):
        return False
    state.at = match.end()
    state.take(joined(Or, [condition, Phrase(match[0].strip())]))
    return True


def _listed(state: ParserState) -> str:
    """Return the next value of a list if a comma stands before it, or an empty text."""
    is_list = state.text[state.at : state.at + 1] == ","
    match = tokens.LISTED.match(state.text, state.at + 1) if is_list else None
    return match[0] if match else ""


def _add_initials(state: ParserState, chunk: str) -> bool:
    """Read the initials of smith j[au] with the word before them; return whether they are any."""
    last = state.group.last()
    if len(chunk) > 2 or not isinstance(last, Word) or last.field is not None:
        return False
    state.group.replace_last(Phrase(f"{last.text} {chunk}", Field.AUTHOR))
    state.group.label = ""
    return True


def _list(state: ParserState, values: list[str], name: str) -> None:
    """Read values with commas between them: any of some filters, all of some words.

    The first of them have been read.
    """
    while value := _listed(state):
        values.append(value)
        state.at += 1 + len(value)
    inner = Group(within=name, negated=state.negated())
    negated, state.group.negate = state.group.negate, False
    state.groups.append(inner)
    for value in values:
        inner.operator = "OR" if name in FILTERS else ""
        begun = value is values[-1] and state.begun_at(state.at)
        _add_chunk(state, value, begun=begun)
    state.groups.pop()
    state.group.negate = negated
    state.group.add(inner.node())


def _add_chunk(state: ParserState, chunk: str, *, begun: bool | None = None) -> None:
    """Add what stands between two spaces."""
    begun = state.begun_at(state.at) if begun is None else begun
    if not (state.within in FILTERS or state.close):
        chunk, kind, notice = foreign.read(chunk, tokens.stripped(chunk))
        if notice:
            state.say(notice)
        state.close = kind == "close"
        begun = begun and not kind
    state.add(chunk, begun=begun)
