"""Executes a Workflow's steps in the order of the graph, without Argo's controller."""

import json
import pathlib
import subprocess
import tempfile
import time

from cluster import (
    APPLICATIONS,
    NAMESPACE,
    application_kinds,
    await_field,
    container_pod,
    field,
    kubectl,
    objects,
    pod,
)
from stage import ask, say, seeql, submit_arguments

STATE = "{.status.applicationState.state}"


def submit(program: str, run_id: str, operator: str, *more: str) -> tuple[dict, dict]:
    """The ConfigMap and the Workflow of a program. Only the ConfigMap is created."""
    with tempfile.TemporaryDirectory(prefix="seeql-submit-") as work:
        file = pathlib.Path(work) / "program.sql"
        file.write_text(program)
        arguments = ["--dry-run", f"--run-id={run_id}", f"--operator={operator}"]
        config, workflow = objects(
            seeql("submit", str(file), *arguments, *(more or submit_arguments()))
        )
    # objects of an earlier run may still exist
    clean(workflow)
    kubectl("create", "-f", "-", text=json.dumps(config))
    return config, workflow


def templates(workflow: dict) -> dict[str, dict]:
    return {template["name"]: template for template in workflow["spec"]["templates"]}


def logs(name: str, *arguments: str) -> str:
    done = subprocess.run(
        ["kubectl", "-n", NAMESPACE, "logs", name, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def start_container(workflow: dict, template: dict) -> str:
    name = f"{workflow['metadata']['name']}-{template['name']}"
    labels = workflow["spec"]["podMetadata"]["labels"]
    kubectl("create", "-f", "-", text=pod(name, container_pod(workflow, template), labels))
    return name


def start_application(manifest: str) -> str:
    kubectl("create", "-f", "-", text=manifest)
    return objects(manifest)[0]["metadata"]["name"]


def await_container(name: str) -> None:
    ended = await_field("pod", name, "{.status.phase}", ["Succeeded", "Failed"], 400)
    if ended != "Succeeded":
        raise RuntimeError(f"{name} failed\n{logs(name, '--tail=60')}")


def await_application(name: str) -> None:
    ended = await_field(APPLICATIONS, name, STATE, ["COMPLETED", "FAILED"], 600)
    if ended != "COMPLETED":
        why = field(APPLICATIONS, name, "{.status.applicationState.errorMessage}")
        raise RuntimeError(f"{name} failed: {why}\n{logs(f'{name}-driver', '--tail=60')}")


def run_step(workflow: dict, template: dict) -> None:
    if "container" in template:
        await_container(start_container(workflow, template))
    else:
        await_application(start_application(template["resource"]["manifest"]))


def run_all(workflow: dict) -> None:
    """Runs all steps, each after its dependencies."""
    known = templates(workflow)
    for task in known["program"]["dag"]["tasks"]:
        began = time.monotonic()
        run_step(workflow, known[task["template"]])
        say(f"  {task['name']} done after {time.monotonic() - began:.0f} s")


def clean(workflow: dict) -> None:
    """Deletes all objects of a workflow. Its rows remain."""
    selector = f"--selector=seeql.org/workflow={workflow['metadata']['name']}"
    for kind in (*application_kinds(), "pods", "configmaps"):
        kubectl("-n", NAMESPACE, "delete", kind, selector, "--ignore-not-found")


def same_rows(table: str, expected: str) -> None:
    """Checks that two tables of detections have the same rows, except for the run ids."""
    exact = "image_id, file_name, detection, class_id, label, model, ROUND(score, 4)"
    box = ", ".join(f"ROUND({edge}, 2)" for edge in ("x_min", "y_min", "x_max", "y_max"))
    checksum = f"SELECT COUNT(*), SUM(CRC32(CONCAT_WS(',', {exact}, {box}))) FROM {{}}"
    actual, wanted = ask(checksum.format(table)), ask(checksum.format(expected))
    if actual != wanted:
        raise RuntimeError(f"{table} differs from {expected}: {actual} instead of {wanted}")
    say(f"  the rows of a local run: {actual[0][0]}, checksum {actual[0][1]}")
