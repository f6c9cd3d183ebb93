"""Verifies the plan document of a problem."""

import math
from dataclasses import dataclass

from cascade.graph import GraphWalk, Malformed, fitting, nodes_by_id
from cascade.ladder import UNSURE, Ladders, answer, faults, parse_ladders
from cascade.order import CheapestOrder
from cascade.problem import Half, Problem
from cascade.quality import MEASURES, Counts, asked
from cascade.replay import after, start

TOLERANCE = 1e-9
FIGURES = ("expected_cost_ms", *MEASURES, "prevalence")
FIELDS = (
    *("strategy", "confidence_level", "bound", "ladders", *FIGURES, "selection"),
    *("certified", "tests", "test_level", "root", "nodes"),
)
# at most this many sequences of plans share the level
MAX_SEQUENCES = 4
REFUSALS = ("max_cost_ms", *(f"min_{measure}" for measure in MEASURES))


def verify(document: dict, plan: dict) -> list[str]:
    """The differences between a plan and what its problem and its own ladders imply.

    Verified are the form of the graph, its answers in every state that it can lead to, its figures
    on both halves, the certified limits, and that no order of its models is cheaper on the
    selection half.
    """
    problem = Problem(document)
    if plan.get("feasible") is False:
        return _refusal(problem, plan.get("refusal", {}))
    missing = [f"{field} is missing" for field in FIELDS if field not in plan]
    return missing or _Verification(problem, plan).differences


def _refusal(problem: Problem, refusal: dict) -> list[str]:
    kind = refusal.get("kind")
    if kind not in REFUSALS or not refusal.get("message"):
        return [f"a refusal of kind {kind!r} with the message {refusal.get('message')!r}"]
    best = refusal.get("best", {}).get(kind.removeprefix("min_"), -1.0)
    if kind.startswith("min_") and not 0 <= best < problem.bounds.get(kind, 0):
        return [f"refused because of {kind}, but the best certified limit is {best}"]
    return []


def close(found: object, expected: float | None) -> bool:
    if expected is None:
        return found is None
    if type(found) not in (int, float):
        return False
    return abs(found - expected) <= TOLERANCE * max(1, abs(expected))


@dataclass
class _Walk:
    """What the rows of a half do in the graph."""

    answers: list[bool]
    costs: list[float]
    # visits by node id
    visits: dict[int, int]

    def figures(self, half: Half) -> dict[str, float | None]:
        cost = math.fsum(self.costs) / len(self.costs)
        return {"expected_cost_ms": cost, **Counts.of(self.answers, half.truth).shares()}


class _Verification:
    def __init__(self, problem: Problem, plan: dict):
        self.differences: list[str] = []
        self._problem, self._plan = problem, plan
        self._classes = problem.predicate.classes
        self._request()
        ladders = self._parsed_ladders()
        if ladders is None:
            return
        try:
            GraphWalk(plan, ladders, problem.predicate, self.differences.append)
            selection = self._follow(problem.selection, ladders)
            certification = self._follow(problem.certification, ladders)
        except Malformed as fault:
            self.differences.append(str(fault))
            return
        self._compare("selection", plan["selection"], selection.figures(problem.selection))
        self._compare("plan", plan, certification.figures(problem.certification))
        for node in plan["nodes"]:
            reach = certification.visits.get(node["id"], 0) / len(problem.certification.rows)
            self._compare(f"node {node['id']}", node, {"reach": reach})
        self._certified(Counts.of(certification.answers, problem.certification.truth))
        self._cost(selection.figures(problem.selection)["expected_cost_ms"], ladders)

    def _compare(self, where: str, found: dict, expected: dict) -> None:
        for field, value in expected.items():
            if field not in found or not close(found[field], value):
                self.differences.append(f"{where}: {field} = {found.get(field)!r}, not {value!r}")

    def _request(self) -> None:
        expected = {"strategy": "cascade", "bound": self._problem.bounds}
        for field, value in expected.items():
            if self._plan[field] != value:
                self.differences.append(f"{field} = {self._plan[field]!r}, not {value!r}")
        level = {"confidence_level": self._problem.confidence_level}
        self._compare("plan", self._plan, level)

    def _parsed_ladders(self) -> Ladders | None:
        """The ladders in the order of the classes; None if they cannot be followed."""
        try:
            ladders = parse_ladders(self._plan["ladders"])
        except (KeyError, TypeError, AttributeError) as fault:
            self.differences.append(f"the ladders cannot be read: {fault!r}")
            return None
        if sorted(ladders) != self._classes:
            self.differences.append(f"ladders of {sorted(ladders)}, not of {self._classes}")
            return None
        wrong = [f for c in self._classes for f in faults(c, ladders[c], self._problem.known[c])]
        self.differences.extend(wrong)
        return None if wrong else ladders

    def _follow(self, half: Half, ladders: Ladders) -> _Walk:
        """Sends every row through the graph."""
        nodes = nodes_by_id(self._plan)
        walk = _Walk([], [], {})
        for row, scores in enumerate(half.rows):
            state, target, costs = start(self._problem.predicate), self._plan["root"], []
            while "then" in target:
                node = nodes[target["then"]]
                walk.visits[node["id"]] = walk.visits.get(node["id"], 0) + 1
                model = node["run"][0]
                if model in state.ran or model not in self._problem.costs:
                    raise Malformed(f"row {row}: node {node['id']} runs {model!r}")
                costs.append(self._problem.costs[model])
                state = after(state, model, ladders, self._classes, scores)
                places = dict(zip(self._classes, state.places))
                verdicts = {
                    name: UNSURE if isinstance(places.get(name), int) else places.get(name)
                    for name in node["reads"]
                }
                target = fitting(node, verdicts)
            shown = {name for name in self._classes if answer(name, ladders[name], scores)}
            if target["decide"] != self._problem.predicate.holds(shown):
                self.differences.append(f"row {row}: the ladders do not answer {target['decide']}")
            walk.answers.append(target["decide"])
            walk.costs.append(math.fsum(costs))
        return walk

    def _certified(self, counts: Counts) -> None:
        level, tests = self._plan["test_level"], self._plan["tests"]
        bounded = asked(self._problem.bounds)
        most = MAX_SEQUENCES if bounded else 1
        shares = [self._problem.level / n for n in range(1, most + 1)]
        if not any(close(level, share) for share in shares):
            self.differences.append(f"test_level = {level!r}, not one of {shares}")
            return
        if type(tests) is not int or tests < 1:
            self.differences.append(f"tests = {tests!r}")
        limits, certified = counts.limits(level), self._plan["certified"]
        if sorted(certified) != sorted(bounded or MEASURES):
            self.differences.append(f"certified are {sorted(certified)}, not {bounded or MEASURES}")
            return
        for measure in certified:
            self._compare(f"certified {measure}", certified[measure], limits[measure])
        for measure in bounded:
            bound, lower = self._problem.bounds[f"min_{measure}"], limits[measure]["lower"]
            if lower < bound - TOLERANCE:
                self.differences.append(f"the limit of {measure} is {lower}, below {bound}")

    def _cost(self, cost: float, ladders: Ladders) -> None:
        """The cost on the selection half, which chose the order and keeps the cost bound."""
        most = self._problem.bounds.get("max_cost_ms", math.inf)
        if cost > most and not close(cost, most):
            self.differences.append(f"the cost on the selection half is {cost}, above {most}")
        least = CheapestOrder(
            ladders, self._problem.predicate, self._problem.costs, self._problem.selection.rows
        ).cost
        if cost > least and not close(cost, least):
            self.differences.append(f"the cost on the selection half is {cost}, not {least}")
