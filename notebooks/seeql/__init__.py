"""SeeQL in notebooks.

A Spark session with SeeQL's statements, a cell magic for programs of several statements, pictures
with boxes, and the decision tree of TO FIND. The package does not duplicate what SQL can do.
"""

from seeql.errors import SeeqlError
from seeql.gallery import show
from seeql.session import session
from seeql.tree import STYLE, draw

__all__ = ["STYLE", "SeeqlError", "draw", "session", "show", "load_ipython_extension"]


def load_ipython_extension(shell) -> None:
    """``%load_ext seeql`` adds ``%%seeql``, as ``session()`` does."""
    from seeql.magic import register

    register(shell)
