"""The interpreter and the jar with which the slow suites run SeeQL in PySpark; cached."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "notebooks" / "requirements.txt"
JAR = ROOT / "spark" / "target" / "seeql-spark.jar"


def call(*command, **options):
    print("$", *command, flush=True)
    return subprocess.run([str(word) for word in command], check=True, **options)


def interpreter():
    """A Python with PySpark, Jupyter and the other pinned packages; None if PyPI is unreachable."""
    pins = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:12]
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    made = cache / "seeql" / f"notebooks-{pins}"
    python = made / "bin" / "python"
    if not (made / "complete").is_file():
        shutil.rmtree(made, ignore_errors=True)
        call(sys.executable, "-m", "venv", made)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*install, "-r", REQUIREMENTS]).returncode != 0:
            if subprocess.run([*install, "--dry-run", "--no-deps", "py4j"]).returncode != 0:
                return None
            sys.exit(f"Cannot install {REQUIREMENTS.relative_to(ROOT)}: see above")
        (made / "complete").touch()
    return python


def jar():
    """SeeQL's jar for Spark. It is built if it is missing or older than its sources."""
    sources = [
        source
        for module in ("planner", "udfs", "database", "datasets", "job", "argo-launcher", "cli", "spark", "conf")
        for source in ((ROOT / module).glob("pom.xml"), (ROOT / module).rglob("src/main/**/*"))
        for source in source
    ]
    if JAR.is_file() and all(s.stat().st_mtime <= JAR.stat().st_mtime for s in sources):
        return JAR
    call("mvn", "-q", "-B", "-DskipTests", "-Dspotless.check.skip", "-pl", "spark", "-am", "package", cwd=ROOT)
    return JAR
