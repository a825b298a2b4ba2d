import html
import json
import time

from paperreader.papers.paper import LinkKind
from tests.formats.outcome import read_text

LONG = (
    "We study how readers of many papers find the few that matter. Our method ranks each by its"
    " words, and a trial with forty readers shows that they find more in less time."
)


def entry(number: str, title: str) -> dict[str, object]:
    return {
        "paper": {
            "id": number,
            "authors": [{"name": "Ann Other", "hidden": False}],
            "publishedAt": "2026-01-02T00:00:00.000Z",
            "title": title,
            "summary": LONG,
            "upvotes": 7,
        },
        "numComments": 2,
        "title": title,
    }


def page(target: str, props: object, shown: str = "", quote: str = '"') -> str:
    data = html.escape(json.dumps(props))
    return (
        '<!doctype html><html><head><meta property="og:url" content="https://huggingface.co/papers">'
        "<script>let a = '<a href=\"/papers/1\">no</a>'</script></head><body>"
        f'<div class="SVELTE_HYDRATER" data-target="MainHeader" data-props="{{&quot;a&quot;:1}}"></div>'
        f"<div data-target={quote}{target}{quote} data-props={quote}{data}{quote}>{shown}</div>"
        "</body></html>"
    )


def test_a_daily_page_gives_the_papers_of_its_data() -> None:
    props = {
        "dailyPapers": [entry("2601.00001", "One"), entry("2601.00002", "Two")],
        "dateString": "2026-01-02",
    }
    read = read_text(page("DailyPapers", props, "<h3><a href='/papers/2601.00009'>Shown</a></h3>"))
    assert read.format == "huggingface-html"
    assert read.titles == ["One", "Two"]
    assert ("opened", "2026-01-02") in read.headings
    paper = read.papers[0]
    assert (paper.abstract, paper.upvotes, paper.comments) == (LONG, 7, 2)
    assert paper.authors == ("Ann Other",)


def test_a_search_page_gives_its_results_not_the_days_papers() -> None:
    props = {
        "dailyPapers": [entry("2601.00001", "Of the Day")],
        "searchResults": [entry("2601.00002", "Found")],
        "query": {"q": "finding"},
    }
    read = read_text(page("DailyPapers", props, quote="'"))
    assert read.titles == ["Found"]
    assert ("query", "finding") in read.headings


def test_a_search_without_results_does_not_give_the_days_papers() -> None:
    props = {
        "dailyPapers": [entry("2601.00001", "Of the Day")],
        "searchResults": [],
        "query": {"q": "x"},
    }
    read = read_text(page("DailyPapers", props))
    assert read.papers == []
    assert "without papers" in read.reading.why_empty()


def test_the_page_of_a_single_paper_gives_it_and_the_count_of_comments() -> None:
    paper = entry("2601.00001", "Alone")["paper"]
    [read] = read_text(page("PaperContent", {"comments": [{}, {}, {}], "paper": paper})).papers
    assert (read.title, read.comments) == ("Alone", 3)


SHOWN = f"""
<h1>Daily Papers</h1><h2>by <img alt="">AK and the research community</h2>
<nav><a href="/papers/date/2026-01-01">Previous</a> <button>Jan 2</button></nav>
<article><a href="/papers/2601.00001"><img src="x.png"></a>
  <a href="/login?next=%2Fpapers%2F2601.00001"><div><svg><path d="M1"></path></svg><div>118</div></div></a>
  <h3><a href="/papers/2601.00001" class="line-clamp-3">A Paper with
   a <span class="highlight">Highlight</span></a></h3>
  <p><a href="/papers/2601.00001">{LONG}</a></p>
  <a href="/papers/2601.00001"><ul><li></li></ul>12 authors</a> <span>·</span> <span>Jan 1</span>
  <a href="/papers/2601.00001#community"><svg></svg>5</a></article>
<article><h3><a href="/papers/2601.00002">A Paper without an Abstract</a></h3>
  <a href="https://github.com/acme/tool">GitHub 1.5k</a></article>
"""


def test_a_page_without_its_data_is_read_as_it_is_shown() -> None:
    read = read_text(page("DailyPapers", {}, SHOWN))
    first, second = read.papers
    assert first.title == "A Paper with a Highlight"
    assert first.abstract == LONG
    assert first.identifiers == {"arxiv": "2601.00001"}
    assert (first.upvotes, first.comments, first.published) == (118, 5, "2026-01-01")
    assert (second.title, second.stars) == ("A Paper without an Abstract", 1500)
    assert second.link(LinkKind.CODE) == "https://github.com/acme/tool"
    assert read.leftovers == []


def test_damaged_data_falls_back_on_what_is_shown() -> None:
    whole = page("DailyPapers", {"dailyPapers": [entry("2601.00001", "One")]}, SHOWN)
    damaged = whole.replace("&quot;dailyPapers&quot;:", "&quot;dailyPapers&quot;")
    assert len(read_text(damaged).papers) == 2


def test_damaged_markup_takes_linear_time() -> None:
    start = "<!doctype html> huggingface.co /papers "
    begun = time.process_time()
    for piece in ("<a ", "<!--", '<a href="', "<script>", "<![if ", "&", "<p>x"):
        read_text(start + piece * 20_000)
    assert time.process_time() - begun < 20
