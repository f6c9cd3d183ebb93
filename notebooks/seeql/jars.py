"""Finds SeeQL's jar."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_BUILT = Path("spark", "target", "seeql-spark.jar")


def find(jar: str | os.PathLike[str] | None = None) -> Path:
    """The jar for ``spark.jars``: SeeQL with its dependencies other than Spark.

    :param jar: its path. The default is the environment variable ``SEEQL_JAR``, or else the jar
        that was built in the SeeQL checkout of this file or of the current folder
    :raises FileNotFoundError: if it does not exist
    """
    named = jar or os.environ.get("SEEQL_JAR")
    if named:
        path = Path(named).expanduser().absolute()
        if not path.is_file():
            raise FileNotFoundError(f"Cannot find SeeQL's jar: {path} does not exist")
        return path
    for folder in _checkouts():
        if (folder / _BUILT).is_file():
            return folder / _BUILT
    raise FileNotFoundError(
        "Cannot find SeeQL's jar: neither this package nor the current folder is in a checkout"
        f" where {_BUILT} was built; mvn -DskipTests -pl spark -am package builds it;"
        " seeql.session(jar='…') or SEEQL_JAR selects a jar elsewhere"
    )


def _checkouts() -> Iterator[Path]:
    for start in (Path(__file__).resolve(), Path.cwd().resolve() / "here"):
        for folder in start.parents:
            if (folder / "seeql").is_file():
                yield folder
