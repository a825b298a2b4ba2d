from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.papers.paper import LinkKind
from tests.formats.outcome import Outcome, read_bytes, read_text

SEED = (Path(__file__).parents[3] / "seeds" / "huggingface_papers_2025-03-18.txt").read_bytes()
BLOCKS = SEED.decode().split("\n\n")
HEADER, BODY = BLOCKS[:5], BLOCKS[5:]
HEADER_BYTES = "\n\n".join(HEADER).encode()
PAIRS = list(zip(BODY[::2], BODY[1::2], strict=True))

# The site's own bar above a page, and what stands below one, since 2026.
BAR = "Models\n\nDatasets\n\nSpaces\n\nBuckets new\n\nDocs\n\nEnterprise\n\nPricing\n\nLog In\n\nSign Up"
HEADER_2026 = (
    "new\n\nGet trending papers in your email inbox once a day!\n\n"
    "Get trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
    "byAK and the research community\n\nlocally typical sampling\n\nDaily\n\nWeekly\n\nMonthly\n\n"
    "Trending Papers\n\nMar 25"
)
FOOTER = (
    "Previous\n\nNext\n\nSystem theme\n\nCompany\n\nTOS\n\nPrivacy\n\nAbout\n\nCareers\n\nWebsite\n\n"
    "Models\n\nDatasets\n\nSpaces\n\nPricing\n\nDocs\n\n"
    "Trending Papers ranked by GitHub stars activity"
)
LONG = (
    "We study how readers of many papers find the few that matter. Our method ranks each by its"
    " words, and a trial with forty readers shows that they find more in less time."
)


def pairs(read: Outcome) -> list[tuple[str, str]]:
    return [(paper.title, paper.abstract) for paper in read.papers]


def page(*blocks: str) -> str:
    return "\n\n".join([*HEADER, *blocks])


def test_the_seed_page_gives_its_59_papers_word_for_word() -> None:
    read = read_bytes(SEED)
    assert read.format == "huggingface-text"
    assert len(read.papers) == 59
    assert pairs(read) == PAIRS
    assert read.leftovers == []


def test_the_head_of_the_seed_page_is_kept_as_what_it_is() -> None:
    headings = dict(read_bytes(SEED).headings)
    assert headings["opened"] == "Mar 18"
    assert headings["banner"] == "Get trending papers in your email inbox!"
    assert headings["community"] == "by AK and the research community"


def test_addresses_in_the_seeds_abstracts_become_links() -> None:
    papers = read_bytes(SEED).papers
    links = [link for paper in papers for link in paper.links]
    assert len(links) == 21
    assert not any(link.url.endswith(".") for link in links)
    [code] = [link for link in links if "changyi7231" in link.url]
    assert (code.kind, code.url) == (LinkKind.CODE, "https://github.com/changyi7231/NFE")


@pytest.mark.parametrize(
    "data",
    [
        SEED.replace(b"\n", b"\r\n"),
        SEED.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + SEED,
        SEED.decode().encode("utf-16"),
        SEED + b"\n",
        SEED.replace(b"\n\n", b"\n\n \n\n"),
        SEED.replace(b" ", "\u00a0".encode(), 3),
        ("\n\n".join([BAR, HEADER_2026, *BODY, FOOTER])).encode(),
        ("\n".join([*HEADER, *BODY])).encode(),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "newline", "blanks", "nbsp", "2026", "no-blank-lines"],
)
def test_the_page_is_the_same_however_it_was_saved(data: bytes) -> None:
    read = read_bytes(data)
    assert pairs(read) == PAIRS
    assert read.leftovers == []


def test_the_query_of_a_search_page_is_no_paper() -> None:
    read = read_text("\n\n".join([HEADER_2026, *BODY[:4], FOOTER]))
    assert ("query", "locally typical sampling") in read.headings
    assert ("opened", "Mar 25") in read.headings
    assert pairs(read) == PAIRS[:2]


def test_a_page_cut_in_the_middle_of_a_title_keeps_what_is_left_of_it() -> None:
    read = read_text(page(*BODY[:6], BODY[6][:15]))
    assert pairs(read) == [*PAIRS[:3], (BODY[6][:15].strip(), "")]


def test_a_title_that_lost_its_abstract_stands_without_one() -> None:
    read = read_text(page(*BODY[:2], BODY[2], *BODY[4:]))
    assert pairs(read) == [PAIRS[0], (BODY[2], ""), *PAIRS[2:]]


