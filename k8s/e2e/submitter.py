"""A user at a terminal who has the role seeql-submitter and no other permissions."""

import contextlib
import json
import pathlib
import subprocess
import tempfile
import time

from cluster import NAMESPACE, kubectl
from stage import run_seeql, say, submit_arguments

ACCOUNT = "seeql-e2e-submitter"


class Submitter:
    """Runs commands with the permissions of the role."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._settings = folder / "kubeconfig"
        settings = json.loads(kubectl("config", "view", "--raw", "--flatten", "-o", "json"))
        token = kubectl("-n", NAMESPACE, "create", "token", ACCOUNT, "--duration=1h").strip()
        for user in settings["users"]:
            user["user"] = {"token": token}
        self._settings.write_text(json.dumps(settings))

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return run_seeql(*arguments, KUBECONFIG=str(self._settings))

    def done(self, *arguments: str) -> str:
        """Runs a command that must succeed, and returns its output."""
        done = self.run(*arguments)
        if done.returncode != 0:
            raise RuntimeError(f"seeql {' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def program(self, text: str) -> str:
        file = self._folder / "program.sql"
        file.write_text(text)
        return str(file)

    def submit(self, text: str, run_id: str, operator: str, *more: str) -> dict:
        """Submits a program, prints seeql's messages, and returns its JSON document."""
        options = more or submit_arguments()
        command = ("submit", self.program(text), f"--run-id={run_id}", f"--operator={operator}")
        return json.loads(self.done(*command, *options, "--format=json"))

    def status(self, run: str) -> dict:
        return json.loads(self.done("status", run, "--format=json"))

    def wait(self, run: str, exit_code: int = 0) -> subprocess.CompletedProcess:
        ended = self.run("wait", run, "--timeout=8m")
        if ended.returncode != exit_code:
            raise RuntimeError(f"seeql wait {run} ended with {ended.returncode}\n{ended.stderr}")
        return ended


def new_id(name: str) -> str:
    """A run id that no earlier test has used."""
    return f"{name}-{time.time_ns()}"


@contextlib.contextmanager
def submitter():
    forget()
    kubectl("-n", NAMESPACE, "create", "serviceaccount", ACCOUNT)
    kubectl(
        *("-n", NAMESPACE, "create", "rolebinding", ACCOUNT, "--role=seeql-submitter"),
        f"--serviceaccount={NAMESPACE}:{ACCOUNT}",
    )
    try:
        with tempfile.TemporaryDirectory(prefix="seeql-submitter-") as folder:
            yield Submitter(pathlib.Path(folder))
    finally:
        forget()


def forget() -> None:
    for kind in ("rolebinding", "serviceaccount"):
        kubectl("-n", NAMESPACE, "delete", kind, ACCOUNT, "--ignore-not-found")


def show(text: str) -> None:
    """Prints the output of a command, indented."""
    for line in text.strip().splitlines():
        say(f"    {line}")
