"""The settings file: TOML, checked, and not needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from paperreader.text import is_web_address

_TABLES = ("fetch", "services", "digest")
SEARCH_URL = "https://scholar.google.com/scholar?q={title}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person set: a theme, where papers without a link are looked for, keys.

    `keys` maps the id of an action to its keys, parted by commas. `tables` are those that the
    commands check that use them: [fetch], [services] and [digest]. `problems` are sentences about
    what in the file could not be used; the rest of it is used.
    """

    theme: str = ""
    search_url: str = SEARCH_URL
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file at `path`; where there is none, everything is as it comes."""
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            return cls(problems=(_unread(path, error),))
        import tomllib  # most people have no such file

        try:
            return cls.of(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            return cls(problems=(_unread(path, error),))

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Self:
        """Check what a settings file says."""
        problems = [
            f"there is no setting “{name}”; there are theme, search_url, [keys] and "
            f"{', '.join(f'[{table}]' for table in _TABLES)}"
            for name in told
            if name not in ("theme", "search_url", "keys", *_TABLES)
        ]
        theme, url, keys = (
            told.get("theme", ""),
            told.get("search_url", SEARCH_URL),
            told.get("keys", {}),
        )
        if not isinstance(theme, str):
            problems.append("the theme has to be a name in quotes")
            theme = ""
        if not isinstance(url, str) or "{title}" not in url or not is_web_address(_filled(url)):
            problems.append("search_url has to be an http or https address with {title} in it")
            url = SEARCH_URL
        if not isinstance(keys, dict):
            problems.append("[keys] has to be a table of actions and their keys")
            keys = {}
        bound = {}
        for action, bindings in keys.items():
            match _keys(bindings):
                case "":
                    problems.append(f"the keys of {action} have to be text, or a list of texts")
                case text:
                    bound[str(action)] = text
        tables: dict[str, Mapping[str, object]] = {}
        for name in _TABLES:
            match told.get(name):
                case None:
                    pass
                case dict() as table:
                    tables[name] = table
                case _:
                    problems.append(f"[{name}] has to be a table of settings")
        return cls(theme, url, bound, tuple(problems), tables)


def _filled(url: str) -> str:
    return url.replace("{title}", "title")


def _keys(told: object) -> str:
    """Return keys as one text with commas, or '' where they are no keys."""
    keys = [key for key in (told if isinstance(told, list) else [told]) if isinstance(key, str)]
    if isinstance(told, list) and len(keys) < len(told):
        return ""
    return ",".join(part for key in keys for part in _parts(key))


def _parts(keys: str) -> list[str]:
    """Part keys at commas; a comma alone is the key itself."""
    return ["comma"] if keys == "," else [part.strip() for part in keys.split(",") if part.strip()]


def _unread(path: Path, error: Exception) -> str:
    return f"the settings in {path} cannot be read ({error}); not used"
