"""Tests the loss of pods during a run: it continues, and no row is lost or duplicated."""

import json

import metrics
import secrecy
from cluster import NAMESPACE, field, kubectl
from programs import IMAGES, MODEL, PARTITIONS, SLOW
from stage import ask, await_true, say
from steps import (
    await_application,
    clean,
    run_step,
    same_rows,
    start_application,
    submit,
    templates,
)

# the task of the statement that infers
STATEMENT = "statement-2"


def committed(run: str) -> dict[str, str]:
    """The committed partitions of a run, with their commit times."""
    rows = ask(
        "SELECT partition_id, committed FROM seeql.run_partitions"
        f" WHERE run_id = '{run}' AND state = 'committed'"
    )
    return dict(map(tuple, rows))


def more_than(run: str, known: int) -> dict[str, str]:
    """Waits until more than `known` partitions, but not all, are committed."""
    found = await_true(
        f"partitions of {run}",
        lambda: len(done := committed(run)) > known and done,
        180,
        pause=0.2,
    )
    if len(found) >= PARTITIONS:
        raise RuntimeError(f"the run was complete before a pod was lost: {len(found)} partitions")
    return found


def executors(workflow: dict) -> set[str]:
    selector = f"seeql.org/workflow={workflow['metadata']['name']},spark-role=executor"
    text = kubectl("-n", NAMESPACE, "get", "pods", "-l", selector, "-o", "json")
    return {pod["metadata"]["name"] for pod in json.loads(text)["items"]}


def lose(pod: str) -> None:
    kubectl("-n", NAMESPACE, "delete", "pod", pod, "--grace-period=0", "--force", "--wait=false")


def check_partitions(run: str, before: dict[str, str]) -> None:
    """Checks that all partitions are committed, and earlier ones were not committed again."""
    ended = committed(run)
    again = [p for p, when in before.items() if ended.get(p) != when]
    if again or len(ended) != PARTITIONS:
        raise RuntimeError(
            f"{len(ended)} of {PARTITIONS} partitions at the end; committed again: {again}"
        )
    say(f"  {PARTITIONS} of {PARTITIONS} partitions, none committed twice")


def check(operator: str) -> None:
    """Deletes an executor, then the driver, each after further partitions were committed."""
    _, workflow = submit(MODEL + SLOW, f"e2e-losses-{operator}", operator)
    name = f"{workflow['metadata']['name']}-2"
    known = templates(workflow)
    # register the model with the path that pods see
    run_step(workflow, known["statement-1"])
    start_application(known[STATEMENT]["resource"]["manifest"])
    before = more_than(name, 1)
    secrecy.search(workflow, want_executors=True)
    metrics.read(workflow, IMAGES)
    lost = executors(workflow)
    for pod in lost:
        lose(pod)
    say(f"  lost {len(lost)} executor with {len(before)} of {PARTITIONS} partitions committed")
    after = more_than(name, len(committed(name)) + 1)
    if not executors(workflow) - lost:
        raise RuntimeError("no new executor was started")
    uid = field("pod", f"{name}-driver", "{.metadata.uid}")
    lose(f"{name}-driver")
    say(f"  lost the driver with {len(after)} of {PARTITIONS} partitions committed")
    await_application(name)
    if field("pod", f"{name}-driver", "{.metadata.uid}") == uid:
        raise RuntimeError("no new driver was started")
    check_partitions(name, after)
    images = ask("SELECT COUNT(DISTINCT image_id) FROM demo.slow")[0][0]
    say(f"  {images} of {IMAGES} images have detections")
    same_rows("demo.slow", "demo.local_slow")
    secrecy.search(workflow, want_executors=False)
    clean(workflow)
