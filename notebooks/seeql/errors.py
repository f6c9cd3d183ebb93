"""Errors with messages for notebooks."""

from __future__ import annotations

import re

# the start of the JVM's stack trace
_STACK = re.compile(r"\n+(JVM stacktrace:|\s+at [\w.$]+\().*", re.DOTALL)
# Spark's query plan, which follows the position of the error
_PLAN = re.compile(r"(; line \d+ pos \d+);?\n['+].*", re.DOTALL)


class SeeqlError(Exception):
    """A statement was refused or failed. A notebook shows the message without a stack trace."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def short(error: BaseException) -> str:
    """The message of a Spark error, with the source excerpt, without the Java stack trace."""
    text = _message_of_java(error) or str(error) or type(error).__name__
    return _PLAN.sub(r"\1", _STACK.sub("", text)).strip()


def _message_of_java(error: BaseException) -> str | None:
    """The message of the root cause, if py4j passes an exception without a Spark class."""
    java = getattr(error, "java_exception", None)
    if java is None:
        return None
    while java.getCause() is not None:
        java = java.getCause()
    return java.getMessage() or java.getClass().getSimpleName()
