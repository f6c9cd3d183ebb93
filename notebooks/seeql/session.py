"""A Spark session that knows SeeQL."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython
from pyspark.sql import SparkSession

from seeql import jars

_EXTENSIONS = "org.seeql.spark.SeeqlExtensions"
_LOG = Path(__file__).with_name("log4j2.properties")


def session(
    database: str | None = None,
    jar: str | os.PathLike[str] | None = None,
    **conf: Any,
) -> SparkSession:
    """Starts Spark with SeeQL's statements and functions, and adds ``%%seeql`` to the notebook.

    The session is Spark's own: ``spark.stop()`` ends it, and an embedded database with it.

    :param database: ``jdbc:mysql://HOST/DATABASE`` or ``embedded:FOLDER``; without it the
        embedded database that ``./seeql run`` uses without ``--database``. User and password are
        ``spark.seeql.user`` and ``SEEQL_DATABASE_PASSWORD`` in the environment
    :param jar: see :func:`seeql.jars.find`
    :param conf: more of Spark's settings; those with dots as ``**{"spark.executor.cores": 4}``.
        They come before those of SeeQL, but for ``spark.jars`` and ``spark.sql.extensions``, to
        which SeeQL's are added
    :raises FileNotFoundError: if SeeQL's jar is not found
    :raises RuntimeError: if Spark runs already, and without SeeQL
    """
    running = SparkSession.getActiveSession()
    if running is not None and _EXTENSIONS not in str(running.conf.get("spark.sql.extensions", "")):
        raise RuntimeError(
            "Cannot add SeeQL to a Spark session that runs: end it with spark.stop(), or set"
            f" spark.sql.extensions to {_EXTENSIONS} and spark.jars where it is made"
        )
    spark = running or _start(settings(database, jar, conf))
    # it prints each mistake once more, as JSON
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    shell = get_ipython()
    if shell is not None:
        from seeql.magic import register

        register(shell)
    return spark


def settings(
    database: str | None, jar: str | os.PathLike[str] | None, conf: dict[str, Any]
) -> dict[str, str]:
    """Spark's settings for a session: SeeQL's, and those that were asked for."""
    chosen = {
        "spark.app.name": "SeeQL",
        "spark.master": "local[*]",
        # it would print among the results
        "spark.ui.showConsoleProgress": "false",
        # a data frame that ends a cell is shown as a table
        "spark.sql.repl.eagerEval.enabled": "true",
        "spark.seeql.database": database or f"embedded:{data_folder()}",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
    }
    chosen.update((key, str(value)) for key, value in conf.items())
    if chosen["spark.master"].partition("[")[0] == "local":
        # Spark listens there, too: its ports answer to this application only
        chosen.setdefault("spark.authenticate", "true")
        chosen.setdefault("spark.network.crypto.enabled", "true")
    _add(chosen, "spark.jars", str(jars.find(jar)))
    _add(chosen, "spark.sql.extensions", _EXTENSIONS)
    return chosen


def data_folder() -> Path:
    """Where ``./seeql`` keeps the embedded database."""
    named = os.environ.get("SEEQL_DATA_DIR")
    if named:
        return Path(named).absolute()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "seeql"


def _add(conf: dict[str, str], key: str, value: str) -> None:
    given = [one for one in conf.get(key, "").split(",") if one and one != value]
    conf[key] = ",".join([*given, value])


def _start(conf: dict[str, str]) -> SparkSession:
    # ONNX Runtime reports to its maker unless told not to, and what it prepares for that ends a
    # process whose command line is longer than 4,096 bytes, as Spark's is
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    if conf["spark.master"].startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder
    for key, value in conf.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