def test_an_abstract_that_lost_its_title_at_the_start_is_left_over_with_its_place() -> None:
    read = read_text(page(*BODY[1:]))
    assert pairs(read) == PAIRS[1:]
    [leftover] = read.leftovers
    assert leftover.text == BODY[1]
    assert leftover.location == "line 11"


def test_paragraphs_of_an_abstract_stay_together() -> None:
    halves = [LONG, LONG.replace("We study", "This paper also studies")]
    read = read_text(page(*BODY[:2], "A Title of Its Own", *halves, *BODY[2:]))
    assert pairs(read)[1] == ("A Title of Its Own", "\n\n".join(halves))
    assert len(read.papers) == 60


def test_an_abstract_may_be_shorter_than_its_title() -> None:
    title = "On the Very Long and Winding Road from Short Abstracts to Their Much Longer Titles"
    read = read_text(page(*BODY[:2], title, "We prove Weyl's law.", *BODY[2:]))
    assert pairs(read)[1] == (title, "We prove Weyl's law.")
    assert len(read.papers) == 60


def test_one_paper_alone() -> None:
    assert pairs(read_text(page(*BODY[:2]))) == PAIRS[:1]


def test_a_head_without_papers_says_what_it_looks_like_and_what_would_work() -> None:
    read = read_text("\n\n".join(HEADER))
    assert read.papers == []
    assert "head of a Hugging Face Papers page" in read.reading.why_empty()
    assert "save the whole page" in read.reading.why_empty()


def test_two_pages_in_one_file_give_their_papers_twice() -> None:
    twice = SEED + b"\n\n" + SEED
    read = read_bytes(twice)
    assert pairs(read) == PAIRS * 2
    assert [told for kind, told in read.headings if kind == "opened"] == ["Mar 18", "Mar 18"]
    assert read.leftovers == []


def test_two_single_papers_in_one_file() -> None:
    one = page(*BODY[:2])
    full = "\n\n".join([BAR, HEADER_2026, *BODY[2:4], FOOTER])
    assert pairs(read_text(f"{one}\n\n{full}\n\n{one}")) == [PAIRS[0], PAIRS[1], PAIRS[0]]


def test_a_page_of_titles_only() -> None:
    titles = [title for title, _ in PAIRS]
    assert read_text(page(*titles)).titles == titles


def test_a_paper_may_be_called_like_a_word_of_the_page() -> None:
    read = read_text(page(*BODY[:2], "Privacy", BODY[3], *BODY[4:]))
    assert read.titles[1] == "Privacy"


def test_a_list_of_titles_without_blank_lines_is_not_taken_for_a_wrapped_text() -> None:
    titles = [title for title, _ in PAIRS]
    assert read_text("\n".join([*HEADER, *titles])).titles == titles


def test_a_line_of_nothing_but_control_characters_is_blank() -> None:
    assert pairs(read_text(page("A Title\n\x1c\n" + LONG))) == [("A Title", LONG)]


def test_lines_wrapped_by_a_program_are_joined() -> None:
    words = LONG.split()
    wrapped = "\n".join(" ".join(words[i : i + 12]) for i in range(0, len(words), 12))
    assert pairs(read_text(page("A Title", wrapped, *BODY))) == [("A Title", LONG), *PAIRS]


MARKDOWN = f"""---
url: https://huggingface.co/papers?q=reading
---
new

[Subscribe](https://huggingface.co/login?next=%2Fpapers)

# Daily Papers

## by [![](https://huggingface.co/front/ak.png)AK](https://huggingface.co/akhaliq) and the research community

- Daily
- Weekly

[Trending Papers](https://huggingface.co/papers/trending)

Oct 2

[101](https://huggingface.co/login?next=%2Fpapers%2F2601.00683)

### [First: A Paper](https://huggingface.co/papers/2601.00683)

[{LONG} An interval [0, 1) too.](https://huggingface.co/papers/2601.00683)

[![acme](https://cdn.example/acme.png)Acme AI](https://huggingface.co/acme)

·

Dec 29[6](https://huggingface.co/papers/2601.00683#community)

[-](https://huggingface.co/login?next=%2Fpapers%2F2502.20581)

### [Second: How Readers Engage\\  with Past Papers](https://huggingface.co/papers/2502.20581)

[Broken lines are joined\\\\
again, as is [attention](https://huggingface.co/papers?q=attention). {LONG}](https://huggingface.co/papers/2502.20581)

[- ![](https://cdn.example/a.jpeg)\\\\
- ![](https://cdn.example/b.svg)\\\\
- 3 authors](https://huggingface.co/papers/2502.20581)

·

Feb 27, 2024
"""


