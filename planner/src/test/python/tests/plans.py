"""Random ladders, and plan documents made of them."""

import itertools
import random

from cascade.graph import possible_places
from cascade.ladder import NEVER, Ladders, Rung
from cascade.order import CheapestOrder
from cascade.problem import Half, Problem
from cascade.quality import MEASURES, asked
from cascade.replay import Policy, State, replay, start


def random_ladders(problem: Problem, dice: random.Random) -> Ladders:
    ladders = {}
    for name, known in problem.known.items():
        models = dice.sample(known, dice.randint(1, len(known)))
        rungs = []
        for model in models[:-1]:
            low, high = sorted((dice.choice([0, 0.2, dice.random()]), dice.random()))
            rungs.append(Rung(model, low, dice.choice([high, NEVER])))
        end = dice.choice([0.5, dice.random()])
        ladders[name] = [*rungs, Rung(models[-1], end, end)]
    return ladders


def follow(problem: Problem, ladders: Ladders, half: Half, policy: Policy) -> dict:
    result = replay(ladders, problem.predicate, problem.costs, half, policy)
    return {"expected_cost_ms": result.cost, **result.counts.shares()}


class PlanDocument:
    """The document of a plan. Its nodes are the paths through the graph."""

    def __init__(self, problem: Problem, ladders: Ladders, policy: Policy | None = None):
        """The policy is the cheapest one, unless another one is given."""
        self._problem, self._ladders = problem, ladders
        order = CheapestOrder(ladders, problem.predicate, problem.costs, problem.selection.rows)
        self._policy = policy or order.policy()
        self._nodes: list[dict] = []
        self._visits: dict[tuple, int] = {}
        counts = replay(
            ladders, problem.predicate, problem.costs, problem.certification, self._counting
        ).counts
        limits = counts.limits(problem.level)
        self.document = {
            "feasible": True,
            "strategy": "cascade",
            "confidence_level": problem.confidence_level,
            "bound": problem.bounds,
            "ladders": {n: [rung._asdict() for rung in rungs] for n, rungs in ladders.items()},
            **follow(problem, ladders, problem.certification, self._policy),
            "selection": follow(problem, ladders, problem.selection, self._policy),
            "certified": {m: limits[m] for m in asked(problem.bounds) or MEASURES},
            "tests": 1,
            "test_level": problem.level,
            "root": self._target(start(problem.predicate)),
            "nodes": self._nodes,
        }

    def _counting(self, state: State) -> str:
        self._visits[state.path] = self._visits.get(state.path, 0) + 1
        return self._policy(state)

    def _target(self, state: State) -> dict:
        value = self._problem.predicate.value(state.answers())
        if value is not None:
            return {"decide": value}
        model = self._policy(state)
        reads = {
            name: place
            for name, place in zip(self._problem.predicate.classes, state.places)
            if isinstance(place, int) and self._ladders[name][place].model == model
        }
        reach = self._visits.get(state.path, 0) / len(self._problem.certification.rows)
        node = {"id": len(self._nodes), "run": [model], "reads": reads, "reach": reach, "next": []}
        self._nodes.append(node)
        ran = state.ran | {model}
        outcomes = [possible_places(self._ladders[n], place, ran) for n, place in reads.items()]
        for verdicts in itertools.product(*outcomes):
            changed = {n: o[v] for n, o, v in zip(reads, outcomes, verdicts)}
            before = zip(self._problem.predicate.classes, state.places)
            places = tuple(changed.get(name, place) for name, place in before)
            after = State(places, ran, (*state.path, (model, places)))
            node["next"].append({"when": dict(zip(reads, verdicts)), **self._target(after)})
        return {"then": node["id"]}
