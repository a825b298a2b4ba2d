"""What stands before a colon, or in brackets behind a word: the name of a field."""

from paperreader.query import fields, filters, foreign, tokens
from paperreader.query.parser_state import ParserState
from paperreader.query.tree import Filter


def read_label(state: ParserState) -> bool:
    """Read `name:` where it is a field, or is meant as one; say so where there is none."""
    if _comparison(state) or _call(state):
        return True
    match = tokens.LABEL.match(state.text, state.at)
    if not match:
        return False
    name, sign, after = match[1], match[2], state.text[match.end() : match.end() + 1]
    glued = tokens.GLUED.match(after) is not None
    known = fields.known(name)
    if name.lower() in fields.NOT_HERE and glued and (sign == ":" or name.isupper()):
        _leave_out(state, match[0], match.end())
        return True
    if sign == "=" and not (known and glued):
        return False
    if known:
        if after.isspace() and (name != known or name not in fields.SPACED):
            return False
        if known in fields.BOUNDS or known == "no":
            return _special(state, name.lower(), match.end())
        state.group.label = known
    elif name.lower() in fields.ADDRESSES or not _unknown(state, name, glued=glued):
        return False
    state.at = match.end()
    if name.lower() in fields.LIST_SETTINGS and (value := tokens.CHUNK.match(state.text, state.at)):
        state.at = value.end()
    return True


def read_tag(state: ParserState) -> None:
    """Read PubMed's tag of a field behind a word or a phrase: hinton[au]."""
    match = None if state.within else foreign.TAG.match(state.text, state.at)
    if not match:
        return
    name = fields.TAG_FIELDS.get(match[1].strip().lower(), "")
    if not name and "-" in match[1]:
        return
    if not name:
        state.say(f"no field '[{match[1]}]'; write title:, author:, abstract:, year: before it")
    state.at = match.end()
    state.group.label = name or state.group.label


def _comparison(state: ParserState) -> bool:
    """Read year>2019 and the like."""
    name = tokens.COMPARED.match(state.text, state.at) if state.before.isspace() else None
    match = tokens.COMPARISON.match(state.text, name.end()) if name else None
    if match:
        state.group.label = "year"
        state.at = match.end()
        sign, when = match.groups()
        state.take_filter(fields.COMPARISONS.get(sign, sign) + when)
    return match is not None


def _call(state: ParserState) -> bool:
    """Read Scopus's TITLE(x) as a field; the parenthesis comes next."""
    match = foreign.CALL.match(state.text, state.at) if state.operators else None
    if not match:
        return False
    if match[1] in foreign.CALLS_NOT_HERE:
        _leave_out(state, match[1], match.end() - 1)
    elif match[1] in fields.CALLS:
        state.group.label = fields.CALLS[match[1]]
        state.at = match.end() - 1
    return match[1] in fields.CALLS or match[1] in foreign.CALLS_NOT_HERE


def read_mutt_pattern(state: ParserState) -> bool:
    """Read ~f hinton as mutt does, and the patterns of a state such as ~N."""
    match = foreign.MUTT.match(state.text, state.at)
    if not match:
        return False
    if name := fields.MUTT_FIELDS.get(match[1]):
        state.group.label = name
        state.at = match.end()
    elif value := fields.MUTT_STATES.get(match[1]):
        state.at = match.end()
        state.take(Filter("is", value))
    else:
        _leave_out(state, match[0], match.end())
    return True


def read_date_span(state: ParserState) -> bool:
    """Read PubMed's "2019"[PDAT] : "2021"[PDAT]."""
    match = foreign.DATE_SPAN.match(state.text, state.at)
    if not match or fields.TAG_FIELDS.get(match[2].strip().lower()) != "year":
        return False
    state.group.label = "year"
    state.at = match.end()
    state.take_filter(f"{match[1]}..{match[3]}")
    return True


def _leave_out(state: ParserState, operator: str, start: int) -> None:
    """Go past the value that begins at `start`, and say that it was left out."""
    value = foreign.VALUE.match(state.text, start)
    state.at = value.end() if value else start
    state.left_out = operator.rstrip(":=")
    state.say(foreign.left_out_notice(state.left_out))
    state.take(None)


def _special(state: ParserState, alias: str, start: int) -> bool:
    """Read before:2019, newer_than:2y and the like, and no:tag; only with a value stuck to it."""
    name = fields.known(alias)
    match = tokens.CHUNK.match(state.text, start)
    if not match or (name in fields.BOUNDS and not match[0][0].isdigit()):
        return False
    state.at = match.end()
    if name == "no":
        condition, notice = filters.read("has", match[0], begun=state.begun_at(state.at))
        if notice:
            state.say(notice)
        if condition and not notice:
            state.group.negate = not state.group.negate
        state.take(condition, negatable=not notice)
    else:
        state.group.label = "year"
        state.take_filter(fields.BOUNDS[name] + match[0])
    return True


def _unknown(state: ParserState, name: str, *, glued: bool) -> bool:
    """Say that there is no such field; return whether the name itself has been dealt with.

    A name that is nearly a field's is a slip and not searched for. Otherwise only small
    letters with a value stuck to them are taken for a field; `Attention: a survey` is text.
    """
    if name.lower() in fields.IDENTIFIERS:
        return glued
    if name.lower() in fields.LIST_SETTINGS and glued:
        state.say(f"{name}: is not part of a search; press s to sort, or use --sort")
        return True
    from difflib import get_close_matches  # rarely needed

    nearest = get_close_matches(name.lower(), fields.FIELDS, 1, 0.75)
    if nearest and (glued or name.islower()):
        state.say(f"no field '{name}'; did you mean {nearest[0]}:?")
    elif glued and name.islower() and len(name) > 1:
        state.say(f"no field '{name}'; its words are searched for everywhere")
    if glued and not nearest:
        state.add(name)
    return glued
