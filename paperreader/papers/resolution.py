"""Group records into papers, resolving contradictory evidence."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from paperreader.papers.evidence import Evidence, compare, identifiers_clash
from paperreader.papers.traits import Traits

# A person's decisions about pairs of records, by index: True if they are one paper.
Decisions = Mapping[tuple[int, int], bool]


def resolve(records: Sequence[Traits], decisions: Decisions) -> list[list[int]]:
    """Return the papers that `records` describe, each as the indexes of its records.

    A person's decisions come first. Then the strongest evidence joins the groups of two records,
    unless any pair of them must stay apart. Equal evidence is applied in the order of `records`,
    which therefore has to depend on their contents alone.
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
    for _, left, right in sorted(joins):
        pairs = ((min(a, b), max(a, b)) for a in groups[left] for b in groups[right])
        if not any(pair in apart for pair in pairs) and not identifiers_clash(
            [records[number] for number in groups[left]],
            [records[number] for number in groups[right]],
        ):
            _join(groups, left, right)
    return [group for number, group in enumerate(groups) if min(group) == number]


def _join(groups: list[list[int]], left: int, right: int) -> None:
    if groups[left] is groups[right]:
        return
    joined = groups[left] + groups[right]
    for number in joined:
        groups[number] = joined