def test_a_page_saved_as_markdown_tells_ids_votes_dates_and_organisations() -> None:
    read = read_text(MARKDOWN)
    first, second = read.papers
    assert first.title == "First: A Paper"
    assert first.abstract == f"{LONG} An interval [0, 1) too."
    assert first.identifiers == {"arxiv": "2601.00683"}
    assert first.link(LinkKind.PAGE) == "https://huggingface.co/papers/2601.00683"
    assert (first.upvotes, first.comments, first.organization) == (101, 6, "Acme AI")
    # The page leaves the year out; the id tells that the paper is of the turn of the year.
    assert first.published == "2025-12-29"
    assert second.title == "Second: How Readers Engage with Past Papers"
    assert second.abstract == f"Broken lines are joined again, as is attention. {LONG}"
    assert (second.published, second.upvotes) == ("2024-02-27", None)
    assert read.leftovers == []


REFERENCES = f"""* [Log In][27]
new

Get trending papers in your email inbox!

## by[AK][30] and the research community
* Daily

Jun 29
[
-
][31]

### [First Title][32]

[

{LONG}

][33]
[
* 3 authors
][34]
·
Mar 8, 2024 [ 6][39]
[
65
][35]

### [Second Title Broken over
### Two Lines][36]

[

{LONG}

][37]
[
* Acme University
][38]
·
May 30
"""


def test_signs_inside_an_abstract_are_not_taken_for_markdown() -> None:
    told = f"Let $n\\ (\\geq 2)$ be K - 1 + 2nk, as in C\\_2. {LONG}"
    first = MARKDOWN.replace(f"[{LONG} An", f"[{told} An")
    assert read_text(first).papers[0].abstract == f"{told} An interval [0, 1) too."


def test_links_by_number_without_their_addresses() -> None:
    first, second = read_text(REFERENCES).papers
    assert (first.title, first.abstract) == ("First Title", LONG)
    assert (first.published, first.comments, first.upvotes) == ("2024-03-08", 6, None)
    assert second.title == "Second Title Broken over Two Lines"
    assert (second.upvotes, second.organization, second.published) == (65, "Acme University", "")


def test_links_by_number_with_their_addresses() -> None:
    listed = "\n[32]: https://huggingface.co/papers/2403.05530\n[36]: <https://huggingface.co/papers/2405.00001>\n"
    first, second = read_text(REFERENCES + listed).papers
    assert first.identifiers == {"arxiv": "2403.05530"}
    assert (second.identifiers, second.published) == ({"arxiv": "2405.00001"}, "2024-05-30")


BARE = f"""new

Subscribe

https://huggingface.co/login?next=%2Fpapers

by\x20

AK

https://huggingface.co/akhaliq

 and the research community

Mar 25

 [-] 1

https://huggingface.co/login?next=%2Fpapers%2F2410.05434

Better than Your Reader

https://huggingface.co/papers/2410.05434

{LONG}

https://huggingface.co/papers/2410.05434

[

2 authors](https://huggingface.co/papers/2410.05434)

·

Oct 7, 2024

1

https://huggingface.co/papers/2410.05434#community
"""


def test_addresses_on_lines_of_their_own() -> None:
    read = read_text(BARE)
    [paper] = read.papers
    assert (paper.title, paper.abstract) == ("Better than Your Reader", LONG)
    assert (paper.upvotes, paper.comments, paper.published) == (1, 1, "2024-10-07")
    assert paper.identifiers == {"arxiv": "2410.05434"}
    assert read.leftovers == []


CARD = """Submitted by

someone

### [Reading Agents](https://huggingface.co/papers/2412.20138)

A reading framework simulates people who read, improving what they remember.

[Acme Lab](https://huggingface.co/acme-lab) · {date}

[Upvote

149](https://huggingface.co/login?next=%2Fpapers%2F2412.20138)

[GitHub 3.29k](https://github.com/acme/readers) [arXiv Page](https://arxiv.org/abs/2412.20138)
"""


