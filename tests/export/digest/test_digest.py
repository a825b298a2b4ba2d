"""A digest in each of its formats."""

import email
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from paperreader.export.digest.digest import Digest, Entry, Section
from paperreader.export.digest.html import html
from paperreader.export.digest.mail import mail
from paperreader.export.digest.markdown import markdown
from paperreader.export.digest.text import text
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record

SINCE, UNTIL = datetime(2026, 11, 25, 7, 30, tzinfo=UTC), datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> & [x](javascript:1) *b* `c` "q" Müller 数学'


def paper(title: str = "Locally Typical Sampling", **more: object) -> Record:
    values: dict[str, object] = {
        "abstract": "We show $\\alpha$ first. " + "Then we tell a long story about it. " * 30,
        "authors": ("Ann Bee", "Cy Dee", "Ed Eff", "Gil Haa", "Ida Jot"),
        "published": "2026-11-24",
        "categories": ("cs.CL",),
        "links": (Link(LinkKind.CODE, "https://github.com/a/b"),),
        "identifiers": {"arxiv": "2202.00666"},
        "upvotes": 12,
    }
    return Record(1, "arxiv:2202.00666", Paper(title, **{**values, **more}))  # type: ignore[arg-type]


def digest(*entries: Entry, more: int = 0, total: int = 0) -> Digest:
    sections = [Section("my topic", entries, more), Section("For you", note="This needs 5 more.")]
    return Digest(SINCE, UNTIL, total or len(entries), sections)


WHOLE = digest(Entry(paper(), ("speculative decoding", "draft model")), more=3, total=10)


@pytest.mark.parametrize("write", [text, markdown, html])
def test_every_format_has_all_of_it(write: object) -> None:
    written = write(WHOLE)  # type: ignore[operator]
    words = " ".join(re.sub(r"<[^>]+>|\\", " ", written).split())
    for given in (
        *("10 new papers, 26 November 2026", "25 November 2026, 07:30", "my topic"),
        *("Locally Typical Sampling", "Ann Bee, Cy Dee, Ed Eff et al. · 2026-11-24 · cs.CL · ▲ 12"),
        *("because of", "speculative decoding", "We show α first.", "This needs 5 more."),
        *("… and 3 more", "6 more", "paperreader list --view new"),
    ):
        assert given in words, given
    assert "https://arxiv.org/abs/2202.00666" in written
    assert "https://github.com/a/b" in written
    assert len(written) < 3500  # the abstract is cut


def test_text_fits_a_terminal() -> None:
    lines = text(WHOLE).splitlines()
    assert max(len(line) for line in lines) <= 78


def test_nothing_hostile_gets_through() -> None:
    given = digest(
        Entry(paper(HOSTILE, abstract=HOSTILE, links=(Link(LinkKind.CODE, "javascript:x"),)),
              (HOSTILE,))
    )  # fmt: skip
    page = html(given)
    assert "<script" not in page
    assert "javascript:x" not in page
    rendered = MarkdownIt().render(markdown(given))
    assert "<script" not in rendered
    assert 'href="javascript' not in rendered
    assert "&lt;script&gt;" in rendered


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[tuple[str, str | None]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.loads += [(name, value) for name, value in attrs if name in ("src", "srcset", "style")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing() -> None:
    page = html(WHOLE)
    parsed = _Page()
    parsed.feed(page)
    assert parsed.open == []
    assert parsed.loads == []
    assert not parsed.tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_both_themes_can_be_read() -> None:
    style = html(WHOLE)
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in style.split("@media", 1)
    )
    for colours in (light, dark):
        assert contrast(colours["text"], colours["back"]) > 7
        assert contrast(colours["link"], colours["back"]) > 4.5
        assert contrast(colours["quiet"], colours["back"]) > 4.5
        assert contrast(colours["quiet"], colours["tag"]) > 4.5


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_mail_has_a_text_and_an_html_part() -> None:
    sent = mail(digest(Entry(paper(HOSTILE))), "Reader <me@example.org>", "you@example.org")
    assert b"\r" not in sent
    assert sent.isascii()
    assert max(map(len, sent.splitlines())) <= 998
    message = email.message_from_bytes(sent, policy=default)
    assert isinstance(message, EmailMessage)
    assert message["To"] == "you@example.org"
    assert message["Subject"] == "1 new paper, 26 November 2026"
    assert message["Date"].datetime == UNTIL
    assert message["Message-ID"]
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    plain = message.get_body(("plain",))
    assert plain is not None
    assert "Müller 数学" in plain.get_content()


@pytest.mark.parametrize("address", ["you@example.org\nBcc: all@example.org", "a\r\nX: y"])
def test_an_address_cannot_add_headers(address: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|carriage|newline"):
        mail(WHOLE, "", address)


def test_an_empty_digest_says_so() -> None:
    given = Digest(SINCE, UNTIL, 0)
    assert text(given).startswith(
        "No new papers, 26 November 2026\nsince 25 November 2026, 07:30\n"
    )


def test_a_gist_ends_with_a_sentence_or_a_word() -> None:
    assert Entry(paper(abstract="Short.")).gist == "Short."
    gist = Entry(paper(abstract="word " * 200)).gist
    assert gist.endswith("word …")
    assert Entry(paper(summary="In one sentence.")).gist == "In one sentence."
    assert Entry(paper("", abstract="")).title == ""
