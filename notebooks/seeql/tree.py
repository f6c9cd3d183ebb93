"""Draws the decision tree of TO FIND."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("figures.mplstyle")

_INK, _QUIET, _LINE = "#1b1f24", "#59616b", "#8d969f"
_SHEET, _PAPER = "#ffffff", "#fbfbf9"
_FOUND, _DROPPED = "#0b6e6e", "#a8281a"
_WIDTH, _ACROSS, _LINE_HEIGHT, _PADDING, _GAP = 3.0, 1.7, 0.24, 0.14, 0.34


@dataclass(frozen=True)
class Node:
    """A step of a plan.

    :param run: the models that this step applies to an image
    :param answers: the model that answers each class; in a cascade it may be unsure
    :param reach: the expected fraction of images that reach this step
    :param came: the actual number of images, if the plan has been executed
    :param next: the branches: ``(answers, id of the next node, None)`` or
        ``(answers, None, whether the image is found)``
    """

    id: int
    run: tuple[str, ...]
    answers: dict[str, str]
    reach: float
    came: int | None
    next: tuple[tuple[dict[str, bool | str], int | None, bool | None], ...]

    def lines(self) -> list[tuple[str, str]]:
        """The lines of its box, with their colours."""
        models = [
            (f"{model}: {', '.join(c for c, by in self.answers.items() if by == model)}", _INK)
            for model in self.run
        ]
        ends = [
            (("✓ " if found else "✗ ") + when(answers), _FOUND if found else _DROPPED)
            for answers, node, found in self.next
            if node is None
        ]
        share = f"{self.reach:.1%} "
        share += "of the images" if self.came is None else f"expected, {self.came:,} actual"
        return [*models, (share, _QUIET), *ends]


def nodes(plan: str | dict[str, Any]) -> list[Node]:
    """The steps of a plan, starting with the first.

    :param plan: see :func:`draw`
    """
    document = json.loads(plan) if isinstance(plan, str) else plan
    tree = document.get("plan", document)
    came = dict(enumerate(document.get("actual", {}).get("reached", ())))
    steps = {
        node["id"]: Node(
            node["id"],
            tuple(node["run"]),
            node["answers"] if "answers" in node else dict.fromkeys(node["reads"], node["run"][0]),
            node["reach"],
            came.get(node["id"]),
            tuple((b["when"], b.get("then"), b.get("decide")) for b in node["next"]),
        )
        for node in tree["nodes"]
    }
    first = tree["root"].get("then")
    return [] if first is None else [steps.pop(first), *steps.values()]


_WORDS: dict[bool | str, str] = {
    True: "",
    "yes": "",
    False: "no ",
    "no": "no ",
    "unsure": "perhaps ",
}


def when(answers: dict[str, bool | str]) -> str:
    return ", ".join(_WORDS[answer] + name for name, answer in answers.items()) or "always"


def draw(plan: str | dict[str, Any]) -> Figure:
    """Draws a plan from left to right, with a box per step and a line per branch to another step.

    :param plan: the JSON of the column ``document`` of EXPLAIN or TO FIND, or the output of
        ``seeql plan --format json``
    :raises ValueError: if the plan decides without a model
    """
    import matplotlib.pyplot as plt

    steps = nodes(plan)
    if not steps:
        raise ValueError("Cannot draw the plan: it uses no model")
    places, width, height = _places(steps)
    with plt.style.context(STYLE):
        figure, axes = plt.subplots(figsize=(width, height), layout="none")
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_position((0, 0, 1, 1))
        axes.axis("off")
        arrived: dict[int, int] = {}
        for step in steps:
            _draw_lines(axes, step, places, arrived)
        for step in steps:
            _draw_box(axes, step, places[step.id])
        # otherwise the figure is shown twice: it is also the value of the cell
        plt.close(figure)
    return figure


def _places(steps: list[Node]) -> tuple[dict[int, tuple[float, float, float]], float, float]:
    """The left edge, upper edge and height of each box; the width and height of the drawing."""
    depth = {step.id: 0 for step in steps}
    by_id = {step.id: step for step in steps}

    def deepen(node: int, level: int) -> None:
        depth[node] = max(depth[node], level)
        for _, following, _ in by_id[node].next:
            if following is not None:
                deepen(following, level + 1)

    deepen(steps[0].id, 0)
    used: dict[int, float] = {}
    places = {}
    for step in sorted(steps, key=lambda step: -step.reach):
        column = depth[step.id]
        y = used.get(column, 0.1)
        high = 2 * _PADDING + _LINE_HEIGHT * len(step.lines())
        places[step.id] = (0.1 + column * (_WIDTH + _ACROSS), y, high)
        used[column] = y + high + _GAP
    columns = max(depth.values()) + 1
    width = columns * _WIDTH + (columns - 1) * _ACROSS + 0.2
    return places, width, max(used.values()) - _GAP + 0.1


def _draw_box(axes: Axes, step: Node, place: tuple[float, float, float]) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y, high = place
    style = "round,pad=0,rounding_size=0.08"
    axes.add_patch(
        FancyBboxPatch((x, y), _WIDTH, high, style, facecolor=_SHEET, edgecolor=_LINE, zorder=2)
    )
    for number, (words, colour) in enumerate(step.lines()):
        weight = "bold" if number < len(step.run) else "normal"
        axes.text(
            x + _PADDING,
            y + _PADDING + _LINE_HEIGHT * (number + 0.5),
            _cut(words, 36),
            color=colour,
            fontsize=9,
            fontweight=weight,
            va="center",
            zorder=3,
        )


def _draw_lines(
    axes: Axes,
    step: Node,
    places: dict[int, tuple[float, float, float]],
    arrived: dict[int, int],
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Curve

    going = [(answers, node) for answers, node, _ in step.next if node is not None]
    going.sort(key=lambda branch: places[branch[1]][1])
    x, y, high = places[step.id]
    for number, (answers, node) in enumerate(going, 1):
        arrived[node] = arrived.get(node, 0) + 1
        begin = (x + _WIDTH, y + high * number / (len(going) + 1))
        end = (places[node][0], places[node][1] + _PADDING + _LINE_HEIGHT * arrived[node])
        bend = (end[0] - begin[0]) / 2
        points = [begin, (begin[0] + bend, begin[1]), (end[0] - bend, end[1]), end]
        curve = Curve(points, [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4])
        axes.add_patch(PathPatch(curve, facecolor="none", edgecolor=_LINE, zorder=1))
        words = _cut(when(answers), 22)
        axes.text(
            end[0] - 0.06,
            end[1] - 0.09,
            words,
            color=_QUIET,
            fontsize=8.5,
            ha="right",
            # the background hides lines behind the text
            bbox={"facecolor": _PAPER, "edgecolor": "none", "pad": 0.5},
            zorder=3,
        )


def _cut(words: str, characters: int) -> str:
    return words if len(words) <= characters else words[: characters - 1] + "…"
