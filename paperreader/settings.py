"""The settings file: TOML, checked, and not needed."""

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self, cast

from paperreader.papers.citation_scheme import WHAT_IT_IS, is_scheme
from paperreader.text import is_web_address, line

# Chosen on CACM and CISI, by nDCG@10 and Recall@100: .463 and .541 at 0, .476 and .609 at 0.05,
# .479 and .612 at 0.08, .478 and .607 at 0.1, .473 and .608 at 0.15, .461 and .600 at 0.2.
# tests/benchmarks/meaning.py measures it.
MEANING = 0.08
SEARCH_URL = "https://scholar.google.com/scholar?q={title}"
# Tables that are checked by the commands that use them.
_TABLES = ("fetch", "services", "digest")
# In bytes. Ten times what every setting and every key take.
_LARGEST = 200_000
# In characters. A key of 50,000 parts kept the parser busy for minutes; a key is on one line.
_LONGEST_LINE = 4_000
# More sentences about what cannot be used help nobody.
_MOST_PROBLEMS = 20


class Setting(NamedTuple):
    """One setting: its name, its default, what it does, and a check of its value.

    The check returns an empty text, or what the value must be.
    """

    name: str
    default: object
    help: str
    check: Callable[[object], str]


def _toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _one_of(*values: object) -> Callable[[object], str]:
    known = " or ".join(map(_toml, values))
    # True is 1 for Python, and not for a person.
    return lambda value: "" if (value, type(value)) in [(v, type(v)) for v in values] else known


def _number(least: float, most: float) -> Callable[[object], str]:
    def check(value: object) -> str:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        fits = is_number and least <= cast("float", value) <= most
        return "" if fits else f"a number from {least:g} to {most:g}"

    return check


def _text(value: object) -> str:
    return "" if isinstance(value, str) else "a text in quotes"


def _search_url(value: object) -> str:
    if isinstance(value, str) and "{title}" in value:
        return "" if is_web_address(value.replace("{title}", "title")) else "an http(s) address"
    return "an http or https address with {title} in it"


def _scheme(value: object) -> str:
    return "" if isinstance(value, str) and (not value or is_scheme(value)) else WHAT_IT_IS


def _command(value: object) -> str:
    import shlex

    if not isinstance(value, str):
        return "a text in quotes"
    try:
        shlex.split(value)
    except ValueError as error:
        return f"a command ({error})"
    return ""


