"""The way back: the places that a person came from."""

from paperreader.tui.state.listing import ListPosition


class BackStack:
    """Places to return to, the latest last, and the one in which a search was begun."""

    def __init__(self) -> None:
        self._places: list[ListPosition] = []
        self.before: ListPosition | None = None
        """Where the person was when the search box opened; None while it is closed."""

    def begin(self, place: ListPosition) -> None:
        """Remember where a search is begun."""
        if self.before is None:
            self.before = place

    def keep(self) -> None:
        """The search is kept: its beginning becomes a place to return to."""
        if self.before is not None and not self.before.listing.searched:
            self._places.append(self.before)
        self.before = None

    def restore(self) -> ListPosition | None:
        """The search is given up: return where it was begun."""
        place, self.before = self.before, None
        return place

    def push(self, place: ListPosition) -> None:
        """Remember a place that is left for a list beyond it."""
        self._places.append(place)

    @property
    def leads_back(self) -> bool:
        """Whether there is a place to return to."""
        return bool(self._places)

    def back(self) -> ListPosition | None:
        """Return the latest place, and forget it."""
        return self._places.pop() if self._places else None

    def wordless(self) -> ListPosition | None:
        """Return the list that stands beneath the search: what an empty search box shows."""
        if self.before is not None and not self.before.listing.searched:
            return self.before
        return self._places[-1] if self._places else None

    def forget(self) -> None:
        """Another view begins a way of its own."""
        self._places.clear()
        self.before = None
