"""Markdown in the styles of reading lists, awesome-lists and digests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.export import markdown as export
from paperreader.formats import Document, FormatError, Heading, read
from paperreader.formats.markdown.markdown import Markdown
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record
from tests.formats.reading import headings, items, leftovers, papers

ARXIV = "https://arxiv.org/abs/"


def only(source: str) -> Paper:
    found = items("list.md", source, "markdown")
    (paper,) = (item for item in found if isinstance(item, Paper))
    return paper


def titles(source: str) -> list[str]:
    return [item.title for item in items("list.md", source, "markdown") if isinstance(item, Paper)]


@pytest.mark.parametrize(
    "line",
    [
        "- [Tree of Thoughts: Deliberate Solving](https://arxiv.org/abs/2305.10601)",
        "- **Tree of Thoughts: Deliberate Solving**, Shunyu Yao et al. [[paper](https://arxiv.org/abs/2305.10601)] [[code](https://github.com/x/y)]",
        "- Tree of Thoughts: Deliberate Solving. *Shunyu Yao, Dian Yu.* NeurIPS 2023. [[pdf](https://arxiv.org/pdf/2305.10601.pdf)]",
        '- "Tree of Thoughts: Deliberate Solving", Shunyu Yao and Dian Yu, 2023. [pdf](https://arxiv.org/pdf/2305.10601)',
        "- [2023/05] **Tree of Thoughts**: Deliberate Solving [[arXiv](https://arxiv.org/abs/2305.10601v2)] ![](https://img.shields.io/x)",
        "1. (NeurIPS 2023) Tree of Thoughts: Deliberate Solving [Paper](https://huggingface.co/papers/2305.10601)",
        "* [[2305.10601](https://arxiv.org/abs/2305.10601)] Tree of Thoughts: Deliberate Solving, Shunyu Yao, Dian Yu",
        "- Yao, S., & Yu, D. (2023). Tree of thoughts: Deliberate solving. NeurIPS. [link](https://arxiv.org/abs/2305.10601)",
        "- Tree of Thoughts: Deliberate Solving https://arxiv.org/abs/2305.10601",
        "- **[Tree of Thoughts: Deliberate\n  Solving](https://arxiv.org/abs/2305.10601)**",
        "### [Tree of Thoughts: Deliberate Solving](https://arxiv.org/abs/2305.10601)\n\nText.",
        "Read [*Tree of Thoughts: Deliberate Solving*](https://arxiv.org/abs/2305.10601) first.",
        '<p><a href="https://arxiv.org/abs/2305.10601">Tree of Thoughts: Deliberate Solving</a></p>',
        "- [![arXiv](https://img.shields.io/x)](https://arxiv.org/abs/2305.10601) **Tree of Thoughts: Deliberate Solving**",
        "**Tree of Thoughts: Deliberate Solving** \\\n*Shunyu Yao<sup>1</sup>, Dian Yu<sup>2</sup>* \\\nNeurIPS 2023. [[Paper](https://arxiv.org/abs/2305.10601)]",
        "- (*NeurIPS'23*) Tree of Thoughts: Deliberate Solving: [paper](https://arxiv.org/abs/2305.10601)",
        "- Tree of Thoughts: Deliberate Solving ([Yao et al., 2023](https://arxiv.org/abs/2305.10601))",
        "- `2023-05` 🔥 **Tree of Thoughts: Deliberate Solving** ([arXiv](https://arxiv.org/abs/2305.10601))",
        "33. Tree of Thoughts: Deliberate Solving[[ICIR2024](https://arxiv.org/pdf/2305.10601.pdf)]",
        "- [2023/05] Tree of Thoughts: Deliberate Solving. (Some University) [[paper](https://arxiv.org/abs/2305.10601)]",
        "- [arXiv:2305.10601 — Tree of Thoughts: Deliberate Solving](https://arxiv.org/abs/2305.10601) (Yao et al.)",
        "- [Yao et al. — Tree of Thoughts: Deliberate Solving (arXiv:2305.10601)](https://arxiv.org/abs/2305.10601) is first",
        "| Type | Resource | Link |\n|--|--|--|\n| 📄 | Tree of Thoughts: Deliberate Solving | [arXiv](https://arxiv.org/abs/2305.10601) |",
        "- **Tree of Thoughts: Deliberate Solving**\n  - Authors: Shunyu Yao\n  - [Paper](https://arxiv.org/abs/2305.10601)",
    ],
)
def test_one_paper_in_the_styles_of_many_lists(line: str) -> None:
    paper = only(f"# List\n\n{line}\n")
    assert paper.title.lower() == "tree of thoughts: deliberate solving"
    assert paper.identifiers == {"arxiv": "2305.10601"}
    assert not paper.authors or paper.authors[0] in ("Shunyu Yao", "S. Yao", "Yao")
    assert paper.published in ("", "2023", "2023-05")


def test_names_linked_to_home_pages() -> None:
    source = (
        "**Rivers: Beds and Banks of the *Wild*.**<br>\n"
        "*[Jane Doe](https://jane.example/), John Roe\\*, and [Li Wei](https://wei.example).*<br>\n"
        f"CVPR 2022. [[PDF]({ARXIV}2206.09244)] [[Project](https://rivers.example)]"
    )
    paper = only(source)
    assert paper.title == "Rivers: Beds and Banks of the Wild"
    assert paper.authors == ("Jane Doe", "John Roe", "Li Wei")
    assert (paper.venue, paper.published) == ("CVPR 2022", "2022")
    assert [link.kind for link in paper.links] == [LinkKind.PAGE, LinkKind.PROJECT]


def test_a_sentence_about_a_paper_is_not_its_title() -> None:
    source = f"1. A house makes Muse, a model of pictures; it is faster.\n   - {ARXIV}2301.00704\n"
    found = items("x.md", source, "markdown")
    assert not [item for item in found if isinstance(item, Paper)]
    assert len(leftovers(found)) == 1


def test_what_stands_around_the_title() -> None:
    source = (
        "- Tree of Thoughts: Deliberate Solving. *Shunyu Yao, Dian Yu.* NeurIPS 2023."
        " [[pdf](https://arxiv.org/pdf/2305.10601)] [[code](https://github.com/x/y)]"
        " [[project](https://tree.example)]"
    )
    paper = only(source)
    assert paper.authors == ("Shunyu Yao", "Dian Yu")
    assert (paper.venue, paper.published) == ("NeurIPS 2023", "2023")
    assert paper.links == (
        Link(LinkKind.PDF, "https://arxiv.org/pdf/2305.10601"),
        Link(LinkKind.CODE, "https://github.com/x/y"),
        Link(LinkKind.PROJECT, "https://tree.example"),
    )


@pytest.mark.parametrize(
    ("url", "identifiers"),
    [
        ("https://doi.org/10.1234/ab.c", {"doi": "10.1234/ab.c"}),
        ("https://aclanthology.org/N19-1423.pdf", {"acl": "N19-1423"}),
        ("https://openreview.net/forum?id=aB-1", {"openreview": "aB-1"}),
        ("https://papers.nips.cc/paper/2020/file/1-Paper.pdf", {}),
        ("https://proceedings.mlr.press/v97/x19a.html", {}),
        ("https://some.example/~jane/rivers.pdf", {}),
    ],
)
def test_addresses_that_name_a_paper(url: str, identifiers: dict[str, str]) -> None:
    paper = only(f"- [Rivers and Beds]({url})")
    assert (paper.title, paper.identifiers) == ("Rivers and Beds", identifiers)


def test_tools_blogs_and_navigation_are_no_papers() -> None:
    source = """# Awesome [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)
