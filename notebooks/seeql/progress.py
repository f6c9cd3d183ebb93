"""Shows the progress of a statement in the notebook."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from IPython.display import DisplayHandle
from pyspark import InheritableThread, SparkContext

T = TypeVar("T")

POLL_SECONDS = 0.25


@dataclass(frozen=True)
class Bar:
    """A progress bar for notebooks.

    :param title: of the statement
    :param done: the number of completed Spark tasks
    :param tasks: the number of tasks of the active jobs; 0 if no job is active
    """

    title: str
    done: int = 0
    tasks: int = 0

    def _repr_html_(self) -> str:
        position = f' max="{self.tasks}" value="{self.done}"' if self.tasks else ""
        return (
            f'<div style="display:flex;gap:1em;align-items:center"><progress{position}></progress>'
            f"<code>{html.escape(self.title)}</code><span>{self._count()}</span></div>"
        )

    def __repr__(self) -> str:
        width = 24
        full = width * self.done // self.tasks if self.tasks else 0
        return f"[{'#' * full}{' ' * (width - full)}] {self._count()}  {self.title}"

    def _count(self) -> str:
        return f"{self.done} of {self.tasks} tasks" if self.tasks else "…"


def watched(context: SparkContext, handle: DisplayHandle, title: str, work: Callable[[], T]) -> T:
    """Runs the work in another thread while this thread shows Spark's progress.

    Returns the result of the work. An interruption cancels Spark's jobs and waits for their end.
    """
    outcome: list[T] = []
    failure: list[BaseException] = []

    def act() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: B036 - the waiting thread raises it again
            failure.append(error)

    worker = InheritableThread(target=act, name="seeql-statement", daemon=True)
    shown = Bar(title)
    handle.display(shown)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(POLL_SECONDS)
            bar = Bar(title, *tasks(context))
            if bar != shown and worker.is_alive():
                handle.update(bar)
                shown = bar
    except KeyboardInterrupt:
        context.cancelAllJobs()
        worker.join()
        raise
    if failure:
        raise failure[0]
    return outcome[0]


def tasks(context: SparkContext) -> tuple[int, int]:
    """The number of completed tasks, and of all tasks, of the active jobs."""
    tracker = context.statusTracker()
    done = total = 0
    for job in map(tracker.getJobInfo, tracker.getActiveJobsIds()):
        # the tracker no longer knows a job that has just ended
        for stage in map(tracker.getStageInfo, job.stageIds if job else ()):
            if stage:
                done += stage.numCompletedTasks
                total += stage.numTasks
    return done, total
