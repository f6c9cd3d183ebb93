"""Checks that the password is only in its Secret, and that a wrong password is reported."""

import base64
import json
import os
import pathlib

from cluster import APPLICATIONS, NAMESPACE, application_kinds, await_field, kubectl
from programs import MODEL, SLOW
from stage import PASSWORD, SECRET, make_secret, say, submit_arguments
from steps import STATE, clean, logs, start_application, start_container, submit, templates

# all objects of a program in its namespace, except the Secret, which contains the password
KINDS = "pods,configmaps,services,events,workflows,cronworkflows,workflowtaskresults"
WRONG = "not-" + PASSWORD[::-1]
CAUSE = "the server refuses the user or the password"


def places(workflow: dict) -> dict[str, str]:
    """All texts that are readable without access to the Secret, by their location."""
    found = {"the workflow that --dry-run printed": json.dumps(workflow)}
    kinds = ",".join((KINDS, *application_kinds()))
    for item in json.loads(kubectl("-n", NAMESPACE, "get", kinds, "-o", "json"))["items"]:
        found[f"{item['kind']} {item['metadata']['name']}"] = json.dumps(item)
        if item["kind"] == "Pod" and item["status"]["phase"] != "Pending":
            name = item["metadata"]["name"]
            found[f"log of {name}"] = logs(name, "--all-containers")
            if item["metadata"]["labels"].get("spark-role") == "driver":
                found |= pages(name)
    return found | cluster_logs()


def pages(driver: str) -> dict[str, str]:
    """The settings that the driver's web page shows, while the driver exists."""
    page = f"/api/v1/namespaces/{NAMESPACE}/pods/{driver}:4040/proxy/api/v1/applications"
    try:
        application = json.loads(kubectl("get", "--raw", page))[0]["id"]
        return {
            f"environment of {driver}": kubectl("get", "--raw", f"{page}/{application}/environment")
        }
    except RuntimeError:
        return {}


def cluster_logs() -> dict[str, str]:
    """The logs of the Spark operator and Argo's controller, if this machine has them."""
    state = pathlib.Path(os.environ["KUBECONFIG"]).parents[1]
    found = {
        f"log of {file.stem}": file.read_text(errors="replace")
        for file in (state / "logs").glob("spark-operator*.log")
    }
    try:
        controller = "deployment/workflow-controller"
        found["log of Argo"] = kubectl("-n", "argo", "logs", controller, "--tail=-1")
    except RuntimeError:
        pass
    return found


def holding(found: dict[str, str], secret: str) -> list[str]:
    forms = (secret, base64.b64encode(secret.encode()).decode().rstrip("="))
    return [place for place, text in found.items() if any(form in text for form in forms)]


def search(workflow: dict, *, want_executors: bool, secret: str = PASSWORD) -> None:
    """Searches for the password, and prints the amount of searched text."""
    found = places(workflow)
    if bad := holding(found, secret):
        raise RuntimeError(f"the password is in: {', '.join(bad)}")
    name = workflow["metadata"]["name"]
    wanted = [f"ConfigMap {name}-program", f"Pod {name}"]
    if want_executors:
        # a running driver shows its settings
        wanted += ["environment of", "-exec-1", f"SparkApplication {name}", "log of spark-operator"]
    for want in wanted:
        if not any(want in place for place in found):
            raise RuntimeError(f"did not search for the password in any {want}: {sorted(found)}")
    size = sum(map(len, found.values()))
    say(f"  the password is in none of {len(found)} objects, logs and pages ({size // 1024} KiB)")


def check_that_it_can_fail(workflow: dict) -> None:
    name = f"{workflow['metadata']['name']}-planted"
    kubectl("-n", NAMESPACE, "create", "configmap", name, f"--from-literal=note={PASSWORD}")
    try:
        if holding(places(workflow), PASSWORD) != [f"ConfigMap {name}"]:
            raise RuntimeError("a password in a ConfigMap was not found")
    finally:
        kubectl("-n", NAMESPACE, "delete", "configmap", name)
    say("  a planted password is found")


def check_wrong_password() -> None:
    """A wrong password is refused. The pods show the cause and no secret."""
    secret = f"{SECRET}-wrong"
    make_secret(secret, WRONG)
    _, workflow = submit(
        MODEL + SLOW, "e2e-wrong", "kubeflow", *submit_arguments(secret), "--retries=0"
    )
    known = templates(workflow)
    step = start_container(workflow, known["statement-1"])
    application = start_application(known["statement-2"]["resource"]["manifest"])
    await_field("pod", step, "{.status.phase}", ["Failed"], 120)
    await_field(APPLICATIONS, application, STATE, ["FAILED"], 240)
    for pod in (step, f"{application}-driver"):
        cause = [line for line in termination_message(pod).splitlines() if CAUSE in line]
        if not cause:
            raise RuntimeError(f"{pod} ended without the cause: {termination_message(pod)}")
        say(f"  {pod}: {cause[0]}")
    search(workflow, want_executors=False, secret=WRONG)
    search(workflow, want_executors=False)
    check_that_it_can_fail(workflow)
    clean(workflow)
    kubectl("-n", NAMESPACE, "delete", "secret", secret)


def termination_message(pod: str) -> str:
    """The termination message of the pod's container."""
    path = "{.status.containerStatuses[0].state.terminated.message}"
    return kubectl("-n", NAMESPACE, "get", "pod", pod, "-o", f"jsonpath={path}").strip()
