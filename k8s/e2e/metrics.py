"""Checks the metrics that drivers and executors expose to Prometheus during a run."""

import json
import re

from cluster import NAMESPACE, kubectl
from stage import await_true, say

PORT = "metrics"


def ports(workflow: dict, role: str) -> dict[str, int]:
    """The pods of a role and their metrics ports, selected as by a PodMonitor."""
    selector = f"seeql.org/workflow={workflow['metadata']['name']},spark-role={role}"
    text = kubectl("-n", NAMESPACE, "get", "pods", "-l", selector, "-o", "json")
    return {
        pod["metadata"]["name"]: port["containerPort"]
        for pod in json.loads(text)["items"]
        for container in pod["spec"]["containers"]
        for port in container.get("ports", [])
        if port.get("name") == PORT
    }


def value(pod: str, port: int, series: str) -> float:
    path = f"/api/v1/namespaces/{NAMESPACE}/pods/{pod}:{port}/proxy/metrics"
    found = re.search(rf"^{re.escape(series)} (\S+)$", kubectl("get", "--raw", path), re.MULTILINE)
    if not found:
        raise RuntimeError(f"{pod} does not expose {series}")
    return float(found[1])


def read(workflow: dict, images: int) -> None:
    """During a run, the driver reports the number of images, and an executor its progress."""
    for role, series, minimum in (
        ("driver", 'seeql_run_images{state="selected"}', images),
        ("executor", "seeql_images_total", 1),
    ):
        found = ports(workflow, role)
        if not found:
            raise RuntimeError(f"no {role} has a port with the name {PORT}")
        for pod, port in found.items():
            await_true(f"{series} of {pod}", lambda: value(pod, port, series) >= minimum, 60)
        say(f"  metrics of {len(found)} {role}: {series} is {minimum} or more")
