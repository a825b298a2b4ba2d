"""A digest as a self-contained web page, without scripts or external resources."""

from collections.abc import Iterator
from html import escape

from paperreader.export.digest.digest import Digest, Entry, Section, day
from paperreader.text import is_web_address

# The contrast of colours is 7:1 in both themes, and 4.5:1 for secondary text.
_STYLE = """
:root { color-scheme: light dark; --text: #1c1f23; --quiet: #59616b; --link: #0b57a4;
  --back: #ffffff; --line: #d9dde2; --tag: #f0f2f5; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --quiet: #a3abb5;
  --link: #8fc1f7; --back: #16181b; --line: #33383f; --tag: #23272d; } }
body { margin: 0; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 0; padding-bottom: .35rem;
  border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; line-height: 1.35; margin: 0; }
article { margin-top: 1.4rem; }
p { margin: .3rem 0 0; overflow-wrap: break-word; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
.quiet { color: var(--quiet); font-size: .875rem; }
.why span { background: var(--tag); border-radius: .25rem; padding: .05rem .4rem; }
""".strip()


def html(digest: Digest) -> str:
    """Return the digest as an HTML document."""
    title = escape(digest.title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n"
        f'<p class="quiet">since {day(digest.since)}, {digest.since:%H:%M}</p>\n'
        + "\n".join(line for section in digest.sections for line in _section(section))
        + _rest(digest)
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(section.title)}</h2>"
    if section.note:
        yield f'<p class="quiet">{escape(section.note)}</p>'
    for entry in section.entries:
        yield from _entry(entry)
    if section.more:
        yield f'<p class="quiet">… and {section.more:,} more</p>'
    yield "</section>"


def _entry(entry: Entry) -> Iterator[str]:
    yield f"<article>\n<h3>{_link(entry.url, entry.title or entry.record.key)}</h3>"
    facts = [escape(entry.byline)] if entry.byline else []
    if entry.code:
        facts.append(_link(entry.code, "code"))
    if facts:
        yield f'<p class="quiet">{" · ".join(facts)}</p>'
    if entry.reasons:
        words = " ".join(f"<span>{escape(reason)}</span>" for reason in entry.reasons)
        yield f'<p class="quiet why">because of {words}</p>'
    if entry.gist:
        yield f"<p>{escape(entry.gist)}</p>"
    yield "</article>"


def _rest(digest: Digest) -> str:
    if not digest.rest:
        return ""
    return f'\n<p class="quiet">{digest.rest:,} more: paperreader list --view new</p>'


def _link(url: str, text: str) -> str:
    if not is_web_address(url):
        return escape(text)
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(text)}</a>'
