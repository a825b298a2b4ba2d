"""What people type who know another tool: it has its meaning, or gives one notice."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from paperreader.query.query import Query

if TYPE_CHECKING:
    from paperreader.query.tree import Node

STAR = "* stands only at the end of a word: transf*"


def read(typed: str) -> str:
    query = Query.parse(typed)
    assert query.notices == ()
    return str(query.tree or "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a !b", "a -b"),
        ("!b", "-b"),
        ('!"b c"', '-"b c"'),
        ("a | b", "a OR b"),
        ("a || b", "a OR b"),
        ("a|b", "a OR b"),
        ("a && b", "a b"),
        ("a & b", "a and b"),
        ("+a +b", "a b"),
        ("a ANDNOT b", "a -b"),
        ("TI:mamba AU:gu", "title:mamba author:gu"),
        ("intitle:mamba inauthor:gu", "title:mamba author:gu"),
        ("all:electron", "electron"),
        ("hinton[au] dropout[ti] 2012[dp]", "author:hinton title:dropout year:2012..2012"),
        ('"graph networks"[Title/Abstract]', '"graph networks"'),
        ("smith j[au]", 'author:"smith j"'),
        ("title=mamba", "title:mamba"),
        ("year>2019 x", "year:2020.. x"),
        ("year >= 2019", "year:2019.."),
        ("year<2019", "year:..2018"),
        ("year=2019", "year:2019..2019"),
        ("year:[2019 TO 2021]", "year:2019..2021"),
        ("year:[2019 TO *]", "year:2019.."),
        ("submittedDate:[202301010600 TO 202401010600]", "year:2023-01-01..2024-01-01"),
        ("before:2019", "year:..2018"),
        ("until:2019-05", "year:..2019-05"),
        ("after:2019 since:2018-02-03", "year:2019.. year:2018-02-03.."),
        ("date:2019-05", "year:2019-05..2019-05"),
        ("year:>2019-12", "year:2020-01.."),
        ("year:<2019-03-01", "year:..2019-02-28"),
        ("year:2019+", "year:2019.."),
        ("cat:cs.LG,stat.ML", "category:cs.LG OR category:stat.ML"),
        ("-cat:cs.LG,stat.ML", "-(category:cs.LG OR category:stat.ML)"),
        ("author:hinton,lecun", "author:hinton author:lecun"),
        ("is:starred is:new", "is:bookmarked is:unread"),
        ("tag:none", "is:untagged"),
        ("no:tag", "-has:tag"),
        ("-has:abstract", "-has:abstract"),
        ("title:* author:*", "has:title has:author"),
        ("venue:* year:*", "venue:* has:year"),
        ("'a b' ‘c d’", '"a b" "c d"'),
        ("=networks", '"networks"'),
        ("bert~1 grpah~ nets~0.8", "~bert ~grpah ~nets"),
        ("doi=10.1000/x", "doi:10.1000/x"),
        ("allintitle:mamba allinauthor:gu", "title:mamba author:gu"),
        ("from:gu subject:mamba", "author:gu title:mamba"),
        ("TS=(graph nets) AND PY=2019-2021", "graph nets year:2019..2021"),
        ("AU=(Gu A) AND SO=Nature", "author:Gu author:A venue:Nature"),
        ("TITLE-ABS-KEY(graph) AND NOT AUTH(gu)", "graph -author:gu"),
        ('TITLE ( "graph nets" ) AND PUBYEAR > 2018', 'title:"graph nets" year:2019..'),
        ("PUBYEAR AFT 2018 PUBYEAR BEF 2021", "year:2019.. year:..2020"),
        ("2019:2021[dp] gu a[Author - Last]", 'year:2019..2021 author:"gu a"'),
        ('("2019/01/01"[PDAT] : "3000"[PDAT])', "year:2019-01-01..3000"),
        ("31452104[uid]", "pmid:31452104"),
        ('"31452104"[pmid] x[pmid]', "pmid:31452104 x"),
        ("~x, y", "x y"),
        ("tag:a and not tag:b", "tag:a -tag:b"),
        ("from:a or from:b", "author:a OR author:b"),
        ("~f gu ~s mamba ~N", "author:gu title:mamba is:unread"),
        ("au:del_maestro", 'author:"del maestro"'),
        ("author:Geoffrey_E._Hinton:", 'author:"Geoffrey E. Hinton"'),
        ('author:"Hinton, G; LeCun, Y"', 'author:"Hinton, G" author:"LeCun, Y"'),
        ('=author:"Hinton, G"', 'author:"Hinton, G"'),
        ("_exists_:doi -_exists_:abstract", "has:doi -has:abstract"),
        ("year:[2019,2021] year:2019,2021", "year:2019..2021 (year:2019..2019 OR year:2021..2021)"),
        ("eprint:1706.03762 identifier:1706.03762", "arxiv:1706.03762 OR arxiv:1706.03762"),
        ("arxiv_class:cs.LG co:CVPR", "category:cs.LG abstract:CVPR"),
        ("mamba 2019+", "mamba year:2019.."),
        ("papers by hinton", "hinton"),
        ("Hinton's papers", "Hinton"),
        ("mamba since 2019", 'mamba (year:2019.. OR "since 2019")'),
        ("mamba from 2019 to 2021", 'mamba (year:2019..2021 OR "from 2019 to 2021")'),
        ("Cai & Yuan", "Cai and Yuan"),
    ],
)
def test_an_operator_of_another_tool_has_its_meaning(typed: str, expected: str) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected", "notice"),
    [
        ('"a b"~5', "a b", '"…"~5 is read as all of the words; where they stand close counts more'),
        ('"a b"^2', '"a b"', '"…"^2: phrases are not weighted; ^2 was left out'),
        ("bert^2", "bert", "bert^2: words are not weighted; ^ was left out"),
        ("a NEAR/3 b", "a b", "NEAR/3 is read as AND; words that stand close count more"),
        ("a ADJ b", "a b", "ADJ is read as AND; words that stand close count more"),
        ("a W/5 b", "a b", "W/5 is read as AND; words that stand close count more"),
        ("gr?ph", "gr*", f"gr?ph: ? is not a wildcard; {STAR}"),
        ("trans*former", "trans*", f"trans*former: {STAR}"),
        ("*former", "former", STAR),
        ("/re.*x/ a", "re.*x a", f"/re.*x/: regular expressions are not read; {STAR}"),
        (
            "sort:new bert",
            "bert",
            "sort: is not part of a search; press s to sort, or use --sort",
        ),
        (
            "foo[mh]",
            "foo",
            "no field '[mh]'; write title:, author:, abstract:, year: before it",
        ),
        ("size>10", "size>10", "size>10: > compares only years: year>2019"),
        (
            '"a b" ~5',
            "a b",
            '"…"~5 is read as all of the words; where they stand close counts more',
        ),
        ("a AROUND 5 b", "a b", "AROUND 5 is read as AND; words that stand close count more"),
        (
            "abs:(a NEAR5 b)",
            "abstract:a abstract:b",
            "NEAR5 is read as AND; words that stand close count more",
        ),
        ("behavio$r", "behavio*", f"behavio$r: {STAR}"),
        ("a site:arxiv.org", "a", "site has no meaning here; it was left out"),
        ('a lang:"old norse" b', "a b", "lang has no meaning here; it was left out"),
        ("a DOCTYPE(ar) b", "a b", "DOCTYPE has no meaning here; it was left out"),
        ("a ~d <1m", "a", "~d has no meaning here; it was left out"),
        ("WC=(Computer Science)", "has:wc", "WC has no meaning here; it was left out"),
    ],
)
def test_one_without_a_meaning_gives_one_notice(typed: str, expected: str, notice: str) -> None:
    query = Query.parse(typed)
    assert (str(query.tree), query.notices) == (expected, (notice,))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Gelfand-Naimark Theorems for *-Algebras", "Gelfand-Naimark Theorems for Algebras"),
        ("CAT(-1) spaces", "CAT 1 spaces"),
        ("alkaline-earth(-like) atoms", "alkaline-earth like atoms"),
        ("∞-former: Memory", "former Memory"),
        ("Visual(-Inertial) Odometry", "Visual Inertial Odometry"),
        ("Domain-Adversarial and -Conditional Nets", "Domain-Adversarial and Conditional Nets"),
        ("Determination of |V_{cb}| from B", "Determination of V_{cb} from B"),
        ("bounds on P(A|B)", 'bounds on "P(A|B)"'),
        ("Surprise! Who's next?", "Surprise Who's next"),
        ("x^2 and sin^2 y", "x^2 and sin^2 y"),
        ("benzo[a]pyrene, [un]seen", "benzo a pyrene un seen"),
        ("the '90s and students' books", "the 90s and students books"),
        ("Range W/Z at 5", "Range W/Z at 5"),
        ("war and peace or not", "war and peace or not"),
        ("a or b, tag: a story", "a or b tag:a story"),
        ("C++ & k-NN", "C++ k-NN"),
        ("papers on", "papers on"),
        ("TITLES (of all) CALLS(x)", "TITLES of all CALLS x"),
        ("the world since 2008 and after", "the world since 2008 and after"),
    ],
)
def test_what_only_looks_like_one_in_a_title_is_text(typed: str, expected: str) -> None:
    tree: Node | None = Query.parse(typed).tree
    assert str(tree) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("vaswani 2017", "vaswani 2017"),
        ("(Vaswani et al., 2017)", "author:Vaswani 2017"),
        ("He et al. 2016 residual", "author:He 2016 residual"),
        ("Mikolov et al 2013", "author:Mikolov 2013"),
        ("2019-2021 graph", "2019-2021 graph"),
        ("arXiv:1112.4174v1 [math.GR] 18 Dec 2011", "arxiv:1112.4174 math.GR 18 Dec 2011"),
        ("arxiv 1112.4174", "arxiv:1112.4174"),
        ("DOI 10.1016/j.x", "doi:10.1016/j.x"),
        ("1112.4174v3.pdf", "arxiv:1112.4174"),
        ("[link](https://arxiv.org/abs/1112.4174)", "link arxiv:1112.4174"),
        ("2022.acl-long.375", "acl:2022.acl-long.375"),
        ("pmid:31452104", "pmid:31452104"),
    ],
)
def test_citations_and_identifiers(typed: str, expected: str) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("newer_than:2d", 2),
        ("since:1w", 7),
        ("date:3_weeks..", 21),
        ("date:yesterday..", 1),
        ("date:today..", 0),
        ('"last 2 days"[dp]', 2),
        ("date:[now-7d TO *]", 7),
        ("entered published:[NOW-7DAYS TO *]", 7),
    ],
)
def test_dates_are_counted_back_from_today(typed: str, days: int) -> None:
    day = datetime.now(UTC).date() - timedelta(days=days)
    assert read(typed).removeprefix("entered ") == f"year:{day}.."


@pytest.mark.parametrize("typed", ["site:arxiv.org", "in:trash", "-larger:5M", "WC=(x)", "~A"])
def test_what_has_no_meaning_here_alone_finds_nothing(typed: str) -> None:
    assert Query.parse(typed).tree is not None
    assert Query.parse(typed, typing=True).tree is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a -b NOT c", "a b NOT c"),
        ("a category:b (c:d)-e", "a category:b c:d e"),
        ("(1112.4174) revisited", "1112.4174 revisited"),
        (
            "@article{vaswani2017attention,",
            'author:vaswani (2017 OR year:2016..2016) title:"attention"',
        ),
        ("vaswani2017why", 'author:vaswani (2017 OR year:2016..2016) title:"why"'),
        (
            "vaswaniAttentionAll2017",
            'author:vaswani (2017 OR year:2016..2016) title:"Attention" title:"All"',
        ),
        ("Aad:2012tfa", 'author:Aad (2012 OR year:2011..2011) title:"tfa"'),
        ("DBLP:conf/nips/VaswaniSPU17", "author:Vaswani 2017"),
        ("smith2019b", "smith 2019"),
        ("cvpr2018", "cvpr 2018"),
        ("Vaswani et al. - 2017 - Attention.pdf", "Vaswani 2017 Attention"),
    ],
)
def test_a_text_may_be_read_without_any_operator(typed: str, expected: str) -> None:
    tree = Query.parse(typed, as_text=True).tree
    assert str(tree).replace("not", "NOT") == expected
