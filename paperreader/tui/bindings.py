"""How a key of the reader is bound."""

from textual.binding import Binding


def key(keys: str, action: str, tip: str, *, name: str, label: str = "") -> Binding:
    """Bind keys to an action that does what `tip` says.

    By its `name` the settings can give the action other keys. With a `label` the status line
    shows it.

    The binding has priority: the action is done when the key is read, before any widget sees it.
    Else a key that changes the focus would only be heard of when the keys behind it, typed ahead
    or sent at once by a slow line, had gone to the widget that had the focus before.
    """
    return Binding(
        keys, action, label or tip, show=bool(label), tooltip=tip, id=name, priority=True
    )
