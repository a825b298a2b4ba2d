r"""LaTeX as it is shown: formulas, accents, styles, what is left of them, and what stays."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader import text
from paperreader.latex import _library, pieces, to_unicode

SIGNS = st.sampled_from(
    [
        *(
            "$",
            "$$",
            "\\",
            "{",
            "}",
            "_",
            "^",
            "\\(",
            "\\)",
            "\\[",
            "\\]",
            "\n\n",
            " ",
            "%",
            "&",
            "~",
        ),
        *("a", "5", "and more words", "`", "'", "``", "''", "--", '"', "#", "é", "中", "𝒪"),
        *("\\alpha", "\\frac", "\\mathcal", "\\text", "\\emph{", "\\left", "\\right", "\\begin{x}"),
        *(
            "\\end{x}",
            "\\'",
            '\\"',
            "\\c",
            "\\char27",
            "\\sqrt",
            "\\over",
            "\\R",
            "mathcal{",
            "5times",
        ),
        *("\\item", "\\section{", "\\cite{", "\\verb|", "\\def\\x{", "\\input{/etc/passwd}", "^^["),
    ]
)
latex = st.lists(SIGNS, max_size=25).map("".join)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"$\tilde{\mathcal{O}}(\sqrt{\mathcal{C}_\Phi/m})$", "𝒪̃(√(𝒞_Φ/m))"),
        (r"$O(n \log n)$ and $O(\log^2 n)$", "O(n log n) and O(log² n)"),
        (r"$x_1^2$, $10^{-5}$, $^{4}$He, H$_2$O", "x₁², 10⁻⁵, ⁴He, H₂O"),
        (r"$\sum_{i=1}^n x_i$", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"$x_{max}$, $L_{2,1}$, $e^{-x^{2}/2}$", "x_max, L_(2,1), e^(-x²/2)"),
        (r"$f: X\to\R^d$, $x\in X$, $a \ll b$", "f: X→ℝ^d, x∈X, a ≪ b"),
        (r"$\left\{ x \right.$ and $\bigl( y \bigr)$", "{ x and ( y )"),
        (r"90$^\circ$ at 10 $\mu $m, $\approx 5\%$, $50%$", "90° at 10 μm, ≈5%, 50%"),
        (r"${\cal O}(n)$, $\rm km\,s^{-1}$, $\mbox{km}$", "𝒪(n), km s⁻¹, km"),
        (r"\(a\), \[b\], $$c$$", "a, b, c"),
        (r"$\text{if } x \ne y$", "if x ≠ y"),
    ],
)
def test_formulas(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            r"Schr\"odinger, Erd\H{o}s, Poincar\'e, na\"{\i}ve",
            "Schrödinger, Erdős, Poincaré, naïve",
        ),
        (r"{\'E}tale {\c c}a \v{S}koda", "Étale ça Škoda"),
        (r"Stra\ss e, S\o ren, \L{}ukasz, \AA ngstr\"om", "Straße, Søren, Łukasz, Ångström"),
        (r"{\em very} \emph{so \textbf{bold}} \textsc{small}", "very so bold small"),
        (r"0.07\% of R\&D, \#1, a\_b, \$5, \{x\}", "0.07% of R&D, #1, a_b, $5, {x}"),
        (r"10\,GeV", "10 GeV"),
        (
            r"({\epsilon}, {\delta})-approximation and \alpha-decay",
            "(ϵ, δ)-approximation and α-decay",
        ),
        ("(or ``N:M'')", "(or “N:M”)"),
        ("''informative''", "“informative”"),
        ("process--which this -- that a---b", "process–which this – that a—b"),
    ],
)
def test_words(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("mathcal{O}(mathcal{C_Phi/m})", "O(C_Phi/m)"),
        ("mathcal{C_{Phi circ Psi}/n}", "C_{Phi circ Psi}/n"),
        ("1.3times faster at 1920times1080", "1.3× faster at 1920×1080"),
        ("Psmall{ARAMAWPS}", "PARAMAWPS"),
        ("{scriptsize CODE2SEQ}", "CODE2SEQ"),
        ("$x_{i+1}^{(k)}$", "xᵢ₊₁^(k)"),
        ("$e^{(x+y)/2}$", "e^((x+y)/2)"),
        ("SAP^{2} and H_{2}O", "SAP² and H₂O"),
    ],
)
def test_what_is_left_when_the_backslashes_are_gone(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Attention Is All You Need",
        "It costs $5",
        "costs $5 and $10",
        "from US$5 million to HK$ and back",
        "$5 to $10 and $20 dollars",
        "the variable $ alone",
        "f''(x), don't, 'so', x^2, pass^4, a_b, 5 times, sometimes",
        "pip install --force now",
        r"C:\path\new",
        r"see \cite{x}, \ref{y} and \unknown{z}",
        r"$\unknown{x}$ stays whole",
        "{a: [1, 2]} <b>",
        "中文 é 🧪",
        "\\",
    ],
)
def test_what_is_not_surely_latex_stays(source: str) -> None:
    assert to_unicode(source) == source


def test_a_formula_does_not_reach_over_a_paragraph() -> None:
    assert to_unicode("costs $5\n\nand x$ more") == "costs $5\n\nand x$ more"


@given(st.text(st.characters(blacklist_characters="\\${}`'-m")) | st.just("plain"))
def test_plain_text_comes_back_as_it_is(source: str) -> None:
    if "times" not in source:
        assert to_unicode(source) == source


@given(latex)
def test_the_pieces_joined_are_the_text(source: str) -> None:
    assert "".join(piece for _, piece in pieces(source)) == source


@given(latex)
def test_anything_is_shown_and_safe_to_show(source: str) -> None:
    shown = to_unicode(text.clean(source))
    assert text.clean(shown) == shown
    assert "root:" not in shown


def test_deep_nesting_is_shown_as_it_is() -> None:
    source = "$" + "{" * 400 + "\\alpha" + "}" * 400 + "$"
    assert to_unicode(source) in {source, "α"}
    assert to_unicode("{\\em x" * 300 + "}" * 300)


def test_the_library_is_loaded_only_when_it_is_needed() -> None:
    program = (
        "import sys; from paperreader.latex import to_unicode;"
        "to_unicode('costs $5, $x_1$ and --'); print('pylatexenc' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout.strip() == b"False"


@pytest.mark.parametrize("source", [r"see \href now", r"\href{a} x", r"$\href$"])
def test_a_macro_without_its_arguments_is_left_as_it_is(
    source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert to_unicode(source) == source
    assert to_unicode(source + r" \alpha") == source + " α"
    to_unicode(r"$\textfrac$")
    assert capsys.readouterr() == ("", "")


def test_no_macro_that_is_known_fails_without_its_arguments() -> None:
    _, names = _library()
    for name in names:
        for end in ("", "{", "[", "{a}", "{}{}", "[a]{b}", "*"):
            to_unicode(f"\\{name}{end} ${{}}\\{name}{end}$")
