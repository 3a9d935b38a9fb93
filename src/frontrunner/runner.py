"""Run one pure function over shards: in this process or in several. A cluster engine would take the same tasks."""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def run(function: Callable[[Task], Result], tasks: Iterable[Task], workers: int | None = None) -> Iterator[Result]:
    """The results in the order of the tasks. A single task, or one worker, runs here; at most two tasks a worker wait.

    `tasks` is drawn from lazily, so that a stream larger than memory can be cut into tasks as they are taken.
    """
    tasks = iter(tasks)
    first = list(islice(tasks, 2))
    workers = workers or os.cpu_count() or 1
    if len(first) < 2 or workers == 1:
        yield from map(function, chain(first, tasks))
        return
    with _main_left_alone(), _pool(workers) as pool:
        waiting: deque[Future[Result]] = deque()
        for task in chain(first, tasks):
            waiting.append(pool.submit(function, task))
            if len(waiting) >= 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no cycles meanwhile: rows make none, and every pass would walk all of them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def beside(function: Callable[[Task], Result], task: Task) -> Iterator[Callable[[], Result]]:
    """Run a function in another process meanwhile; what is yielded waits for its result. The end waits as well."""
    with _main_left_alone(), _pool(1) as pool:
        yield pool.submit(function, task).result


def _pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes; each readies itself with `_ready`."""
    return ProcessPoolExecutor(workers, get_context("forkserver"), initializer=_ready)


def _ready() -> None:
    """Leave Ctrl-C to the parent, and collect no cycles: rows make none, and every pass would walk all caches.

    A main module without a file is taken for a prompt: the database would draw its progress on our output.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    vars(sys.modules["__main__"]).setdefault("__file__", __file__)


@contextmanager
def _main_left_alone() -> Iterator[None]:
    """Keep new processes from importing the caller's script: tasks are of this package, and a script or a prompt that
    ingests needs no `if __name__ == "__main__"` around it."""
    main: dict[str, Any] = vars(sys.modules["__main__"])
    saved: dict[str, Any] = {name: main[name] for name in ("__spec__", "__file__") if name in main}
    main.update(__spec__=None)
    main.pop("__file__", None)
    try:
        yield
    finally:
        main.update(saved)
