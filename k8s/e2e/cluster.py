"""A real cluster for SeeQL's tests, and the functions that access it."""

import json
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMESPACE = "seeql"
# the address of the test cluster's node and API server, which pods can reach
HOST = "10.244.0.1"
# Kubeflow's full name: with both operators installed, the plural alone may mean Apache's
APPLICATIONS = "sparkapplications.sparkoperator.k8s.io"


def folder() -> str:
    """The folder of a test cluster's programs: up, down, make-images, build-image, lib.sh."""
    named = os.environ.get("SEEQL_TEST_CLUSTER", "")
    return named if named and os.path.isfile(os.path.join(named, "up")) else ""


def started() -> bool:
    """Starts the cluster. After a failed start, stops it and tries once more."""
    up, down = (os.path.join(folder(), name) for name in ("up", "down"))
    if subprocess.run([up], check=False).returncode == 0:
        return True
    print("the cluster did not start: trying again", flush=True)
    subprocess.run([down], check=False)
    return subprocess.run([up], check=False).returncode == 0


def start() -> bool:
    """Configures kubectl for a cluster that the tests may delete objects from, and starts it.

    Returns false if there is no such cluster and none can be started. The settings of the test
    cluster replace those of KUBECONFIG.
    """
    if os.environ.get("KUBECONFIG") and os.environ.get("SEEQL_E2E_DESTROYS") == "yes":
        return True
    if not folder():
        print(
            "skipped: SEEQL_TEST_CLUSTER selects no cluster; the cluster of KUBECONFIG is used if"
            " SEEQL_E2E_DESTROYS=yes, and all objects of SeeQL in its namespace"
            f" {NAMESPACE} are deleted"
        )
        return False
    if not started():
        print("skipped: the cluster did not start")
        return False
    settings = subprocess.run(
        ["bash", "-c", f'. "{folder()}/lib.sh"; printf "%s\\n%s" "$KUBECONFIG" "$PATH"'],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    os.environ["KUBECONFIG"], os.environ["PATH"] = settings
    server = kubectl("config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}")
    if server != f"https://{HOST}:6443":
        raise RuntimeError(f"{server} is not the test cluster, {HOST}: nothing was changed")
    return True


def kubectl(*arguments: str, text: str = "") -> str:
    done = subprocess.run(
        ["kubectl", *arguments], input=text, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or done.stdout.strip())
    return done.stdout


def application_kinds() -> list[str]:
    """The SparkApplication kinds of the installed operators."""
    apaches = kubectl("api-resources", "--api-group=spark.apache.org", "-o", "name").split()
    return [APPLICATIONS, *(kind for kind in apaches if kind.startswith("sparkapplications"))]


def apply_overlay(overlay: str) -> None:
    """Applies a folder of k8s.

    A claim cannot be moved to another volume, so it is recreated. Objects that still use it, such
    as the pods of a failed test, are deleted first.
    """
    if field("namespace", NAMESPACE, "{.metadata.name}"):
        left = ",".join(("workflows", "cronworkflows", *application_kinds(), "pods"))
        kubectl("-n", NAMESPACE, "delete", left, "--selector=seeql.org/workflow")
    kubectl("delete", "pvc", "seeql-images", "-n", NAMESPACE, "--ignore-not-found")
    kubectl("delete", "pv", "seeql-images", "--ignore-not-found")
    text = kubectl("kustomize", str(ROOT / "k8s" / overlay))
    kubectl("apply", "--validate=strict", "-f", "-", text=text)
    print(f"applied: k8s/{overlay}")


def objects(yaml: str) -> list[dict]:
    """The objects of a YAML text, parsed by kubectl."""
    decoder = json.JSONDecoder()
    text = kubectl(
        "create", "--dry-run=client", "--validate=false", "-f", "-", "-o", "json", text=yaml
    )
    found, at = [], 0
    while at < len(text.rstrip()):
        value, at = decoder.raw_decode(text, at)
        found += value["items"] if value["kind"] == "List" else [value]
        while at < len(text) and text[at].isspace():
            at += 1
    return found


def pod(name: str, spec: dict, labels: dict | None = None) -> str:
    metadata = {"name": name, "namespace": NAMESPACE, "labels": labels or {}}
    return json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec})


def container_pod(workflow: dict, template: dict) -> dict:
    """The specification of the pod that Argo creates from a container template."""
    spec = workflow["spec"]
    return {
        "serviceAccountName": template.get("serviceAccountName", spec["serviceAccountName"]),
        "securityContext": spec["securityContext"],
        "volumes": spec["volumes"],
        "restartPolicy": "Never",
        "containers": [dict(template["container"], name="main")],
    }


def field(kind: str, name: str, path: str) -> str:
    """A field of an object. Empty if the object or the field does not exist."""
    done = subprocess.run(
        ["kubectl", "-n", NAMESPACE, "get", kind, name, "-o", f"jsonpath={path}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def await_field(kind: str, name: str, path: str, wanted: list[str], seconds: int) -> str:
    """Waits until a field has one of the wanted values, and returns it."""
    end = time.monotonic() + seconds
    value = ""
    while time.monotonic() < end:
        value = field(kind, name, path)
        if value in wanted:
            return value
        time.sleep(1)
    raise RuntimeError(f"{kind}/{name} is '{value}' after {seconds} s, not {' or '.join(wanted)}")
