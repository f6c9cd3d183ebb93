"""``%%seeql``: executes the program in a cell."""

from __future__ import annotations

from typing import Any

from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import DisplayHandle
from pyspark.sql import DataFrame, SparkSession

from seeql.errors import SeeqlError, short
from seeql.program import statements, title
from seeql.progress import watched
from seeql.table import Table


class _Done:
    """An executed statement without displayed rows."""

    def __init__(self, statement: str):
        self._line = "✓ " + title(statement)

    def __repr__(self) -> str:
        return self._line


@magics_class
class SeeqlMagics(Magics):
    """The cell magic of a notebook."""

    @magic_arguments()
    @argument("name", nargs="?", help="The variable that gets the last statement's data frame.")
    @argument("-n", "--rows", type=int, default=20, help="The maximum number of rows. Default: 20.")
    @argument("-q", "--quiet", action="store_true", help="Shows no rows.")
    @cell_magic
    def seeql(self, line: str, cell: str) -> None:
        """Executes the statements of the cell in order, and shows their rows.

        The program ends at the first statement that is refused or fails.
        """
        options = parse_argstring(self.seeql, line)
        spark = SparkSession.getActiveSession()
        if spark is None:
            raise SeeqlError(
                "Cannot execute the cell: there is no Spark session; start one with"
                " spark = seeql.session()"
            )
        program = statements(cell)
        for number, statement in enumerate(program, 1):
            try:
                frame = run(spark, statement, 0 if options.quiet else options.rows)
            except Exception as error:
                place = f"Statement {number} of {len(program)}: " if len(program) > 1 else ""
                raise SeeqlError(place + short(error)) from None
            if options.name and self.shell is not None:
                self.shell.user_ns[options.name] = frame


def run(spark: SparkSession, statement: str, rows: int) -> DataFrame:
    """Executes a statement. Its rows replace its progress bar."""
    handle = DisplayHandle()

    def execute() -> tuple[DataFrame, Any]:
        frame = spark.sql(statement)
        if not rows or not frame.columns:
            return frame, _Done(statement)
        return frame, Table.of(frame.columns, frame.take(rows + 1), rows)

    try:
        frame, shown = watched(spark.sparkContext, handle, title(statement), execute)
    except BaseException:
        handle.update(_Failed(statement))
        raise
    handle.update(shown)
    return frame


class _Failed(_Done):
    def __init__(self, statement: str):
        self._line = "✗ " + title(statement)


def register(shell: Any) -> None:
    """Registers the magic in a notebook's shell."""
    shell.register_magics(SeeqlMagics)
