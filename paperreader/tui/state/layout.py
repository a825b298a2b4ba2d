"""How list and abstract share the screen."""

from enum import StrEnum

LIST_CELLS = 92  # a title of 60 with its author, year, marks and a little more
EVEN = 50  # percent, the default of the setting list_width
DETAIL_CELLS = (56, 88)  # an abstract is read with ease from 50 to 80 cells a line


class Layout(StrEnum):
    """What a person can choose."""

    AUTO = "auto"
    LIST = "list"
    STACKED = "stacked"
    BESIDE = "beside"

    @property
    def next(self) -> "Layout":
        """The layout that the key leads to from this one."""
        layouts = list(Layout)
        return layouts[(layouts.index(self) + 1) % len(layouts)]

    def fitting(self, width: int, height: int) -> "Layout":
        """Return the layout for a screen: the one chosen, or the best for its size.

        Side by side only where both panes are comfortable; one over the other where the abstract
        has a dozen lines; else the abstract comes over the list when it is opened.
        """
        if width < 44 or height < 10:
            return Layout.LIST
        if self is not Layout.AUTO:
            return self
        if width >= LIST_CELLS + DETAIL_CELLS[0]:
            return Layout.BESIDE
        return Layout.STACKED if width >= 60 and height >= 18 else Layout.LIST


def detail_cells(width: int, list_percent: float = EVEN) -> int:
    """Return the cells that the abstract gets beside the list.

    Where the settings do not say otherwise it gets what the list can spare.
    """
    if list_percent != EVEN:
        return round(width * (100 - list_percent) / 100)
    least, most = DETAIL_CELLS
    return min(most, max(least, width - LIST_CELLS), width * 3 // 5)


def layout_of(name: object) -> Layout:
    """Return the layout of this name, automatic where there is none."""
    return next((layout for layout in Layout if layout == name), Layout.AUTO)
