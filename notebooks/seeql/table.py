"""Shows rows as a table."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Row

MAX_CHARACTERS = 200
# a single row with more columns than this is shown vertically
MAX_COLUMNS_OF_ONE_ROW = 8


@dataclass(frozen=True)
class Table:
    """A table of rows for notebooks.

    :param columns: the names
    :param rows: the displayed rows
    :param has_more: whether there are more rows
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    has_more: bool = False

    @staticmethod
    def of(columns: list[str], rows: list[Row], most: int) -> Table:
        return Table(tuple(columns), tuple(map(tuple, rows[:most])), len(rows) > most)

    def _repr_html_(self) -> str:
        table = self._listed()
        head = "".join(f"<th>{html.escape(name)}</th>" for name in table.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
        more = f"<p>The first {len(self.rows)} rows.</p>" if self.has_more else ""
        return (
            f"<table><thead><tr>{head}</tr></thead>"
            f'<tbody style="font-variant-numeric:tabular-nums">{body}</tbody></table>{more}'
        )

    def __repr__(self) -> str:
        table = self._listed()
        if len(table.columns) == 1 and any("\n" in text(row[0]) for row in table.rows):
            return "\n".join(text(row[0]) for row in table.rows)
        cells = [list(table.columns), *([text(value) for value in row] for row in table.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(table.columns))]
        lines = [" │ ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip() for row in cells]
        lines.insert(1, "─┼─".join("─" * width for width in widths))
        if self.has_more:
            lines.append(f"The first {len(self.rows)} rows.")
        return "\n".join(lines)

    def _listed(self) -> Table:
        if len(self.rows) == 1 and len(self.columns) > MAX_COLUMNS_OF_ONE_ROW:
            return Table(("column", "value"), tuple(zip(self.columns, self.rows[0])))
        return self


def _cell(value: Any) -> str:
    shown = html.escape(text(value))
    if value is None:
        return f'<td style="opacity:.55">{shown}</td>'
    if "\n" in shown:
        return f'<td style="text-align:left"><pre>{shown}</pre></td>'
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f'<td style="text-align:{"right" if is_number else "left"}">{shown}</td>'


def text(value: Any) -> str:
    """A value as readable text. Long lines are truncated."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes | bytearray):
        return f"{len(value):,} bytes"
    if isinstance(value, float):
        return f"{value:.7g}"
    if isinstance(value, Row | list | dict):
        value = json.dumps(_plain(value), default=text, ensure_ascii=False)
    line = str(value)
    is_short = len(line) <= MAX_CHARACTERS or "\n" in line
    return line if is_short else line[: MAX_CHARACTERS - 1] + "…"


def _plain(value: Any) -> Any:
    if isinstance(value, Row):
        return {name: _plain(item) for name, item in zip(value.__fields__, value)}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return round(value, 6) if isinstance(value, float) else value
