"""What is written can be read, and where the person is can be seen, in both themes.

The bounds are those of WCAG 2.1: 4.5 for text, 3 for what shows where the focus is.
"""

import pytest
from textual.color import Color

from paperreader.tui.themes import DARK, LIGHT, VARIABLES

BACKGROUNDS = ("background", "surface", "panel", "block-cursor-background", "blurred")


def contrast(one: Color, other: Color) -> float:
    """Return the ratio of the luminances of two colours, as WCAG defines it."""

    def luminance(color: Color) -> float:
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in color.normalized
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=[DARK, LIGHT], ids=["dark", "light"])
def colors(request: pytest.FixtureRequest) -> dict[str, Color]:
    theme = request.param
    names = ("background", "surface", "panel", "foreground", "primary", "accent")
    found = {name: Color.parse(getattr(theme, name)) for name in names}
    variables = {**VARIABLES[theme.dark], **theme.variables}
    found |= {
        name: Color.parse(value) for name, value in variables.items() if value.startswith("#")
    }
    found["blurred"] = found["block-cursor-blurred-background"]
    return found


@pytest.mark.parametrize("text", ["foreground", "dim", "accent", "primary"])
@pytest.mark.parametrize("ground", BACKGROUNDS)
def test_text_can_be_read(colors: dict[str, Color], text: str, ground: str) -> None:
    if (text, ground) in (("accent", "blurred"), ("primary", "block-cursor-background")):
        assert contrast(colors[text], colors[ground]) >= 3  # signs, not text
    else:
        assert contrast(colors[text], colors[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["background", "blurred"])
def test_edges_between_panes_can_be_seen(colors: dict[str, Color], ground: str) -> None:
    assert contrast(colors["edge"], colors[ground]) >= (3 if ground == "background" else 2)


def test_the_focus_can_be_seen(colors: dict[str, Color]) -> None:
    assert contrast(colors["accent"], colors["block-cursor-background"]) >= 3
    assert contrast(colors["accent"], colors["edge"]) >= 1.5


def test_themes_of_textual_have_our_colours_too() -> None:
    for dark, ground in ((True, "#121212"), (False, "#e0e0e0")):
        assert contrast(Color.parse(VARIABLES[dark]["dim"]), Color.parse(ground)) >= 4.5
        assert contrast(Color.parse(VARIABLES[dark]["edge"]), Color.parse(ground)) >= 3
