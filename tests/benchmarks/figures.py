"""Figures: what was measured, summed up, printed and written."""

import json
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Times:
    """How long one engine took, answer by answer, in milliseconds."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    hits: int = 0

    def measure(self, answer: Callable[[], tuple[int, list[str]]]) -> None:
        """Time one answer, which is how many papers there are and the first of them."""
        wall, cpu = time.perf_counter(), time.process_time()
        hits, _ = answer()
        self.cpu.append((time.process_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.hits += hits

    def summary(self) -> dict[str, Any]:
        """Return medians, 95th percentiles and maxima."""
        return {
            "answers": len(self.cpu),
            "cpu median": share(self.cpu, 0.5),
            "cpu p95": share(self.cpu, 0.95),
            "cpu max": max(self.cpu, default=0.0),
            "wall median": share(self.wall, 0.5),
            "wall p95": share(self.wall, 0.95),
            "hits": self.hits / max(1, len(self.cpu)),
        }


def share(values: Sequence[float], part: float) -> float:
    """Return the value that `part` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def show(title: str, rows: Sequence[dict[str, Any]]) -> None:
    """Print rows as a table; the columns are the keys of the first."""
    print(f"\n{title}")
    if not rows:
        return
    table = [list(rows[0]), *([_shown(row.get(name, "")) for name in rows[0]] for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        first, *rest = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join([first, *rest]).rstrip())


def write(path: Path | None, figures: dict[str, Any]) -> None:
    """Write `figures` as JSON, with the machine they were measured on."""
    if path is None:
        return
    machine = {"python": platform.python_version(), "machine": platform.platform()}
    path.write_text(json.dumps({**machine, **figures}, indent=1, ensure_ascii=False) + "\n")
    print(f"\nwritten to {path}")


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4f}" if 0 < value < 1 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
