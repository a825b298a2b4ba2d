"""What is followed: see its new papers, follow more, pause it, follow it no longer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from paperreader.tui.dialogs.picker import Entry, Picker
from paperreader.tui.guard import guarded

if TYPE_CHECKING:
    from paperreader.library.followed_sources import Followed, FollowedSources

_ADD = "+"  # begins the value of an entry that follows something more


class FollowedSourcesDialog(Picker[str]):
    """Followed sources with their new papers; gives the name of the one picked, '' for all."""

    HINT = "Enter shows them · type to follow · Ctrl-s pauses · Del unfollows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "pause", "Pause", show=False, priority=True),
        Binding("delete", "unfollow", "Unfollow", show=False, priority=True),
    ]

    def __init__(self, sources: "FollowedSources", followed: "Sequence[Followed]") -> None:
        self._sources = sources
        self._followed = list(followed)
        super().__init__("Followed sources", self._lines())

    def _lines(self) -> list[Entry[str]]:
        new = sum(source.new for source in self._followed)
        line = Content.assemble("all new papers", (f"  {new:,}", "$dim"))
        return [Entry(line, "all new", ""), *map(_entry, self._followed)]

    def written(self, typed: str) -> Sequence[Entry[str]]:
        """Return the source that was typed, if it is one that is not followed yet."""
        name = self._sources.name_of(typed)
        if not name or any(source.name == name for source in self._followed):
            return ()
        return [Entry(Content(f"follow {name}"), name, _ADD + name)]

    @guarded
    async def action_take(self) -> None:
        """Follow what was typed, and stay; or close with the source picked."""
        picked = self._picked
        if picked is None or not picked.startswith(_ADD):
            await super().action_take()
            return
        self._sources.add(picked.removeprefix(_ADD))
        self._read()

    @guarded
    def action_pause(self) -> None:
        """Leave the source out of fetching, or no longer."""
        if source := self._source:
            self._sources.pause(source.name, on=not source.paused)
            self._read()

    @guarded
    def action_unfollow(self) -> None:
        """Follow the source no longer; its papers stay."""
        if source := self._source:
            self._sources.remove(source.name)
            self._read()

    def _read(self) -> None:
        self._followed = self._sources.all()
        self.offer(self._lines())

    @property
    def _picked(self) -> str | None:
        index = self.query_one(OptionList).highlighted
        return None if index is None else self.shown[index].value

    @property
    def _source(self) -> "Followed | None":
        picked = self._picked
        return next((source for source in self._followed if source.name == picked), None)


def _entry(source: "Followed") -> Entry[str]:
    state = "paused" if source.paused else source.fetched[:10] or "not fetched yet"
    about = f"  {state}" + (f"  {source.problem}" if source.problem else "")
    line = Content.assemble(source.name, f"  {source.new:,} new", (about, "$dim"))
    return Entry(line, source.name, source.name)
