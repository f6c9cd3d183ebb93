"""Tests executors that request a GPU on a node without one: they refuse to start on the CPU."""

import json

from cluster import APPLICATIONS, NAMESPACE, await_field, kubectl
from losses import committed
from programs import MODEL, SLOW
from stage import say, submit_arguments
from steps import STATE, clean, start_application, submit, templates

RESOURCE = "nvidia.com~1gpu"
WANTED = "Cannot start: 1 GPU requested, but this image is for CPUs only"


def check() -> None:
    """The node advertises GPUs, as a device plugin does, but the containers find none."""
    node = kubectl("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}")
    change_capacity(node, {"op": "add", "value": "8"})
    _, workflow = submit(
        MODEL + SLOW, "e2e-gpu", "kubeflow", *submit_arguments(), "--retries=0", "--executor-gpus=1"
    )
    try:
        name = start_application(templates(workflow)["statement-2"]["resource"]["manifest"])
        await_field(APPLICATIONS, name, STATE, ["FAILED"], 300)
        check_pods(workflow)
        if done := committed(name):
            raise RuntimeError(f"{len(done)} partitions were inferred without a GPU")
    finally:
        clean(workflow)
        change_capacity(node, {"op": "remove"})


def change_capacity(node: str, change: dict) -> None:
    patch = [{"path": f"/status/capacity/{RESOURCE}", **change}]
    kubectl("patch", "node", node, "--subresource=status", "--type=json", "-p", json.dumps(patch))


def check_pods(workflow: dict) -> None:
    selector = f"seeql.org/workflow={workflow['metadata']['name']},spark-role=executor"
    found = kubectl("-n", NAMESPACE, "get", "pods", "-l", selector, "-o", "json")
    pods = json.loads(found)["items"]
    if not pods:
        raise RuntimeError("no executor pod exists")
    for pod in pods:
        limits = pod["spec"]["containers"][0]["resources"]["limits"]
        ended = pod["status"]["containerStatuses"][0]["state"].get("terminated", {})
        if limits.get("nvidia.com/gpu") != "1" or not ended.get("message", "").startswith(WANTED):
            raise RuntimeError(f"an executor without a GPU: {limits}, {ended}")
    say(f"  {len(pods)} executors: {ended['message'].strip()}")
