"""A Spark session with SeeQL."""

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

    The result is a normal Spark session: ``spark.stop()`` ends it. It also stops an embedded
    database that no other process uses.

    :param database: ``jdbc:mysql://HOST/DATABASE`` or ``embedded:FOLDER``. The default is the
        embedded database that ``./seeql run`` uses without ``--database``. The user is the setting
        ``spark.seeql.user``, the password is the environment variable ``SEEQL_DATABASE_PASSWORD``
    :param jar: see :func:`seeql.jars.find`
    :param conf: additional Spark settings, such as ``**{"spark.executor.cores": 4}``. They override
        SeeQL's settings. SeeQL's values are appended to ``spark.jars`` and
        ``spark.sql.extensions``
    :raises FileNotFoundError: if SeeQL's jar is not found
    :raises RuntimeError: if a Spark session without SeeQL is already active
    """
    running = SparkSession.getActiveSession()
    if running is not None and _EXTENSIONS not in str(running.conf.get("spark.sql.extensions", "")):
        raise RuntimeError(
            "Cannot add SeeQL to a running Spark session: stop it with spark.stop(), or set"
            f" spark.sql.extensions to {_EXTENSIONS} and spark.jars when you create it"
        )
    spark = running or _start(settings(database, jar, conf))
    # this logger repeats each error as JSON
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    shell = get_ipython()
    if shell is not None:
        from seeql.magic import register

        register(shell)
    return spark


def settings(
    database: str | None, jar: str | os.PathLike[str] | None, conf: dict[str, Any]
) -> dict[str, str]:
    """The Spark settings of a session: SeeQL's, and the user's."""
    chosen = {
        "spark.app.name": "SeeQL",
        "spark.master": "local[*]",
        # the progress would be mixed with the results
        "spark.ui.showConsoleProgress": "false",
        # a data frame at the end of a cell is shown as a table
        "spark.sql.repl.eagerEval.enabled": "true",
        "spark.seeql.database": database or f"embedded:{data_folder()}",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
    }
    chosen.update((key, str(value)) for key, value in conf.items())
    if chosen["spark.master"].partition("[")[0] == "local":
        # Spark opens ports in local mode, too: only this application may use them
        chosen.setdefault("spark.authenticate", "true")
        chosen.setdefault("spark.network.crypto.enabled", "true")
    _add(chosen, "spark.jars", str(jars.find(jar)))
    _add(chosen, "spark.sql.extensions", _EXTENSIONS)
    return chosen


def data_folder() -> Path:
    """The folder of the embedded database of ``./seeql``."""
    named = os.environ.get("SEEQL_DATA_DIR")
    if named:
        return Path(named).absolute()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "seeql"


def _add(conf: dict[str, str], key: str, value: str) -> None:
    given = [one for one in conf.get(key, "").split(",") if one and one != value]
    conf[key] = ",".join([*given, value])


def _start(conf: dict[str, str]) -> SparkSession:
    # Disables the telemetry of ONNX Runtime. Its preparation crashes a process whose command line
    # is longer than 4,096 bytes, as Spark's is.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    if conf["spark.master"].startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder
    for key, value in conf.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
