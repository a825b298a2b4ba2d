r"""The text that a BibTeX field prints."""

import pytest

from paperreader.formats.bibtex.latex_text import printed, verbatim


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Erd{\H o}s, Fran{\c c}ois, {\v{Z}}i{\v{z}}ek", "Erdős, François, Žižek"),
        (r"\'{\i} \'\i {\'i} \'{e}t\'e \^{\j}", "í íí été ĵ"),
        (r"{\AA}ngstr\"om \O slo \L{}\'od\'z Stra{\ss}e \ae{}", "Ångström Øslo Łódź Straße æ"),
        (r"jafnr{\ae}{\dh}i {\th}{\'a} Aks{\i}n", "jafnræði þá Aksın"),
        (r"D\\'ecoret", "Décoret"),
        (r"\~{}x \^{} a\_b \#1 10\% \& \{x\}", "~x ^ a_b #1 10% & {x}"),
        (
            r"The {BERT} {{Title}} {\sc Tool} \textit{in vivo} \emph{x}",
            "The BERT Title Tool in vivo x",
        ),
        (r"``quoted'' pages 1--2 --- \enquote{so}", "“quoted” pages 1–2 — “so”"),
        (r"16\textsuperscript{th} 10\textsuperscript{2} H\textsubscript{2}O", "16th 10² H₂O"),
        (r"200\,m, a~b, \textpm 0.1", "200 m, a b, ±0.1"),
        ("of ~5 (~10%), Section~5", "of ~5 (~10%), Section 5"),
        (r"$\mu$J and {$t$}-{$J$}, Mm{$^2$}", r"$\mu$J and $t$-$J$, Mm$^2$"),
        (r"\(x_{1}\) and \[y\] {z}", r"\(x_{1}\) and \[y\] z"),
        (r"costs $5 or \$6", "costs $5 or $6"),
        (r"7\times10^{11} G_{x} {y}", r"7\times10^{11} G_{x} y"),
        ("lone $5 {x}", "lone $5 x"),
        (r"$a{b$ {c}", "$ab$ c"),
        (r"\foo{b{a}r} \alpha", r"\foo{b{a}r} \alpha"),
        (r"see \cite{x}, \LaTeX", r"see \cite{x}, LaTeX"),
        ("https://x.org/~me--you", "https://x.org/~me--you"),
        (r"\href{https://x.org}{the site}", "the site"),
        (r"\ensuremath{\alpha}-x", r"$\alpha$-x"),
        ("plain", "plain"),
        ("unclosed {brace", "unclosed brace"),
        ("\\", "\\"),
    ],
)
def test_printed(latex: str, text: str) -> None:
    assert printed(latex) == text


def test_verbatim_undoes_escapes_only() -> None:
    assert verbatim(r"\url{https://x.org/a\_b\%20c\&d}") == "https://x.org/a_b%20c&d"


def test_what_only_takes_up_space_is_not_printed() -> None:
    assert printed(r"\{\vphantom{\}}III\vphantom{\{}\}") == "{III}"
