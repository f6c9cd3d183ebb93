"""Splits programs into statements."""

from __future__ import annotations

import re

# Strings, quoted names and comments can contain semicolons. A quote inside a string is doubled or
# escaped with a backslash. An unclosed string or comment extends to the end of the program.
# The last alternative is any other character.
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
    """The statements of a program with their original text, each with the comments before it.

    A ``;`` ends a statement, except in strings, quoted names and comments. Text that consists only
    of comments is not a statement. Spark does not support comments that start with ``#``: they are
    changed to ``--``.
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


def title(statement: str, characters: int = 60) -> str:
    """The statement on one line, without comments, truncated to ``characters`` characters."""
    text = "".join(
        " " if piece.lastgroup == "comment" else piece.group()
        for piece in _PIECE.finditer(statement)
    )
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: characters - 1] + "…"
