import pytest

from paperreader.papers.titles import bare, fold, main_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            r"An $\mathcal{O}(n \log n)$ Gate and $\alpha$-Flowers",
            "An O(n log n) Gate and α-Flowers",
        ),
        (r"Complexity over $\mathbb{F}_p$", "Complexity over mathbb{F}_p"),
        ("Magnons in $^3$He-B", "Magnons in ³He-B"),
        (r"$\lambda \leq \infty$ is $2\times$ as good", "λ ≤ ∞ is 2× as good"),
        ("R&D of Gardens", r"R\&D of gardens"),
        ("Beds &amp; Borders", "Beds and Borders"),
        ("Über die Gärten", "Ueber die Gaerten"),
        (r"{\"U}ber die G{\"a}rten", "Über die Gärten"),
        ("Ångström Gardens.", "Angstrom gardens"),
        ("Smørrebrød", r"Sm{\o}rrebr{\o}d"),
    ],
)
def test_one_title_in_two_spellings(one: str, other: str) -> None:
    assert bare(one) == bare(other)


def test_other_letters_are_another_title() -> None:
    assert bare("α-Flowers") != bare("β-Flowers")
    assert bare("???") != bare("!!!")


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("Gardens: A Study", "Gardens"),
        ("Gardens - a study", "Gardens"),
        ("Gardens? Perhaps", "Gardens"),
        ("Re:Gardens and co-ops", "Re:Gardens and co-ops"),
        (": odd", ": odd"),
        ("", ""),
    ],
)
def test_main_title(title: str, main: str) -> None:
    assert main_title(title) == main


def test_fold_keeps_the_words() -> None:
    assert fold("Don't: Mønster-Ïdeas!") == "dont monster ideas"
