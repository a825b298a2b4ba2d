"""Our own two themes: quiet ink on paper, one accent."""

from textual.theme import Theme

# Colours of ours that a theme of Textual has no word for, by whether it is dark: `dim` is text that
# stands back (4.5:1 on the background), `edge` a line between panes (3:1).
VARIABLES = {
    True: {"dim": "#a9acb1", "edge": "#7f858f"},
    False: {"dim": "#55585e", "edge": "#7d7a73"},
}

DARK = Theme(
    name="paperreader-dark",
    dark=True,
    background="#16181c",
    surface="#1c1f24",
    panel="#23272e",
    foreground="#d8dade",
    primary="#7d9fc5",
    secondary="#8a93a3",
    accent="#e0b26a",
    warning="#e0b26a",
    error="#e07a6a",
    success="#8fb57d",
    variables={
        "dim": "#a5a8ad",
        "edge": "#676e79",
        "block-cursor-background": "#2c3c51",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#2a323c",
        "block-cursor-blurred-foreground": "#d8dade",
    },
)
LIGHT = Theme(
    name="paperreader-light",
    dark=False,
    background="#faf8f4",
    surface="#f3f0ea",
    panel="#e9e5dc",
    foreground="#2a2d33",
    primary="#3a648f",
    secondary="#6b7280",
    accent="#8f4f00",
    warning="#d99a2b",
    error="#b3362b",
    success="#4d7a3a",
    variables={
        "dim": "#5d6066",
        "edge": "#8d8a82",
        "block-cursor-background": "#d6e2ef",
        "block-cursor-foreground": "#14171c",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e8e6e0",
        "block-cursor-blurred-foreground": "#2a2d33",
    },
)
