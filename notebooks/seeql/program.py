"""Programs of several statements."""

from __future__ import annotations

import re

# Whatever hides a semicolon: strings and quoted names, in which the quote is doubled or has a
# backslash; comments. What is not closed goes on to the end. The last one is any other character.
_PIECE = re.compile(
    r"""
      (?P<quoted> '(?:[^'\\]|\\.|'')*(?:'|\Z)
                | "(?:[^"\\]|\\.|"")*(?:"|\Z)
                | `(?:[^`]|``)*(?:`|\Z) )
    | (?P<comment> --[^\n]* | \#[^\n]* | /\*.*?(?:\*/|\Z) )
    | (?P<end> ; )
    | (?P<blank> \s+ )
    | (?P<other> . )
    """,
    re.DOTALL | re.VERBOSE,
)


def statements(program: str) -> list[str]:
    """The statements of a program, as they are written, each with the comments before it.

    They end with ``;``, but for those in strings, quoted names and comments. What holds nothing
    but comments is no statement. Comments that begin with ``#``, which Spark does not know, begin
    with ``--``.
    """
    found: list[str] = []
    text = ""
    has_text = False
    for piece in [*_PIECE.finditer(program), None]:
        if piece is None or piece.lastgroup == "end":
            if has_text:
                found.append(text.strip())
            text = ""
            has_text = False
            continue
        is_foreign = piece.lastgroup == "comment" and piece.group().startswith("#")
        text += "--" + piece.group()[1:] if is_foreign else piece.group()
        has_text = has_text or piece.lastgroup in ("quoted", "other")
    return found


def title(statement: str, letters: int = 60) -> str:
    """The statement on one line, without comments, cut where it is long."""
    text = "".join(
        " " if piece.lastgroup == "comment" else piece.group()
        for piece in _PIECE.finditer(statement)
    )
    line = " ".join(text.split())
    return line if len(line) <= letters else line[: letters - 1] + "…"
