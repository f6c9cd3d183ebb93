"""Tests programs with Argo's real controller, as users run them: submit, wait, cancel."""

import json

import losses
import schedules
import secrecy
from cluster import APPLICATIONS, HOST, NAMESPACE, application_kinds, kubectl, pod
from programs import MODEL, PARTITIONS, SLOW, UNION
from stage import (
    LAUNCHER_IMAGE,
    PORT,
    SECRET,
    ask,
    build_image,
    make_secret,
    say,
    submit_arguments,
    timed,
)
from steps import await_container, logs, same_rows
from submitter import ACCOUNT, Submitter, new_id, show, submitter

# the database with the figures of the runs
DATABASE = (f"--database=jdbc:mysql://{HOST}:{PORT}/demo", "--user=seeql")
DEBIAN = "docker.io/local/debian:12"
# the program receives the password, so this one prints only the part after it
ECHO = "; ".join(
    f'echo "{what}: {variable}"'
    for what, variable in {
        "select": "$SQLFLOW_TO_RUN_SELECT",
        "into": "$SQLFLOW_TO_RUN_INTO",
        "image": "$SQLFLOW_TO_RUN_IMAGE",
        "datasource": "${SQLFLOW_DATASOURCE##*@}",
    }.items()
)
SELECTED = "SELECT file_name FROM demo.images WHERE file_name = '{{x}} $(id)' OR image_id < 105"
CONTAINER = f"{SELECTED} TO RUN {DEBIAN} CMD 'sh', '-c', '{ECHO}' INTO demo.a, demo.b"
FAILING = "SELECT * FROM demo.images TO RUN x CMD 'detect', '--model=scout' INTO demo.nothing"
CONTROLLER = ("-n", "argo", "deployment/workflow-controller")


def is_there() -> bool:
    try:
        kubectl("rollout", "status", *CONTROLLER, "--timeout=60s")
    except RuntimeError:
        return False
    return True


def check() -> None:
    if not is_there():
        say("  skipped: there is no Argo controller in the namespace argo")
        return
    with submitter() as person:
        for what, claim in (
            ("concurrent independent statements", check_program),
            ("the launcher's image", check_image),
            ("a program of another image", check_container),
            ("a lost step and a lost controller", check_losses),
            ("cancel", check_cancel),
            ("a statement that fails", check_failure),
            ("a wrong password with Argo", check_wrong_password),
            ("a schedule", schedules.check),
        ):
            with timed(f"  {what}"):
                claim(person)


def workflow(run: str) -> dict:
    return json.loads(kubectl("-n", NAMESPACE, "get", "workflow", run, "-o", "json"))


def pods(run: str) -> list[dict]:
    selector = f"seeql.org/workflow={run}"
    found = kubectl("-n", NAMESPACE, "get", "pods", "-l", selector, "-o", "json")
    return json.loads(found)["items"]


def check_program(person: Submitter) -> None:
    """The tables determine the order: the join comes last. A second submission is the same run."""
    run_id = new_id("argo")
    run = person.submit(MODEL + UNION, run_id, "kubeflow")["run"]
    again = person.submit(MODEL + UNION, run_id, "kubeflow")
    if (again["run"], again["outcome"]) != (run, "already_there"):
        raise RuntimeError(f"submitted again: {again}")
    show(person.wait(run).stderr)
    show(person.done("status", run, *DATABASE))
    _, even, odd, joined = json.loads(person.done("status", run, *DATABASE, "--format=json"))[
        "statements"
    ]
    if even["done"] + odd["done"] != 100:
        raise RuntimeError(f"not the 100 images of the demo: {even}, {odd}")
    # the same without a database, from the logs of the drivers
    _, even_logged, odd_logged, _ = person.status(run)["statements"]
    if (even_logged["done"], odd_logged["done"]) != (even["done"], odd["done"]):
        raise RuntimeError(f"the cluster reports {even_logged}, {odd_logged}")
    if even["started"] > odd["finished"] or odd["started"] > even["finished"]:
        raise RuntimeError(f"not concurrent: {even}, {odd}")
    if joined["started"] < max(even["finished"], odd["finished"]):
        raise RuntimeError(f"joined before both were complete: {joined}")
    same_rows("demo.found", "demo.local_found")
    for statement in ("1", "2", "4"):
        log = person.done("logs", run, f"--statement={statement}")
        if not log.strip():
            raise RuntimeError(f"statement {statement} has no log")
        show(f"log of statement {statement}: {log.strip().splitlines()[-1]}")
    if run not in person.done("list"):
        raise RuntimeError(f"list does not show {run}")
    secrecy.search(workflow(run), want_executors=False)


def check_apache() -> None:
    if not is_there() or application_kinds() == [APPLICATIONS]:
        say("  skipped: the cluster has no Argo controller, or no Apache operator")
        return
    with submitter() as person:
        check_other_operator(person)


def check_other_operator(person: Submitter) -> None:
    """The rows are the same, and a failed driver is reported as a failed statement."""
    ask("DROP TABLE IF EXISTS demo.even, demo.odd, demo.found")
    run = person.submit(MODEL + UNION, new_id("apache"), "apache")["run"]
    show(person.wait(run).stderr)
    show(person.done("status", run))
    same_rows("demo.found", "demo.local_found")
    secrecy.search(workflow(run), want_executors=False)
    # with retries, the operator deletes the driver's pod together with its log
    check_failure(person, "apache", retries=1)


