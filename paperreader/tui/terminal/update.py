"""Textual's updates of the screen, sent as differences to what stands there."""

from collections.abc import Iterator
from itertools import chain

from rich.console import COLOR_SYSTEMS, Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

from paperreader.tui.terminal.abilities import abilities
from paperreader.tui.terminal.frame import Change, Frame
from paperreader.tui.terminal.ink import Inks


class Output:
    """Turns the updates of one application into differences."""

    def __init__(self, console: Console) -> None:
        able = abilities()
        colours = COLOR_SYSTEMS[console.color_system or "truecolor"]  # as Textual's Strip does
        self.frame = Frame(Inks(colours, links=able.links), able)

    def update(self, update: CompositorUpdate) -> CompositorUpdate:
        """Return what draws the same as `update`."""
        return _Difference(self.frame, update)


class _Difference(CompositorUpdate):
    """An update that is compared with the frame when it is sent: some never are."""

    def __init__(self, frame: Frame, update: CompositorUpdate) -> None:
        self._frame, self._update = frame, update

    def render_segments(self, console: Console) -> str:
        """Return the sequences of the update."""
        update = self._update
        if isinstance(update, LayoutUpdate):
            width, height = update.region.size
            return self._frame.change(width, height, _of_layout(update))
        if isinstance(update, ChopsUpdate):
            width, height = max(map(max, update.chop_ends)), len(update.chops)
            return self._frame.change(width, height, _of_chops(update))
        self._frame.forget()
        return update.render_segments(console)


def _of_layout(update: LayoutUpdate) -> Iterator[Change]:
    for y, line in enumerate(update.strips, update.region.y):
        yield y, update.region.x, chain.from_iterable(line)


def _of_chops(update: ChopsUpdate) -> Iterator[Change]:
    """Yield the chops that the spans touch, as Textual writes them."""
    for y, first, end in update.spans:
        for chop_end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= end and chop_end > first:
                yield y, x, strip if chop_end <= end else strip.crop(0, end - x)
