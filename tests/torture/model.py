"""Two processes do anything in one library, against a plain model of what they should see.

python -m tests.torture.model [--seed 0] [--actions 100000]
"""

import argparse
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from paperreader.store import Store
from tests.store.test_model import Readers

STEPS = 250  # of one library


def _serve(pipe: Connection) -> None:
    """Call methods of a store as the other end of `pipe` asks for it, until that is closed."""
    store: Any = None
    while True:
        try:
            path, arguments = pipe.recv()
        except EOFError:
            return
        if path == "open":
            store = Store(*arguments)
            pipe.send(None)
            continue
        method = store
        for name in path.split("."):
            method = getattr(method, name)
        answer = method(*arguments)
        is_lazy = isinstance(answer, Sequence) and not isinstance(answer, str | tuple)
        pipe.send(list(answer) if is_lazy else answer)


class Remote:
    """A store, or a part of it, in another process."""

    def __init__(self, pipe: Connection, path: str = "") -> None:
        self._pipe, self._path = pipe, path

    def __getattr__(self, name: str) -> "Remote":
        """Return a part or a method of it."""
        return Remote(self._pipe, f"{self._path}.{name}".strip("."))

    def __call__(self, *arguments: object) -> Any:
        """Call it, and return the answer."""
        self._pipe.send((self._path, arguments))
        return self._pipe.recv()


class Processes(Readers):
    """The readers of the model, each in a process of its own."""

    pipes: tuple[Connection, ...] = ()
    actions = 0

    def opened(self, reader: int) -> Store:
        """Open the library in the process of a reader."""
        pipe = Processes.pipes[reader]
        Remote(pipe, "open")(Path(self.path))
        return cast("Store", Remote(pipe))

    def check_invariants(self, *arguments: Any, **named: Any) -> None:
        """Count the action that was just done, and look at what both see."""
        Processes.actions += 1
        super().check_invariants(*arguments, **named)


def torture(number: int, actions: int) -> None:
    """Do about `actions` actions. Raises `AssertionError` where a reader sees what it should not."""
    context = get_context("spawn")
    ends = [context.Pipe() for _ in range(2)]
    readers = [context.Process(target=_serve, args=(far,), daemon=True) for _, far in ends]
    for reader, (_, far) in zip(readers, ends, strict=True):
        reader.start()
        far.close()
    Processes.pipes = tuple(near for near, _ in ends)
    Processes.actions = 0
    steps = min(STEPS, actions)
    try:
        while Processes.actions < actions:
            machine: type[RuleBasedStateMachine] = Processes
            run_state_machine_as_test(
                seed(number)(machine),
                settings=settings(
                    max_examples=max(1, min(20, (actions - Processes.actions) // steps)),
                    stateful_step_count=steps,
                    deadline=None,
                    phases=[Phase.generate],
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
            number += 1_000_003
            print(f"{Processes.actions:,} actions", flush=True)
    finally:
        for pipe in Processes.pipes:
            pipe.close()
        for reader in readers:
            reader.join(10)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--actions", type=int, default=100_000)
    given = parser.parse_args()
    torture(given.seed, given.actions)
    print(f"seed {given.seed}: {Processes.actions:,} actions of two processes, none wrong")
    sys.exit(0)
