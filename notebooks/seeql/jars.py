"""Where SeeQL's jars are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_CLASSPATH = Path("cli", "target", "dependencies.classpath")
# what the file's name is without version and platform: guava-33.4.0-jre.jar is guava
_VERSION = re.compile(r"[-_.]\d.*$")


def find(jar: str | os.PathLike[str] | None = None) -> list[Path]:
    """The jars for ``spark.jars``.

    :param jar: one, or several with commas between; else ``SEEQL_JAR`` in the environment; else
        those that the checkout of SeeQL that this file, or the current folder, lies in has built
    :raises FileNotFoundError: if there are none
    """
    named = jar or os.environ.get("SEEQL_JAR")
    if named:
        jars = [Path(name.strip()).expanduser().absolute() for name in os.fspath(named).split(",")]
        missing = [str(path) for path in jars if not path.is_file()]
        if missing:
            raise FileNotFoundError(f"Cannot find SeeQL's jar: {', '.join(missing)} is not there")
        return jars
    for folder in _checkouts():
        if (folder / _CLASSPATH).is_file():
            return _built(folder)
    raise FileNotFoundError(
        "Cannot find SeeQL's jars: neither this package nor the current folder lies in a checkout"
        " that was built; run ./seeql --version in one, which builds it, or name them:"
        " seeql.session(jar='…'), or SEEQL_JAR in the environment"
    )


def _checkouts() -> Iterator[Path]:
    for start in (Path(__file__).resolve(), Path.cwd().resolve() / "here"):
        for folder in start.parents:
            if (folder / "seeql").is_file():
                yield folder


def _built(checkout: Path) -> list[Path]:
    listed = (checkout / _CLASSPATH).read_text().strip().split(os.pathsep)
    own = sorted((checkout / "cli" / "target").glob("seeql-cli-*.jar"))
    missing = [path for path in listed if not Path(path).is_file()]
    if missing:
        raise FileNotFoundError(
            f"Cannot find SeeQL's jars: {missing[0]} is not there any more; ./seeql --version in"
            f" {checkout} builds what is missing"
        )
    return [*own, *less_sparks(Path(path) for path in listed)]


def less_sparks(jars: Iterable[Path]) -> list[Path]:
    """Those that PySpark does not bring, in whatever version."""
    import pyspark

    sparks = {_library(jar.name) for jar in Path(pyspark.__file__).parent.glob("jars/*.jar")}
    return [jar for jar in jars if _library(jar.name) not in sparks]


def _library(file_name: str) -> str:
    return _VERSION.sub("", file_name.removesuffix(".jar"))