def test_a_trending_card_stands_twice_on_the_page_and_is_one_paper() -> None:
    other = CARD.replace("Reading Agents", "Writing Agents").replace("2412.20138", "2412.20139")
    dates = ("Published on Dec 28, 2024", "Dec 28, 2024")
    cards = [card.format(date=date) for card in (CARD, other) for date in dates]
    read = read_text(
        "# Trending Papers\n\n## by AK and the research community\n\n" + "\n".join(cards)
    )
    assert read.titles == ["Reading Agents", "Writing Agents"]
    paper = read.papers[0]
    assert (paper.upvotes, paper.stars, paper.published) == (149, 3290, "2024-12-28")
    assert paper.organization == "Acme Lab"
    assert paper.link(LinkKind.CODE) == "https://github.com/acme/readers"
    assert read.leftovers == []


def test_a_trending_page_without_any_links() -> None:
    card = f"Submitted by\n\nsomeone\n\n{{}}\n\n{LONG}\n\nAcme Lab\n\n·\n\nPublished on Dec 28, 2024\n\nUpvote\n\n149\n\nGitHub\n\n86.1k\n\narXiv Page"
    cards = [card.format(title) for title in ("First Title", "First Title", "Second Title")]
    read = read_text("\n\n".join([HEADER_2026, *cards]))
    assert pairs(read) == [("First Title", LONG), ("Second Title", LONG)]
    assert (read.papers[0].upvotes, read.papers[0].stars) == (149, 86_100)
    assert read.papers[0].organization == "Acme Lab"


SINGLE = f"""Papers

arxiv:2509.24002

Marks: A Benchmark for
  Readers

Published on Sep 28

·

Submitted by

Ann Other

on Oct 1

#1 Paper of the day

·

National University of Reading

Upvote

118

+110

Authors:

Ann Other,
Bob Writer

Abstract

It marks what readers read.

AI-generated summary

MCP

standardizes how

LLMs

read papers

. {LONG}

[View arXiv page](https://arxiv.org/abs/2509.24002)

[Project page](https://marks.example/)

[GitHub 182](https://github.com/acme/marks)

Add to collection

Community

Ann Other

Does it read, too?
"""


def test_the_page_of_a_single_paper() -> None:
    read = read_text(SINGLE)
    [paper] = read.papers
    assert paper.title == "Marks: A Benchmark for Readers"
    assert paper.abstract == f"MCP standardizes how LLMs read papers. {LONG}"
    assert paper.summary == "It marks what readers read."
    assert paper.authors == ("Ann Other", "Bob Writer")
    assert paper.published == "2025-09-28"
    assert paper.organization == "National University of Reading"
    assert (paper.upvotes, paper.stars) == (118, 182)
    assert paper.identifiers == {"arxiv": "2509.24002"}
    assert paper.link(LinkKind.PROJECT) == "https://marks.example/"
    assert paper.link(LinkKind.CODE) == "https://github.com/acme/marks"
    assert ("discussion", "Ann Other\nDoes it read, too?") in read.headings


def test_text_that_is_neither_title_nor_abstract_is_reported() -> None:
    read = read_text(MARKDOWN + "\nA stray remark\n\n[Content truncated]\n")
    reasons = [(leftover.reason, leftover.text) for leftover in read.leftovers]
    assert ("neither title nor abstract", "A stray remark") in reasons
    assert any("cut" in reason for reason, _ in reasons)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(len(HEADER_BYTES) + 2, len(SEED)),
    st.integers(0, 400),
    st.sampled_from([b"", b"\n\n", b"\0", b"]("]),
)
def test_nothing_of_a_damaged_page_is_lost(at: int, gone: int, put: bytes) -> None:
    """Whatever is cut out or put in: every word comes back, as a paper or as something else."""
    data = (
        HEADER_BYTES + SEED[len(HEADER_BYTES) : at] + put.replace(b"\0", b"x") + SEED[at + gone :]
    )
    read = read_bytes(data)
    kept = " ".join(
        [
            *(f"{paper.title} {paper.abstract}" for paper in read.papers),
            *(leftover.text for leftover in read.leftovers),
        ]
    )
    body = Counter(data.decode().split("Mar 18", 1)[1].split())
    assert not Counter(kept.split()) - body
    # An address that stands alone is a link of the paper before it.
    links = {link.url for paper in read.papers for link in paper.links}
    assert {word.rstrip(".") for word in body - Counter(kept.split())} <= links
