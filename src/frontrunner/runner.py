"""Run one pure function over shards: in this process or in several. A cluster engine would take the same tasks."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

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
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        waiting: deque[Future[Result]] = deque()
        for task in chain(first, tasks):
            waiting.append(pool.submit(function, task))
            if len(waiting) >= 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
