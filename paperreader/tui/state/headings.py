"""The headings of a list of new papers: the day on which they came, and their source."""

from paperreader.library.results import Results
from paperreader.tui.state import wording
from paperreader.tui.widgets.list_lines import Divider
from paperreader.tui.widgets.paper_text import day


def group_headings(results: Results, date_style: str) -> list[Divider]:
    """Return the headings of the groups of a list; none where papers have gone or come since."""
    headings, index = [], 0
    for group in results.groups:
        when = day(group.day, date_style)
        headings.append((index, f"{when} · {group.source} · {wording.papers(group.papers)}"))
        index += group.papers
    return headings if index == len(results) else []
