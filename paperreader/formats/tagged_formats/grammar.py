"""Records of tagged lines: RIS, PubMed's nbib, Web of Science, EndNote."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class TaggedRecord:
    """One record: its fields in order, and its first line, from 1.

    A record without fields is text between records.
    """

    line: int
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[str]:
        """Return the non-empty values of these tags, in the order of the record."""
        values = ("\n".join(lines).strip() for tag, lines in self.fields if tag in tags)
        return [value for value in values if value]

    def first(self, *tags: str) -> str:
        """Return the first value of the first of these tags that has any, or an empty string."""
        return next((values[0] for tag in tags if (values := self.all(tag))), "")

    @property
    def text(self) -> str:
        """The lines of the record as they are in the document."""
        return "\n".join(self.raw)


@dataclass(frozen=True)
class Grammar:
    """The syntax of one tagged format.

    `line` matches a tagged line with the groups `tag` and `value`; any other line continues the
    field before it. A record begins at a tag of `begins`, or at one of `may_begin` that follows an
    empty line or is in the record already; it ends after a tag of `ends`. `aliases` maps tags to
    their names in RIS.
    """

    line: re.Pattern[str]
    begins: frozenset[str] = frozenset()
    may_begin: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)

    def records(self, lines: Iterable[str]) -> Iterator[TaggedRecord]:
        """Yield the records and the text between them, in the order of the document."""
        record = TaggedRecord(1)
        after_blank = False
        seen: set[str] = set()
        for number, line in enumerate(lines, 1):
            match = self.line.match(line)
            tag = match.group("tag") if match else ""
            if tag in self.begins or (tag in self.may_begin and (after_blank or tag in seen)):
                yield record
                record, seen = TaggedRecord(number), set()
            record.raw.append(line)
            if match:
                seen.add(tag)
                if len(record.fields) > 1 and not any(map(str.strip, record.fields[-1][1])):
                    record.fields.pop()  # it says nothing, and there may be a million of them
                record.fields.append((self.aliases.get(tag, tag), [match.group("value") or ""]))
            elif record.fields:
                record.fields[-1][1].append(line.strip())
            after_blank = not line.strip()
            if tag in self.ends:
                yield record
                record, seen = TaggedRecord(number + 1), set()
        yield record
