"""The decision graph of a plan document: its form, and every state that it can lead to."""

import itertools
from collections.abc import Callable

from cascade.ladder import UNSURE, YES, Ladder, Ladders
from cascade.predicate import Predicate

NODE_FIELDS = ("id", "run", "reads", "reach", "next")
VERDICTS = ("yes", "no", "unsure")
# a class that the graph no longer follows, because nothing depends on it
IGNORED = "ignored"

Report = Callable[[str], None]


class Malformed(Exception):
    """The document cannot be followed."""


def fitting(node: dict, outcome: dict[str, str]) -> dict:
    """The only branch of a node that fits the verdicts of the classes that it reads."""
    fit = [
        branch
        for branch in node["next"]
        if all(outcome.get(name) == verdict for name, verdict in branch["when"].items())
    ]
    if len(fit) != 1:
        raise Malformed(f"node {node['id']}: {len(fit)} branches fit {outcome}")
    return fit[0]


def nodes_by_id(plan: dict) -> dict[int, dict]:
    """The nodes of a plan. Refuses what cannot be followed: wrong types, unknown ids, cycles."""
    nodes: dict[int, dict] = {}
    for node in plan["nodes"]:
        missing = [field for field in NODE_FIELDS if field not in node]
        if missing:
            raise Malformed(f"node {node.get('id')!r} has no {missing[0]}")
        if type(node["id"]) is not int or node["id"] in nodes:
            raise Malformed(f"node {node['id']!r}: the id is no integer, or occurs twice")
        if not isinstance(node["run"], list) or len(node["run"]) != 1:
            raise Malformed(f"node {node['id']}: runs {node['run']!r} and not a list of one model")
        nodes[node["id"]] = node
        for branch in node["next"]:
            _check_branch(node, branch)
    _check_target(plan["root"], "root")
    _check_links(plan["root"], nodes)
    return nodes


def _check_target(target: dict, where: str) -> None:
    if ("then" in target) == ("decide" in target):
        raise Malformed(f"{where}: not exactly one of then and decide: {target}")
    if "decide" in target and not isinstance(target["decide"], bool):
        raise Malformed(f"{where}: decides {target['decide']!r}")


def _check_branch(node: dict, branch: dict) -> None:
    where = f"node {node['id']}"
    _check_target(branch, where)
    if "when" not in branch:
        raise Malformed(f"{where}: a branch has no when")
    for name, verdict in branch["when"].items():
        if name not in node["reads"] or verdict not in VERDICTS:
            raise Malformed(f"{where}: a branch for {verdict!r} of {name}")


def _check_links(root: dict, nodes: dict[int, dict]) -> None:
    finished: set[int] = set()
    above: list[int] = []

    def visit(target: dict) -> None:
        if "decide" in target or target["then"] in finished:
            return
        place = target["then"]
        if place not in nodes:
            raise Malformed(f"node {place!r} does not exist")
        if place in above:
            raise Malformed(f"a cycle through node {place}")
        above.append(place)
        for branch in nodes[place]["next"]:
            visit(branch)
        finished.add(above.pop())

    visit(root)
    if finished != set(nodes):
        raise Malformed(f"the root does not lead to the nodes {sorted(set(nodes) - finished)}")


def possible_places(ladder: Ladder, place: int, ran: frozenset[str]) -> dict[str, str | int]:
    """The new place of a class, by each verdict that scores in [0, 1] can lead to."""
    found: dict[str, str | int] = {}
    while place < len(ladder) and ladder[place].model in ran:
        possible = ladder[place].possible()
        found.update({verdict: verdict for verdict in possible - {UNSURE}})
        if UNSURE not in possible:
            return found
        place += 1
    return {**found, UNSURE: place}


class GraphWalk:
    """Visits every node in every state that scores in [0, 1] can lead to, with or without rows."""

    def __init__(self, plan: dict, ladders: Ladders, predicate: Predicate, report: Report):
        self._nodes = nodes_by_id(plan)
        self._ladders, self._predicate, self._report = ladders, predicate, report
        self._seen: set[tuple] = set()
        self._visit(plan["root"], (0,) * len(predicate.classes), frozenset(), "root")

    def _visit(self, target: dict, places: tuple, ran: frozenset[str], where: str) -> None:
        answers = tuple(p == YES if p in ("yes", "no") else None for p in places)
        value = self._predicate.value(answers)
        if "decide" in target:
            if value is not target["decide"]:
                self._report(f"{where}: decides {target['decide']}, the value is {value}")
            return
        if value is not None:
            self._report(f"{where}: runs a model although the value is {value}")
            return
        key = (target["then"], places, ran)
        if key not in self._seen:
            self._seen.add(key)
            self._leave(self._nodes[target["then"]], places, ran, answers)

    def _leave(self, node: dict, places: tuple, ran: frozenset[str], answers: tuple) -> None:
        where, model = f"node {node['id']}", node["run"][0]
        by_class = dict(zip(self._predicate.classes, places))
        evaluated = {
            name: place
            for name, place in by_class.items()
            if isinstance(place, int) and self._ladders[name][place].model == model
        }
        needed = {
            name
            for index, name in enumerate(self._predicate.classes)
            if name in evaluated and self._predicate.depends(answers, index)
        }
        reads = node["reads"]
        wrong = {name for name, rung in reads.items() if evaluated.get(name) != rung}
        if model in ran or not needed or not needed <= set(reads) or wrong:
            self._report(
                f"{where}: runs {model} and reads {reads} in {by_class}, ran {sorted(ran)}"
            )
            return
        now = ran | {model}
        outcomes = [possible_places(self._ladders[name], evaluated[name], now) for name in reads]
        for verdicts in itertools.product(*outcomes):
            changed = dict.fromkeys(set(evaluated) - set(reads), IGNORED)
            changed.update((n, o[v]) for n, o, v in zip(reads, outcomes, verdicts))
            branch = fitting(node, dict(zip(reads, verdicts)))
            after = tuple(changed.get(name, place) for name, place in by_class.items())
            self._visit(branch, after, now, f"{where} {verdicts}")