- [Papers](#papers)
  - [Surveys](#surveys)
- [vLLM](https://github.com/vllm-project/vllm) - serves things
- [A Post on Agents](https://lilianweng.github.io/posts/agent/)
- [Model](https://huggingface.co/org/model) by [Us](https://us.example)

## Papers
- [Rivers and Beds](https://arxiv.org/abs/2401.00001)
"""
    found = items("README.md", source, "markdown")
    assert [item.title for item in found if isinstance(item, Paper)] == ["Rivers and Beds"]
    assert not leftovers(found)
    (prose,) = headings(found)
    assert prose.text.startswith("7 blocks with 7 links")


def test_a_list_without_any_paper_says_so() -> None:
    reading = read(Document.of_bytes("x.md", b"# Title\n\n- [Tool](https://github.com/a/b)\n"))
    assert all(isinstance(item, Heading) for item in reading)
    assert "without a link to a paper" in reading.why_empty()


def test_a_table_whose_column_says_paper() -> None:
    source = """
|   Date  | keywords | Institute | Paper |
|:-------:|:--------:|:---------:|:------|
| 2017-06 | Transformers | Google | [Attention Is All You Need](https://arxiv.org/pdf/1706.03762.pdf) |
| 2023-03 | GPT 4 | OpenAI | [GPT-4 Technical Report](https://openai.example/gpt-4) |
| 2022 | T0 | A Lab et al. | [Multitask](https://arxiv.org/abs/2110.08207) |
"""
    first, second, third = papers("x.md", source, "markdown")
    assert (first.title, first.published) == ("Attention Is All You Need", "2017-06")
    assert (first.organization, first.key) == ("Google", "arxiv:1706.03762")
    assert (second.title, second.published) == ("GPT-4 Technical Report", "2023-03")
    assert third.authors == ()


def test_a_table_with_cells_over_several_lines() -> None:
    source = """## Papers for 2025-03-18

| Title | Authors | Summary |
|-------|---------|---------|
| Droplet: A Dataset to Explore Integral
  Video Generation (Read more on [arXiv](https://arxiv.org/abs/2503.06053) or [HuggingFace](https://huggingface.co/papers/2503.06053))| Runze Zhang, limuloo1999 | Droplet is introduced. |
| Second (Read more on [arXiv](https://arxiv.org/abs/2503.06054))| A B | Two. |
"""
    first, second = papers("x.md", source, "markdown")
    assert first.title == "Droplet: A Dataset to Explore Integral Video Generation"
    assert first.authors == ("Runze Zhang", "limuloo1999")
    assert (first.summary, first.published) == ("Droplet is introduced.", "")
    assert first.key == "arxiv:2503.06053"
    assert second.title == "Second"


def test_a_table_with_the_link_in_another_column() -> None:
    source = """
|Year|Title|Venue|Paper|Code|
|:--|:--|:--|:-:|:-:|
|2021|Plain Title|ICLR|[link](https://openreview.net/forum?id=abc1)|[code](https://github.com/z/z)|
"""
    paper = only(source)
    assert (paper.title, paper.published, paper.venue) == ("Plain Title", "2021", "ICLR")
    assert paper.identifiers == {"openreview": "abc1"}
    assert paper.link(LinkKind.CODE) == "https://github.com/z/z"


def test_a_table_whose_cells_hold_a_bold_title_and_a_description() -> None:
    source = f"""
| **Paper**  | **Links** |
| ------------- | ------------- |
| 1) **Llemma** - an LLM for mathematics which is based on continued pretraining of [Code Llama](https://code.example). | [Paper]({ARXIV}2310.10631), [Tweet](https://x.com/z/status/1)|
| 2) **LLMs for Engineering** - a comprehensive survey of LLMs for engineering. | [Paper]({ARXIV}2310.03533) |
"""
    first, second = papers("x.md", source, "markdown")
    assert (first.title, second.title) == ("Llemma", "LLMs for Engineering")
    assert first.summary.startswith("an LLM for mathematics")
    assert [link.kind for link in first.links] == [LinkKind.PAGE]


def test_a_digest_with_a_heading_for_each_paper() -> None:
    source = f"""## Daily Papers (2025-03-12)

### [“Principal” Rivers: A View]({ARXIV}2503.07920)

![](https://cdn.example/x.png)

Vote: 73

Authors: Tack Hwa Wong, Evan, Bin Wang

- ***What's New***: rivers are open.
- ***Details***: they are 1.28M.

### 2. A Title Without Its Own Link

**Authors:** Jane Doe, John Roe
**Link:** {ARXIV}2405.00001
**Published:** May 1, 2024

**Abstract:** This is the abstract of it.

---

Written by a machine.
"""
    first, second = papers("digest.md", source, "markdown")
    assert first.title == "“Principal” Rivers: A View"
    assert first.authors == ("Tack Hwa Wong", "Evan", "Bin Wang")
    assert first.upvotes == 73
    assert first.summary == "What's New: rivers are open.\n\nDetails: they are 1.28M."
    assert second.title == "A Title Without Its Own Link"
    assert second.authors == ("Jane Doe", "John Roe")
    assert (second.published, second.abstract) == ("2024-05-01", "This is the abstract of it.")
    assert second.key == "arxiv:2405.00001"


def test_a_digest_with_a_bold_link_for_each_paper() -> None:
    source = f"""# Trending

**[Kronos: A Model of Rivers](https://huggingface.co/papers/2508.02739)**

*Yu Shi, Zongliang Fu et al. (7 authors)*

Kronos, a framework for rivers, is better than others.

▲ 35 • 💬 3 • ⭐ 26,259 • 9mo ago

[🎓 arXiv]({ARXIV}2508.02739) • [💻 code](https://github.com/s/kronos)

---

**[Second: Beds](https://huggingface.co/papers/2508.02740)**

*Jane Doe, Li Wei*
"""
    first, second = papers("x.md", source, "markdown")
    assert first.title == "Kronos: A Model of Rivers"
    assert first.authors == ("Yu Shi", "Zongliang Fu")
    assert first.summary == "Kronos, a framework for rivers, is better than others."
    assert (first.upvotes, first.comments, first.stars) == (35, 3, 26259)
    assert first.link(LinkKind.CODE) == "https://github.com/s/kronos"
    assert (second.title, second.authors) == ("Second: Beds", ("Jane Doe", "Li Wei"))


def test_a_table_whose_cells_hold_a_title_two_blanks_and_a_description() -> None:
    about = "It is a new benchmark of rivers. " * 8
    source = f"""
| **Paper**  | **Links** |
| ---------- | --------- |
| 1) Rivers: A Bench  {about}  ● More of it – {about} | [Paper]({ARXIV}2504.01848), [Tweet](https://x.com/1) |
| 2) {about} | [Paper]({ARXIV}2504.01849) |
"""
    found = items("x.md", source, "markdown")
    (paper,) = (item for item in found if isinstance(item, Paper))
    assert paper.title == "Rivers: A Bench"
    assert paper.summary.startswith("It is a new benchmark")
    assert len(leftovers(found)) == 1


def test_several_papers_in_one_line_and_in_one_section() -> None:
    source = f"""# Surveys
- [Survey One of Things]({ARXIV}2404.00001), [Survey Two of Things]({ARXIV}2404.00002)
- First Title Here [[paper]({ARXIV}2404.00003)], Second Title Here [[paper]({ARXIV}2404.00004)]
- **Group**
  - [Survey Five of Things]({ARXIV}2404.00005)
  - [Survey Six of Things]({ARXIV}2404.00006), 2024
"""
    assert titles(source) == [
        "Survey One of Things",
        "Survey Two of Things",
        "First Title Here",
        "Second Title Here",
        "Survey Five of Things",
        "Survey Six of Things",
    ]


def test_a_link_whose_title_is_not_told_is_left_over_with_its_line() -> None:
    found = items(
        "x.md", f"# Notes\n\nAs [Foo et al., 2020]({ARXIV}2001.00007) show.\n", "markdown"
    )
    (left,) = leftovers(found)
    assert left.location == "line 3"
    source = f"After reading the [tutorial of beds]({ARXIV}2001.00007), we made ours.\n"
    assert len(leftovers(items("x.md", source, "markdown"))) == 1
    assert "2001.00007" in left.reason


def test_bare_addresses_become_papers_to_be_filled_in() -> None:
    found = papers("x.md", f"# Later\n\n- {ARXIV}2001.00007\n- <{ARXIV}2001.00008>\n", "markdown")
    assert [paper.key for paper in found] == ["arxiv:2001.00007", "arxiv:2001.00008"]
    assert all(paper.pending for paper in found)


def test_a_list_with_check_boxes_as_we_write_it() -> None:
    written = [
        Paper(
            "A [Title] with *Signs* | and $x_1$",
            authors=("Ada Lovelace", "Max Planck"),
            published="2019",
            links=(Link(LinkKind.PDF, "https://arxiv.org/pdf/2101.00001"),),
            identifiers={"arxiv": "2101.00001"},
        ),
        Paper("On a Page", published="2020", links=(Link(LinkKind.PAGE, "https://a.example/x"),)),
        Paper("Nowhere to Be Found", authors=("Ann Other",), published="2021"),
    ]
    lines = "\n".join(export.item(Record(1, paper.key, paper)) for paper in written)
    document = Document.of_bytes("list.md", f"# Reading list\n\n{lines}\n".encode())
    found = [item for item in Markdown().parse(document) if isinstance(item, Paper)]
    assert [(p.title, p.published) for p in found] == [(p.title, p.published) for p in written]
    assert [p.authors for p in found] == [p.authors for p in written]
    assert found[0].key == "arxiv:2101.00001"


def test_front_matter_of_a_note_is_a_paper() -> None:
    source = """---
title: "Rivers and Beds"
authors: [Jane Doe, John Roe]
year: 2019
doi: 10.1234/x
tags:
  - rivers
---
My notes.
"""
    paper = only(source)
    assert paper.title == "Rivers and Beds"
    assert paper.authors == ("Jane Doe", "John Roe")
    assert (paper.key, paper.published) == ("doi:10.1234/x", "2019")
    assert paper.keywords == ("rivers",)


def test_markup_of_the_terminal_is_only_text() -> None:
    paper = only(f"- [A \\[/b\\] \x1b\\]0;x\x07 Title Here]({ARXIV}2001.00007)")
    assert paper.title == "A [/b] ]0;x Title Here"


PIECES = st.sampled_from(
    [
        *(
            "- ",
            "# ",
            "| a | b |\n|---|---|\n",
            "**",
            "[",
            "](",
            ")",
            "\n",
            "\n\n",
            "> ",
            "  ",
            "`",
        ),
        *(f"[T is one]({ARXIV}2001.00007)", "[[paper](https://arxiv.org/pdf/1.pdf)]", "Authors: "),
        *("A. Doe, ", "<a href=", "<td>", "http://", "---\n", "2020", "(", ". ", "et al.", "\x00"),
        *("<!--", "*"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=30))
def test_any_text_is_read_without_an_error(pieces: list[str]) -> None:
    document = Document.of_bytes("x.md", "".join(pieces).encode(errors="replace") or b" ")
    try:
        for item in Markdown().parse(document):
            assert not isinstance(item, Paper) or item.cleaned().keys
    except FormatError:
        # A NUL makes it a binary file.
        assert b"\0" in document.head


@pytest.mark.parametrize(
    "head",
    [
        "**{}**",
        "**{}** ",
        "__{}__",
        "**1. {}**",
        "### {}",
        "<h3>{}</h3>",
        "<b>{}</b>",
        "**[{}]({}2312.00101)**",
    ],
)
@pytest.mark.parametrize(
    "bullet", ["- Paper: {}", "- **Paper:** {}", "* 论文: {}", "Paper: {}", "- [Paper]({})"]
)
def test_a_title_of_its_own_before_its_addresses(head: str, bullet: str) -> None:
    source = "# Garden papers\n\n# Roses\n"
    titles = ("Rose Ladder: Climbing Roses on Steps", "Small Roses", "Tulips")
    for number, title in enumerate(titles, 1):
        url = f"{ARXIV}2312.0010{number}"
        name = head.format(title, ARXIV).replace("2312.00101", f"2312.0010{number}")
        code = f"- Code: https://github.com/x/{number}" if bullet[0] in "-*" else ""
        source += f"\n{name}\n\n{bullet.format(url)}\n{code}\n"
    read = papers("x.md", source, "markdown")
    assert [paper.title for paper in read] == list(titles)
    assert [paper.identifiers["arxiv"] for paper in read] == [
        "2312.00101",
        "2312.00102",
        "2312.00103",
    ]
    if bullet[0] in "-*":
        assert read[1].link(LinkKind.CODE) == "https://github.com/x/2"
    assert not any(paper.pending for paper in read)


def test_a_title_in_the_summary_of_a_block_that_unfolds() -> None:
    source = f"""## 🔥 Today

<details>
<summary><b>1. HoseKit: Water for Ten Beds</b> ⭐ 66</summary>

<br/>

**🔗 Links:** [🤗 HuggingFace](https://huggingface.co/papers/2608.10001) • [📄 arXiv]({ARXIV}2608.10001)

**💻 Code:** [⭐ Code](https://github.com/x/hosekit)

</details>

<details><summary>2. spade: Digging With Care</summary>

[📄 arXiv]({ARXIV}2608.10002)
</details>

[A list of more gardens](https://example.org/more)
"""
    first, second = papers("x.md", source, "markdown")
    assert (first.title, first.stars) == ("HoseKit: Water for Ten Beds", 66)
    assert first.link(LinkKind.CODE) == "https://github.com/x/hosekit"
    assert second.title == "spade: Digging With Care"


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        (
            "Slow beds: Planting by the hour (2017), S. Elm et al., ",
            "Slow beds: Planting by the hour",
            ("S. Elm",),
        ),
        (
            "Watering in rows: Fewer cans (2017), T. Oak. ",
            "Watering in rows: Fewer cans",
            ("T. Oak",),
        ),
        (
            "Fast beds, 2018, T. Oak et al. ",
            "Fast beds",
            ("T. Oak",),
        ),
        (
            "Planting the nearest root first (2007), U. Yew and V. Fir. ",
            "Planting the nearest root first",
            ("U. Yew", "V. Fir"),
        ),
        (
            "Watering in rows: Fewer cans. Tim Oak, Una Yew. GardenConf 2017. ",
            "Watering in rows: Fewer cans",
            ("Tim Oak", "Una Yew"),
        ),
        (
            "Watering in Rows, Tim Oak, Una Yew, NeurIPS 2017 ",
            "Watering in Rows",
            ("Tim Oak", "Una Yew"),
        ),
        (
            "Tim Oak, Una Yew and Vic Fir, Watering in Rows: Fewer Cans, CVPR, 2017. ",
            "Watering in Rows: Fewer Cans",
            ("Tim Oak", "Una Yew", "Vic Fir"),
        ),
        (
            "Tim Oak, Una Yew. Watering in rows. arXiv:1702.00302 ",
            "Watering in rows",
            ("Tim Oak", "Una Yew"),
        ),
        (
            "Oak, T., & Yew, U. (2017). Watering in rows: fewer cans. Gardens, 5. ",
            "Watering in rows: fewer cans",
            ("T. Oak", "U. Yew"),
        ),
        (
            'Oak, Tim, and Una Yew. "Watering in rows." Gardens (2017). ',
            "Watering in rows",
            ("Tim Oak", "Una Yew"),
        ),
        ("**[ROW]** Watering in Rows | **[CVPR' 17]** | ", "Watering in Rows", ()),
        (
            "Detection in Crowded Beds: One Root, Multiple Predictions ",
            "Detection in Crowded Beds: One Root, Multiple Predictions",
            (),
        ),
        ("Light-Bed R-CNN: In Defense of Gardens ", "Light-Bed R-CNN: In Defense of Gardens", ()),
        ("The Cathedral & the Garden ", "The Cathedral & the Garden", ()),
        ("The IBM 2016 Garden System ", "The IBM 2016 Garden System", ()),
        ("watering in rows and by hand ", "watering in rows and by hand", ()),
    ],
)
def test_a_reference_in_plain_words(line: str, title: str, authors: tuple[str, ...]) -> None:
    (paper,) = papers("x.md", f"# Deep gardens\n\n- {line}[[pdf]]({ARXIV}1702.00302)\n", "markdown")
    assert (paper.title, paper.authors) == (title, authors)


def test_a_name_with_links_above_the_whole_reference() -> None:
    source = f"""# Gardens
* Microsoft (Roses) [[Paper]({ARXIV}1512.00001)][[Code](https://github.com/x/roses)]
  * Tim Oak, Una Yew, Deep Roses for Small Gardens, arXiv:1512.00001.
* Tulips [[Paper-CVPR14]](https://example.org/a.pdf) [[Paper-arXiv15]]({ARXIV}1501.00002)
  * Vic Fir, Tim Oak, Learning a Tulip, CVPR, 2014.
  * Vic Fir, Tim Oak, Tulips Using Deep Beds, arXiv:1501.00002.
"""
    first, second, third = papers("x.md", source, "markdown")
    assert (first.title, first.authors) == ("Deep Roses for Small Gardens", ("Tim Oak", "Una Yew"))
    assert first.link(LinkKind.CODE) == "https://github.com/x/roses"
    assert (second.title, third.title) == ("Learning a Tulip", "Tulips Using Deep Beds")
    assert third.identifiers == {"arxiv": "1501.00002"}


@pytest.mark.parametrize(
    ("cell", "title", "about"),
    [
        (
            "1) **Patient Gardeners** - Introduces Patient Gardeners (PGs), people who wait.",
            "Patient Gardeners",
            "Introduces",
        ),
        (
            "2) Bulbs in Spring - an overview of what bulbs need, from soil to light.",
            "Bulbs in Spring",
            "an overview",
        ),
        (
            "3) AllBeds - plans every bed of a year; it looks at light; "
            + "it also keeps a diary; " * 9,
            "AllBeds",
            "plans every",
        ),
        (
            "4) **Who Talks to the Hose** - Counts those who ask the **Garden.ai** helper.",
            "Who Talks to the Hose",
            "Counts",
        ),
        (
            "5) HoseBench  Researchers present a benchmark from [Garden.ai](http://garden.ai/) of hoses. It is new.",
            "HoseBench",
            "Researchers",
        ),
        ("Rows – proposes a way to water", "Rows", "proposes"),
    ],
)
def test_a_name_and_what_it_is_about_in_a_cell(cell: str, title: str, about: str) -> None:
    source = f"| **Paper** | **Links** |\n|---|---|\n| {cell} | [Paper]({ARXIV}2506.00401) |\n"
    (paper,) = papers("x.md", source, "markdown")
    assert (paper.title, paper.authors) == (title, ())
    assert paper.summary.startswith(about)


@pytest.mark.parametrize("others", ["et.al.", "et al", "et al.", "and others", "等", "et. al."])
def test_others_are_no_part_of_a_name(others: str) -> None:
    table = f"|Date|Title|Authors|PDF|\n|---|---|---|---|\n|2024-01-02|**Gardens by day**|Ann Bee {others}|[2401.00501]({ARXIV}2401.00501)|\n"
    (paper,) = papers("x.md", f"## Gardens\n\n{table}", "markdown")
    assert paper.authors == ("Ann Bee",)
    (paper,) = papers(
        "x.md", f"- **Gardens by day**, Ann Bee {others} [[pdf]]({ARXIV}2401.00501)\n", "markdown"
    )
    assert paper.authors == ("Ann Bee",)


def test_a_bold_title_may_begin_in_lower_case() -> None:
    source = f"""# Diffusion

**one pot: A garden on a sill** \\
*Ivo Alder, Jo Beech* \\
arXiv 2023. [[Paper]({ARXIV}2301.00601)] \\
26 Jan 2023
"""
    (paper,) = papers("x.md", source, "markdown")
    assert (paper.title, paper.authors) == (
        "one pot: A garden on a sill",
        ("Ivo Alder", "Jo Beech"),
    )


def test_a_link_that_names_the_authors_or_its_place_is_no_title() -> None:
    source = f"""# Gardens
* [Oak (1970)]({ARXIV}2301.00001). Literate Gardens
* [Oak & Yew (1971)]({ARXIV}2301.00002). Structured Gardens
* Gardens that water themselves [[UZH docs]({ARXIV}2301.00003)] [[GIT](https://github.com/x/y)]
* Gardens for robots (2nd edition) [[Book]({ARXIV}2301.00004)]
"""
    assert [paper.title for paper in papers("x.md", source, "markdown")] == [
        "Literate Gardens",
        "Structured Gardens",
        "Gardens that water themselves",
        "Gardens for robots (2nd edition)",
    ]