SETTINGS = (
    Setting("theme", "", "The theme, by its name; Ctrl-t shows them all.", _text),
    Setting(
        "layout",
        "auto",
        "The list alone, the abstract below it, or the abstract beside it; auto goes by the width.",
        _one_of("auto", "list", "stacked", "beside"),
    ),
    Setting("lines_per_paper", 1, "Lines for a paper in the list: 1 or 2.", _one_of(1, 2)),
    Setting(
        "list_width",
        50,
        "The list beside the abstract, in percent of the screen.",
        _number(20, 80),
    ),
    Setting("text_width", 80, "The longest line of an abstract, in cells.", _number(40, 300)),
    Setting(
        "date_style",
        "words",
        "Dates as 26 Nov 2026 (words), 2026-11-26 (iso), or 3 days ago (age).",
        _one_of("words", "iso", "age"),
    ),
    Setting(
        "sort",
        "relevance",
        "The order of the list; without a search, relevance is the order of adding.",
        _one_of("relevance", "newest", "title", "added", "upvotes", "for-you"),
    ),
    Setting(
        "advance",
        False,
        "Go on to the next paper after a bookmark, a done or a read mark.",
        _one_of(False, True),
    ),
    Setting(
        "read_delay",
        0.0,
        "Seconds after which an opened paper counts as read.",
        _number(0, 3600),
    ),
    Setting(
        "meaning",
        MEANING,
        "How much meaning counts in searches beside words, from 0 (words alone) to 1.",
        _number(0, 1),
    ),
    Setting("search_url", SEARCH_URL, "Where a paper without a link is looked for.", _search_url),
    Setting(
        "citation_keys",
        "",
        "A scheme for the citation keys of exports, such as {surname}{year}{title}; empty for"
        " each paper's own.",
        _scheme,
    ),
    Setting("viewer", "", "The command that opens a PDF; empty for the system's own.", _command),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person set; every field but the last three is one of `SETTINGS`.

    `keys` maps the id of an action to its keys, separated by commas. `tables` are [fetch],
    [services] and [digest] as they are. `problems` are sentences about what in the file could not
    be used; the rest of it is used.
    """

    theme: str = ""
    layout: str = "auto"
    lines_per_paper: int = 1
    list_width: float = 50
    text_width: float = 80
    date_style: str = "words"
    sort: str = "relevance"
    advance: bool = False
    read_delay: float = 0.0
    meaning: float = MEANING
    search_url: str = SEARCH_URL
    citation_keys: str = ""
    viewer: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file at `path`; without one, every setting has its default."""
        try:
            text = _read(path)
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            return cls(problems=(_unread(path, str(error)),))
        import tomllib  # most people have no such file

        try:
            return cls.of(tomllib.loads(text))
        except RecursionError:
            return cls(problems=(_unread(path, "it is nested too deeply"),))
        except ValueError as error:  # also of a number of more digits than Python takes
            return cls(problems=(_unread(path, str(error)),))

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Self:
        """Check what a settings file says."""
        names = [setting.name for setting in SETTINGS]
        problems = [
            f"there is no setting “{line(name)}”; there are {', '.join(names)}, [keys] and "
            f"{', '.join(f'[{table}]' for table in _TABLES)}"
            for name in values
            if name not in (*names, "keys", *_TABLES)
        ]
        used: dict[str, Any] = {}
        for setting in SETTINGS:
            if setting.name in values:
                value = values[setting.name]
                if wrong := setting.check(value):
                    problems.append(f"{setting.name} must be {wrong}")
                else:
                    used[setting.name] = line(value) if isinstance(value, str) else value
        keys = _checked_keys(values.get("keys", {}), problems)
        tables: dict[str, Mapping[str, object]] = {}
        for name in _TABLES:
            match values.get(name):
                case None:
                    pass
                case dict() as table:
                    tables[name] = table
                case _:
                    problems.append(f"[{name}] must be a table of settings")
        if (more := len(problems) - _MOST_PROBLEMS) > 0:
            problems = [*problems[:_MOST_PROBLEMS], f"and {more:,} more of the kind"]
        return cls(**used, keys=keys, problems=tuple(problems), tables=tables)


def commented() -> str:
    """Return a settings file in which every setting stands as a comment, with its default."""
    lines = ["# Settings of paperreader. Take away a # to change what follows it.", ""]
    for setting in SETTINGS:
        lines += [f"# {setting.help}", f"#{setting.name} = {_toml(setting.default)}", ""]
    lines += [
        "# Keys by action: `paperreader keys` shows both.",
        "#[keys]",
        '#"paper.bookmark" = "B"',
        '#"list.down" = ["j", "down", "ctrl+j"]',
        "",
        "# How papers are fetched; the README has all of it.",
        "#[fetch]",
        '#contact = "you@example.org"',
    ]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> str:
    """Return the text of a regular file. A pipe would keep us waiting, a device go on for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:  # noqa: PTH123  (it is opened already)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is not a regular file")
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST // 1000} kB")
    text = data.decode()
    if any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        raise ValueError(f"a line is longer than {_LONGEST_LINE:,} characters")
    return text


def _checked_keys(keys: object, problems: list[str]) -> dict[str, str]:
    """Return the keys of each action; add what is wrong with others to `problems`."""
    if not isinstance(keys, dict):
        problems.append("[keys] must be a table of actions and their keys")
        return {}
    checked = {}
    for action, bindings in keys.items():
        if text := _keys(bindings):
            checked[line(str(action))] = text
        else:
            problems.append(
                f"the keys of {line(str(action))} must be a string or a list of strings"
            )
    return checked


def _keys(bindings: object) -> str:
    """Return keys as one text with commas, or '' if they are not keys."""
    listed = bindings if isinstance(bindings, list) else [bindings]
    keys = [key for key in listed if isinstance(key, str)]
    if len(keys) < len(listed):
        return ""
    return ",".join(part for key in keys for part in _parts(line(key)))


def _parts(keys: str) -> list[str]:
    """Split keys at commas; a comma alone is the key itself."""
    return ["comma"] if keys == "," else [part.strip() for part in keys.split(",") if part.strip()]


def _unread(path: Path, why: str) -> str:
    return f"the settings in {path} cannot be read ({line(why)}); not used"
