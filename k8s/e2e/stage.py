"""Prepares the tests: SeeQL's image, a volume of pictures and models, a database server."""

import contextlib
import os
import pathlib
import secrets
import shutil
import subprocess
import tempfile
import time

from cluster import HOST, NAMESPACE, ROOT, folder, kubectl

IMAGE = "docker.io/local/seeql:e2e"
LAUNCHER_IMAGE = "docker.io/local/seeql-launcher:e2e"
PORT = 13306
# the tests' folder in the overlay's volume: the path on this machine, and the path in pods
VOLUME = pathlib.Path("/var/lib/seeql/images/seeql-e2e")
MOUNTED = "/datasets/seeql-e2e"
PASSWORD = secrets.token_hex(16)
SECRET = "seeql-database"


def say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


@contextlib.contextmanager
def timed(what: str):
    say(what)
    began = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - began:.0f} s")


def run_seeql(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / "seeql", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SEEQL_DATABASE_PASSWORD": PASSWORD, **environment},
    )


def seeql(*arguments: str) -> str:
    done = run_seeql(*arguments)
    if done.returncode != 0:
        raise RuntimeError(f"seeql {' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def submit_arguments(secret: str = SECRET) -> list[str]:
    """The arguments that all submissions of these tests share."""
    return [
        f"--image={IMAGE}",
        f"--database-secret={secret}",
        "--pvc=seeql-images:/datasets",
        "--executors=1",
        "--executor-cores=1",
        "--executor-core-request=200m",
        "--executor-memory-overhead=1g",
    ]


def build_image(kind: str, tag: str) -> None:
    """Builds one of k8s/images on the cluster's own Spark image."""
    with tempfile.TemporaryDirectory(prefix="seeql-image-") as context:
        build = [ROOT / "k8s/images/build", "--image", kind, "--context-only", context]
        subprocess.run(build, check=True)
        subprocess.run(
            [
                os.path.join(folder(), "build-image"),
                tag.removeprefix("docker.io/"),
                context,
                "--build-arg",
                "BASE=docker.io/local/spark:4.1.1",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )


def fill_volume() -> None:
    shutil.rmtree(VOLUME, ignore_errors=True)
    VOLUME.mkdir(parents=True)
    shutil.copytree(ROOT / "demo/images/show", VOLUME / "show")
    shutil.copytree(ROOT / "demo/models", VOLUME / "models")


def fill_database(data: pathlib.Path, programs: list[str]) -> None:
    """Imports the pictures, runs programs locally, and creates an account for the pods."""
    seeql("import", "folder", str(VOLUME / "show"), "--into", "demo.images", "--data-dir", str(data))
    account = (
        f"CREATE USER seeql@'%' IDENTIFIED BY '{PASSWORD}'; GRANT ALL PRIVILEGES ON *.* TO seeql@'%'"
    )
    seeql("run", "-e", "".join(programs) + account, "--data-dir", str(data))


def mariadb() -> pathlib.Path:
    return next((pathlib.Path.home() / ".cache/seeql").glob("mariadb-*-linux"))


def ask(sql: str) -> list[list[str]]:
    """The rows of a query. Each row is a list of strings."""
    program = mariadb() / "bin/mariadb"
    # the embedded server needs no client, so this file was not made executable
    program.chmod(0o755)
    client = [program, "--no-defaults", f"--host={HOST}", f"--port={PORT}"]
    done = subprocess.run(
        [*client, "--user=seeql", "--skip-ssl", "--batch", "--skip-column-names", "-e", sql],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYSQL_PWD": PASSWORD},
    )
    if done.returncode != 0:
        raise RuntimeError(f"{sql}\n{done.stderr}")
    return [line.split("\t") for line in done.stdout.splitlines()]


@contextlib.contextmanager
def server(data: pathlib.Path):
    """Runs the embedded database's server at an address that pods can reach."""
    base = mariadb()
    process = subprocess.Popen(
        [
            base / "bin/mariadbd",
            "--no-defaults",
            "--user=root",
            f"--basedir={base}",
            f"--lc-messages-dir={base / 'share'}",
            f"--datadir={data / 'mysql'}",
            f"--tmpdir={data / 'temporary'}",
            f"--bind-address={HOST}",
            f"--port={PORT}",
            "--socket=",
            "--skip-ssl",
            "--skip-name-resolve",
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        await_true("the database", lambda: ask("SELECT 1"), 30)
        make_secret(SECRET, PASSWORD)
        yield
    finally:
        process.terminate()
        process.wait()


def await_true(what: str, answer, seconds: int, pause: float = 1):
    """Calls `answer` until it returns a true value. RuntimeErrors are retried."""
    end = time.monotonic() + seconds
    refusal = "no answer"
    while time.monotonic() < end:
        try:
            if found := answer():
                return found
        except RuntimeError as error:
            refusal = str(error)
        time.sleep(pause)
    raise RuntimeError(f"{what}: not within {seconds} s ({refusal})")


def make_secret(name: str, password: str) -> None:
    kubectl("-n", NAMESPACE, "delete", "secret", name, "--ignore-not-found")
    kubectl(
        "-n",
        NAMESPACE,
        "create",
        "secret",
        "generic",
        name,
        f"--from-literal=url=jdbc:mysql://{HOST}:{PORT}/demo",
        "--from-literal=user=seeql",
        f"--from-literal=password={password}",
        f"--from-literal=sqlflow-datasource=mysql://seeql:{password}@tcp({HOST}:{PORT})/demo",
    )
