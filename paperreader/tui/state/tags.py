"""Tags as they are typed: words, +word and -word."""

from collections.abc import Sequence


def changed_tags(before: Sequence[str], typed: str) -> tuple[list[str], list[str]]:
    """Return the tags to give and those to take away, where a paper has the tags `before`.

    What is typed names the tags that it shall have; +tag gives and -tag takes one, as on the
    command line, and then those that are not named stay.
    """
    words = typed.replace(",", " ").replace("#", " ").split()
    give = [word.removeprefix("+") for word in words if not word.startswith("-")]
    take = [word[1:] for word in words if word.startswith("-")]
    if any(word[0] in "+-" for word in words):
        return _new(give, before), [tag for tag in take if tag]
    return _new(give, before), [tag for tag in before if tag not in give]


def _new(tags: Sequence[str], before: Sequence[str]) -> list[str]:
    return [tag for tag in dict.fromkeys(tags) if tag and tag not in before]


def completions(typed: str, known: Sequence[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    """Return the known tags, with their numbers of papers, that the last word may become."""
    *words, last = typed.replace(",", " ").replace("#", " ").split(" ")
    prefix = last.lstrip("+-").casefold()
    others = {word.lstrip("+-") for word in words}
    found = [(tag, n) for tag, n in known if tag not in others and tag.casefold() != prefix]
    begin = [(tag, n) for tag, n in found if tag.casefold().startswith(prefix)]
    inside = [(tag, n) for tag, n in found if prefix in tag.casefold() and (tag, n) not in begin]
    return [*begin, *inside][:most]


def completed(typed: str, tag: str) -> str:
    """Return what was typed with its last word become a tag, and room for the next."""
    head, space, last = typed.rpartition(" ")
    sign = last[:1] if last[:1] in ("+", "-", "#") else ""
    return f"{head}{space}{sign}{tag} "
