"""What goes wrong, in the words that are of use in a notebook."""

from __future__ import annotations

import re

# the JVM's stack, from this line on
_STACK = re.compile(r"\n+(JVM stacktrace:|\s+at [\w.$]+\().*", re.DOTALL)
# Spark's inner view of the query, after the place of the mistake
_PLAN = re.compile(r"(; line \d+ pos \d+);?\n['+].*", re.DOTALL)


class SeeqlError(Exception):
    """A statement that was refused, or failed. A notebook shows its text and no stack trace."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def short(error: BaseException) -> str:
    """The message of an error of Spark's, with its picture of the place, without Java's stack."""
    text = _message_of_java(error) or str(error) or type(error).__name__
    return _PLAN.sub(r"\1", _STACK.sub("", text)).strip()


def _message_of_java(error: BaseException) -> str | None:
    """What the innermost exception says, where py4j hands over one that Spark has no class for."""
    java = getattr(error, "java_exception", None)
    if java is None:
        return None
    while java.getCause() is not None:
        java = java.getCause()
    return java.getMessage() or java.getClass().getSimpleName()
