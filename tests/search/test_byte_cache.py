"""What is kept within a bound."""

from hypothesis import given
from hypothesis import strategies as st

from paperreader.search.byte_cache import ByteLimitedCache


def test_what_was_not_used_for_longest_goes_first() -> None:
    recent: ByteLimitedCache[str, bytes] = ByteLimitedCache(40, len)
    for key in "abcd":
        recent.put(key, bytes(10))
    assert recent.get("a") is not None
    recent.put("e", bytes(10))
    assert recent.get("b") is None
    assert recent.get("a") is not None


def test_what_is_kept_is_made_once() -> None:
    recent: ByteLimitedCache[str, bytes] = ByteLimitedCache(40, len)
    made: list[bytes] = []

    def make() -> bytes:
        made.append(bytes(10))
        return made[-1]

    assert recent.get_or_make("a", make) is recent.get_or_make("a", make) is made[0]
    assert len(made) == 1


def test_a_value_over_a_quarter_of_the_bound_is_not_kept() -> None:
    recent: ByteLimitedCache[str, bytes] = ByteLimitedCache(40, len)
    recent.put("a", bytes(11))
    assert recent.get("a") is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30))))
def test_never_more_than_the_bound(steps: list[tuple[int, int]]) -> None:
    recent: ByteLimitedCache[int, bytes] = ByteLimitedCache(100, len)
    last: dict[int, int] = {}
    for key, size in steps:
        recent.put(key, bytes(size))
        if size <= 25:
            last[key] = size
            assert recent.get(key) == bytes(size)
    kept = {key: value for key in last if (value := recent.get(key)) is not None}
    assert sum(map(len, kept.values())) <= 100
    assert all(len(value) == last[key] for key, value in kept.items())
