"""Which of several records are one paper, where their evidence may contradict itself."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from paperreader.papers.evidence import Evidence, Traits, compare, identifiers_clash

# A person's decisions about pairs of records, by their numbers: True where they are one paper.
Decisions = Mapping[tuple[int, int], bool]


def resolve(records: Sequence[Traits], decisions: Decisions) -> list[list[int]]:
    """Return the papers that `records` are, each as the numbers of its records.

    What a person decided comes first; then the strongest evidence joins two records and all that
    was joined with them, unless something keeps any two of these apart. Equal evidence is taken
    in the order of `records`, so that order has to depend on what they say alone.
    """
    groups = [[number] for number in range(len(records))]
    apart: set[tuple[int, int]] = set()
    joins: list[tuple[int, int, int]] = []
    for pair in combinations(range(len(records)), 2):
        decision = decisions.get(pair)
        if decision is None:
            evidence = compare(records[pair[0]], records[pair[1]])
            if evidence is Evidence.APART:
                apart.add(pair)
            elif evidence > Evidence.NOTHING:
                joins.append((-evidence, *pair))
        elif decision:
            _join(groups, *pair)
        else:
            apart.add(pair)
    for _, one, other in sorted(joins):
        pairs = ((min(a, b), max(a, b)) for a in groups[one] for b in groups[other])
        if not any(pair in apart for pair in pairs) and not identifiers_clash(
            [records[number] for number in groups[one]],
            [records[number] for number in groups[other]],
        ):
            _join(groups, one, other)
    return [group for number, group in enumerate(groups) if min(group) == number]


def _join(groups: list[list[int]], one: int, other: int) -> None:
    if groups[one] is groups[other]:
        return
    joined = groups[one] + groups[other]
    for number in joined:
        groups[number] = joined