def check_failure(person: Submitter, operator: str = "kubeflow", retries: int = 0) -> None:
    """`wait` reports the cause of a driver's failure, even after Argo's cleanup."""
    options = (*submit_arguments(), f"--retries={retries}", "--image_dir=/datasets/nowhere")
    run = person.submit(MODEL + FAILING, new_id("fails"), operator, *options)["run"]
    ended = person.wait(run, exit_code=2)
    show(ended.stderr)
    if "Cannot use the image root /datasets/nowhere: there is no such folder" not in ended.stderr:
        raise RuntimeError("the end is reported without the cause")


def check_image(person: Submitter) -> None:
    """A pod of the cluster lists the runs with its own service account."""
    build_image("launcher", LAUNCHER_IMAGE)
    name = "seeql-e2e-launcher"
    kubectl("-n", NAMESPACE, "delete", "pod", name, "--ignore-not-found")
    restricted = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    container = {
        "name": "main",
        "image": LAUNCHER_IMAGE,
        "args": ["list", "--format=json"],
        "securityContext": restricted,
    }
    security = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    spec = {
        "serviceAccountName": ACCOUNT,
        "restartPolicy": "Never",
        "securityContext": security,
        "containers": [container],
    }
    kubectl("create", "-f", "-", text=pod(name, spec))
    await_container(name)
    runs = {run["run"] for run in json.loads(logs(name))}
    if runs != {run["run"] for run in json.loads(person.done("list", "--format=json"))}:
        raise RuntimeError(f"the launcher's image lists {runs}")
    say(f"  lists {len(runs)} runs from a pod")
    kubectl("-n", NAMESPACE, "delete", "pod", name)


def check_container(person: Submitter) -> None:
    """A program receives SQLFlow's variables, and is started only if its image is allowed."""
    file = person.program(CONTAINER)
    refused = person.run("submit", file, *submit_arguments())
    if refused.returncode != 1 or f"the image {DEBIAN} is not allowed" not in refused.stderr:
        raise RuntimeError(f"an image that is not allowed was not refused: {refused}")
    options = (*submit_arguments(), f"--allow-image={DEBIAN}")
    run = person.submit(CONTAINER, new_id("container"), "none", *options)["run"]
    person.wait(run)
    log = person.done("logs", run, "--statement=1")
    for line in (
        f"select: {SELECTED}",
        "into: demo.a,demo.b",
        f"image: {DEBIAN}",
        f"datasource: tcp({HOST}:{PORT})/demo",
    ):
        if line not in log:
            raise RuntimeError(f"the program did not receive {line}: {log}")
    show(log)
    secrecy.search(workflow(run), want_executors=False)


def check_losses(person: Submitter) -> None:
    """Argo restarts the step of a lost driver, even after a restart of Argo's own controller."""
    ask("DROP TABLE IF EXISTS demo.slow")
    run = person.submit(MODEL + SLOW, new_id("losses"), "none")["run"]
    name = f"{run}-2"
    before = losses.more_than(name, 1)
    drivers = [p["metadata"]["name"] for p in pods(run) if "-statement-2-" in p["metadata"]["name"]]
    for driver in drivers:
        losses.lose(driver)
    kubectl("rollout", "restart", *CONTROLLER)
    say(f"  lost {drivers} and the controller with {len(before)} partitions committed")
    show(person.wait(run).stderr)
    losses.check_partitions(name, before)
    same_rows("demo.slow", "demo.local_slow")


def check_cancel(person: Submitter) -> None:
    """No pod remains, committed partitions remain, and the run can be resumed."""
    ask("DROP TABLE IF EXISTS demo.slow")
    run = person.submit(MODEL + SLOW, new_id("cancel"), "kubeflow")["run"]
    losses.more_than(f"{run}-2", 1)
    show(person.run("cancel", run).stderr)
    if left := [p["metadata"]["name"] for p in pods(run)]:
        raise RuntimeError(f"not deleted by cancel: {left}")
    before = losses.committed(f"{run}-2")
    if not person.status(run)["cancelled"]:
        raise RuntimeError(f"not cancelled: {person.status(run)}")
    person.wait(run, exit_code=2)
    say(f"  cancelled with {len(before)} of {PARTITIONS} partitions committed")
    person.done("submit", "--resume", run)
    person.wait(run)
    losses.check_partitions(f"{run}-2", before)
    same_rows("demo.slow", "demo.local_slow")


def check_wrong_password(person: Submitter) -> None:
    secret = f"{SECRET}-wrong"
    make_secret(secret, secrecy.WRONG)
    options = (*submit_arguments(secret), "--retries=0")
    run = person.submit(MODEL + SLOW, new_id("wrong"), "kubeflow", *options)["run"]
    ended = person.wait(run, exit_code=2)
    show(ended.stderr)
    if secrecy.CAUSE not in ended.stderr:
        raise RuntimeError("the end is reported without the cause")
    secrecy.search(workflow(run), want_executors=False, secret=secrecy.WRONG)
    kubectl("-n", NAMESPACE, "delete", "secret", secret)
