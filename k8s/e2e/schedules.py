"""Tests a scheduled program with Argo's real controller."""

import json

from programs import MODEL
from stage import MOUNTED, ask, await_true, say, submit_arguments
from steps import same_rows
from submitter import Submitter, show

NAME = "e2e-nightly"
IMAGES = 100

# each run infers only new images
NIGHTLY = f"""
SELECT * FROM demo.images TO RUN seeql/vision CMD "detect", "--model=scout",
  "--image_dir={MOUNTED}/show", "--mode=append", "--only_new" INTO demo.nightly;
"""


def check(person: Submitter) -> None:
    """The first run infers all images, the second none. `unschedule` prevents a third."""
    ask("DROP TABLE IF EXISTS demo.nightly")
    person.run("unschedule", NAME)
    when = (f"--name={NAME}", "--cron=* * * * *", "--timezone=Europe/Berlin", "--operator=none")
    command = ("schedule", person.program(MODEL + NIGHTLY), *when, *submit_arguments())
    show(person.done(*command))
    first = next_run(person, "")
    show(person.done("schedules"))
    check_night(person, first, (IMAGES, 0))
    second = next_run(person, first)
    # the current run continues
    show(person.done("unschedule", NAME))
    check_night(person, second, (0, IMAGES))
    if last_run(person):
        raise RuntimeError(f"{NAME} still exists")
    fired = {run["run"] for run in json.loads(person.done("list", "--format=json"))}
    if more := {run for run in fired if run.startswith(NAME)} - {first, second}:
        raise RuntimeError(f"{NAME} fired {more} in addition to {first} and {second}")


def check_night(person: Submitter, run: str, figures: tuple[int, int]) -> None:
    """Checks that a run succeeds with these numbers of done and left-out images, and all rows."""
    show(person.wait(run).stderr)
    row = ask(f"SELECT done, left_out FROM seeql.runs WHERE run_id = '{run}-2'")
    if row != [[str(figure) for figure in figures]]:
        raise RuntimeError(f"done and left-out images of {run}: {row} instead of {figures}")
    same_rows("demo.nightly", "demo.local_found")
    say(f"  {run}: {figures[0]} images done, {figures[1]} left out")


def next_run(person: Submitter, before: str) -> str:
    """Waits for the run after `before`. An empty `before` means the first run."""
    return await_true(
        f"a run of {NAME}", lambda: (run := last_run(person)) != before and run, 180
    )


def last_run(person: Submitter) -> str:
    """The latest run of the schedule. Empty before the first."""
    schedules = json.loads(person.done("schedules", "--format=json"))
    return next((s["run"] or "" for s in schedules if s["schedule"] == NAME), "")
