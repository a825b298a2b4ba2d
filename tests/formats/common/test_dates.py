"""Dates in the forms that exports of reference managers have."""

import pytest

from paperreader.formats import Document, read
from paperreader.formats.common.dates import date_of, finer, finest, iso_date
from paperreader.papers.paper import Paper


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("2018", "2018"),
        ("1996 Jul 9", "1996-07-09"),
        ("2013 06 10", "2013-06-10"),
        ("2005 Jan-Feb", "2005-01"),
        ("2010 Spring", "2010"),
        ("2000 Dec 15-31", "2000-12-15"),
        ("1998 Dec-1999 Jan", "1998-12"),
        ("1996/07/09 00:01", "1996-07-09"),
        ("20180330", "2018-03-30"),
        ("1948/07//", "1948-07"),
        ("2015/october", "2015-10"),
        ("2015/09/10/Summer", "2015-09-10"),
        ("9 Jul 1996", "1996-07-09"),
        ("July 9, 1996", "1996-07-09"),
        ("3rd June 2011", "2011-06-03"),
        ("15-20 June 2019", "2019-06-15"),
        ("12 de mayo de 2010", "2010-05-12"),
        ("09/07/1996", "1996"),
        ("13/07/1996", "1996-07-13"),
        ("7/13/1996", "1996-07-13"),
        ("9.7.1996", "1996-07-09"),
        ("03/2009", "2009-03"),
        ("1/03/2009-", "2009"),
        ("2019-06-25T12:00:00Z", "2019-06-25"),
        ("Mon, 18 Mar 2025 10:00:00 GMT", "2025-03-18"),
        ("2019/2020", "2019"),
        ("2019-99-99", "2019"),
        ("2019-02-45", "2019-02"),
        ("c1999", "1999"),
        ("n.d.", ""),
        ("0000 Year", ""),
        ("9" * 5000, ""),
    ],
)
def test_iso_date(told: str, date: str) -> None:
    assert iso_date(told) == date


def test_date_of_parts() -> None:
    assert date_of("2009", "Juni") == "2009-06"
    assert date_of("2009", "1", "31") == "2009-01-31"
    assert date_of("May 2009", "") == "2009-05"
    assert date_of("", "May") == ""


def test_finer() -> None:
    assert finer("2020", "2020-05") == "2020-05"
    assert finer("2020", "2021-05") == "2020"


def test_finest() -> None:
    assert finest(["", "2020", "2021-01-01", "2020-03", "2020-03-05"]) == "2020-03-05"
    assert finest(["", ""]) == ""


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.json", ('{"type": "journal-article", "title": ["T"], "DOI": "10.1000/x", "issued":'
         ' {"date-parts": [[2020]]}, "published-online": {"date-parts": [[2020, 3, 5]]}}')),
        ("a.jsonl", '{"title": "T", "abstract": "A", "year": 2020, "month": "Mar", "day": 5}'),
        ("a.jsonl", '{"title": "T", "abstract": "A", "pub_date": "2020 Mar 5"}'),
        ("a.nbib", "PMID- 1\nTI  - T\nDP  - 2020\nDEP - 20200305\nJT  - J\n"),
        ("a.ris", "TY  - JOUR\nTI  - T\nPY  - 2020\nDA  - 2020/Mar/05\nER  - \n"),
        ("a.ris", "TY  - JOUR\nTI  - T\nDA  - 2020/03/05\nY1  - 1999/01/01\nER  - \n"),
        ("a.html", ("<html><meta name='citation_title' content='T'><meta name='citation_year'"
         " content='2020'><meta name='citation_online_date' content='2020/03/05'></html>")),
    ],
)  # fmt: skip
def test_month_and_day_are_kept_wherever_they_are_given(name: str, source: str) -> None:
    (paper,) = (p for p in read(Document.of_bytes(name, source.encode())) if isinstance(p, Paper))
    assert paper.published == "2020-03-05"
