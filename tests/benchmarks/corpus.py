"""Papers to measure with: from a file, or generated."""

import random
from itertools import accumulate

from paperreader.formats import readings
from paperreader.papers.paper import Paper

_CONSONANTS = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "st", "pl"]
_ENDINGS = ["", "", "", "s", "ing", "ed", "ation", "al", "er", "ly", "ity", "ive"]
_FUNCTION_WORDS = "the of and a in to we is for that with on by as this are an which from".split()


def papers(path: str | None, wanted: int, seed: int = 0) -> list[Paper]:
    """Return `wanted` papers chosen at random, all where there are fewer.

    They come from what lies at `path`, or are generated.
    """
    chance = random.Random(seed)
    if path is None:
        return _generated(wanted, chance)
    found = [item for reading in readings(path) for item in reading if isinstance(item, Paper)]
    return chance.sample(found, wanted) if wanted < len(found) else found


def queries(corpus: list[Paper], wanted: int, chance: random.Random) -> list[list[str]]:
    """Return `wanted` runs of two to four neighbouring words of titles, in lower case."""
    runs: list[list[str]] = []
    for _ in range(wanted * 50):
        words = [w for w in chance.choice(corpus).title.lower().split() if w.isalnum()]
        length = chance.randint(2, 4)
        if len(words) >= length and len(runs) < wanted:
            start = chance.randrange(len(words) - length + 1)
            runs.append(words[start : start + length])
    return runs


def _generated(wanted: int, chance: random.Random) -> list[Paper]:
    """Make up papers whose words are as frequent as those of a language: by Zipf's law."""
    stems = {_syllables(chance) for _ in range(40_000)}
    words = _FUNCTION_WORDS + [s + chance.choice(_ENDINGS) for s in sorted(stems)]
    rest = words[len(_FUNCTION_WORDS) :]
    chance.shuffle(rest)
    words[len(_FUNCTION_WORDS) :] = rest
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    names = [_syllables(chance).capitalize() for _ in range(5000)]
    people = [" ".join(chance.sample(names, 2)) for _ in range(max(wanted // 8, 5))]
    made = []
    for number in range(wanted):
        title = chance.choices(words, cum_weights=weights, k=chance.randint(5, 14))
        told = chance.choices(words, cum_weights=weights, k=chance.randint(60, 220))
        authors = chance.sample(people, chance.randint(1, 5))
        identifier = f"{chance.randint(10, 25)}{chance.randint(1, 12):02}.{number:05}"
        made.append(
            Paper(
                title=" ".join(title).capitalize(),
                abstract=" ".join(told).capitalize() + ".",
                authors=tuple(authors),
                published=f"20{identifier[:2]}-{identifier[2:4]}-01",
                categories=(chance.choice(["cs.CL", "cs.LG", "math.AG", "hep-th", "stat.ML"]),),
                identifiers={"arxiv": identifier},
            )
        )
    return made


def _syllables(chance: random.Random) -> str:
    count = chance.choice([2, 2, 3, 3, 4])
    return "".join(chance.choice(_CONSONANTS) + chance.choice("aeiou") for _ in range(count))
