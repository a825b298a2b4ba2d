"""References in the items of a list: below a name, without a link, or with a check box."""

import re
from collections.abc import Iterator, Sequence

from paperreader.formats.markdown import citation, facts, signs, titles
from paperreader.formats.markdown import papers as reading
from paperreader.formats.markdown.blocks import Block, Span
from paperreader.formats.markdown.papers import Candidate
from paperreader.papers.paper import Paper

# The most words of a short name above a full reference.
_NAME_WORDS = 12
# The fewest words of the title of a paper without a link.
_REFERENCE_WORDS = 3
_BOX = re.compile(r"\s*\[[ xX]\]\s")
_INITIAL = re.compile(r"[A-Z]\.\s")


def cited_below(own: list[Span], details: Sequence[Block]) -> Iterator[Paper]:
    """Yield the paper of a short name with links whose full reference is below it.

    If there are several references and as many links, each is a paper.
    """
    candidates = reading.papers(own)
    if not candidates or candidates[0].is_linked or any(span.strong for span in own):
        return
    if any(other.title for other in candidates[1:]):
        return
    cited = [titles.citation_in(block.own_spans()) for block in details]
    name = candidates[0].title
    cited = [each for each in cited if each.title and (each.people or _begins(each.title, name))]
    if not cited or len(name.split()) > _NAME_WORDS:
        return
    spans = [span for span in own if signs.is_paper_link(span)]
    each_has_link = len(spans) == len(cited)
    if len(candidates) > 1 and not each_has_link:
        return
    for number, reference in enumerate(cited if each_has_link else cited[:1]):
        paper = Candidate(reference.title, people=reference.people)
        for span in [spans[number]] if each_has_link else spans:
            paper.add_link(span)
        paper.after = [span for span in own if signs.is_own_link(span)]
        yield reading.with_facts(paper, [])


def _begins(title: str, name: str) -> bool:
    """Whether a title begins with the first word of a name: "SSD" and "SSD: A Detector"."""
    first = name.partition(",")[0].split()[:1]
    return len(title.split()) > len(name.split()) and title.partition(":")[0].split() == first


def reference(row: list[Span], block: Block) -> Paper | None:
    """Return the paper of a list's item that is a whole reference without a link, or None."""
    line = "".join(span.text for span in row)
    if block.kind != "item" or block.links() or not facts.year_in(line):
        return None
    cited = titles.citation_in(row)
    is_name = citation.end_of_people(cited.title) or _INITIAL.match(cited.title)
    if is_name or len(cited.title.split()) < _REFERENCE_WORDS:
        return None
    if not citation.people_before(cited.people):
        return None
    return reading.with_facts(Candidate(cited.title, people=cited.people, after=[Span(line)]))


def checked(row: list[Span]) -> Paper | None:
    """Return the paper of a reading list's item, "- [ ] Title — authors, year", or None."""
    line = "".join(span.text for span in row)
    head, _, rest = line.partition(" — ")
    if not _BOX.match(line) or not facts.year_in(rest):
        return None
    candidate = Candidate(titles.tidy(head), after=[Span(rest)])
    link = next((span for span in row if span.url), None)
    if link and titles.tidy(link.text) == candidate.title:
        candidate.add_link(link)
    return reading.with_facts(candidate)
