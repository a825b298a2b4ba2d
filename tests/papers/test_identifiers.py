"""Identifiers: which DOIs are those of preprint servers, and which are in addresses."""

import pytest

from paperreader.papers.identifiers import identifiers_in, is_preprint_doi, without_version

PREPRINTS = [
    "10.48550/arxiv.2101.00001", "10.1101/2020.01.01.123456", "10.1101/123456",
    "10.64898/2026.01.01.123456", "10.21203/rs.3.rs-1234/v1", "10.31234/osf.io/abc",
    "10.31222/osf.io/abc", "10.31224/osf.io/abc", "10.26434/chemrxiv-2021-abc",
    "10.36227/techrxiv.1", "10.2139/ssrn.123", "10.20944/preprints202001.0001.v1",
    "10.7287/peerj.preprints.1v1", "10.2196/preprints.1", "10.5194/egusphere-2024-1",
    "10.1002/essoar.10500000.1", "10.22541/au.1", "10.5281/zenodo.1",
]  # fmt: skip


@pytest.mark.parametrize("doi", PREPRINTS)
def test_a_journal_may_give_another_doi_to_a_preprint(doi: str) -> None:
    assert is_preprint_doi(doi)


@pytest.mark.parametrize(
    "doi",
    ["10.1101/gr.123456.109", "10.1101/gad.1", "10.7287/1", "10.2196/1234", "10.5194/acp-1-2",
     "10.1002/adma.1", "10.1145/3123456", "10.485501/x", "10.5281/other"],
)  # fmt: skip
def test_the_doi_of_a_journal_is_not_that_of_a_preprint(doi: str) -> None:
    assert not is_preprint_doi(doi)


@pytest.mark.parametrize(
    "versioned",
    ["10.21203/rs.3.rs-1/v2", "10.20944/preprints1.v2", "10.26434/chemrxiv-2021-abc-v2",
     "10.64898/2026.01.01.123456v2", "10.7287/peerj.preprints.1v2"],
)  # fmt: skip
def test_the_versions_of_a_preprint_are_one_paper(versioned: str) -> None:
    assert without_version(versioned) == without_version(versioned.replace("v2", "v1"))


@pytest.mark.parametrize("prefix", ["10.1101", "10.64898"])
@pytest.mark.parametrize("view", ["", "v1", "v2.full", "v1.full.pdf", "v1.full.pdf+html"])
def test_an_address_of_biorxiv_holds_its_doi(prefix: str, view: str) -> None:
    address = f"https://www.biorxiv.org/content/{prefix}/2026.01.02.123456{view}"
    assert identifiers_in(address) == {"doi": f"{prefix}/2026.01.02.123456"}
