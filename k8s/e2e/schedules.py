"""A program on a schedule fires once, with Argo's real controller."""

import json

from programs import MODEL
from stage import MOUNTED, ask, await_true, say, submit_arguments
from steps import same_rows
from submitter import Submitter, tell

NAME = "e2e-nightly"

# what a night costs is what is new
NIGHTLY = f"""
SELECT * FROM demo.images TO RUN seeql/vision CMD "detect", "--model=scout",
  "--image_dir={MOUNTED}/show", "--mode=append", "--only_new" INTO demo.nightly;
"""


def check(person: Submitter) -> None:
    ask("DROP TABLE IF EXISTS demo.nightly")
    person.run("unschedule", NAME)
    when = (f"--name={NAME}", "--cron=* * * * *", "--timezone=Europe/Berlin", "--operator=none")
    command = ("schedule", person.program(MODEL + NIGHTLY), *when, *submit_arguments())
    tell(person.run(*command).stderr)
    run = await_true("a run of the schedule", lambda: last_run(person), 120)
    tell(person.done("schedules"))
    tell(person.run("unschedule", NAME).stderr)
    tell(person.wait(run).stderr)
    if last_run(person):
        raise RuntimeError(f"{NAME} is still there")
    same_rows("demo.nightly", "demo.local_found")
    say(f"  the schedule fired, as {run}")


def last_run(person: Submitter) -> str:
    """The run that a schedule started last; empty before the first."""
    schedules = json.loads(person.done("schedules", "--format=json"))
    return next((s["run"] or "" for s in schedules if s["schedule"] == NAME), "")
