"""The cheapest plan among all ladders with thresholds of a grid."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from cascade.ladder import NEVER, NO, YES, Ladder, Ladders, Rung
from cascade.order import CheapestOrder
from cascade.predicate import subsets
from cascade.problem import Problem
from cascade.quality import Counts

# thresholds by class and model
Grid = dict[str, dict[str, list[float]]]
SLACK = 1e-9


def ladders(thresholds: dict[str, list[float]]) -> Iterator[Ladder]:
    """All ladders of a class over the models, in every order.

    Every rung but the last may also never say yes or never say no. Rungs that always answer or
    never answer occur only at the end.
    """
    for size in range(1, len(thresholds) + 1):
        for models in itertools.permutations(sorted(thresholds), size):
            choices = [_inner(model, thresholds[model]) for model in models[:-1]]
            choices.append([Rung(models[-1], t, t) for t in sorted(set(thresholds[models[-1]]))])
            yield from map(list, itertools.product(*choices))


def _inner(model: str, thresholds: list[float]) -> list[Rung]:
    lows, highs = sorted({0, *thresholds}), sorted({NEVER, *thresholds})
    pairs = itertools.product(lows, highs)
    return [Rung(model, a, b) for a, b in pairs if a < b and (a, b) != (0, NEVER)]


@dataclass(frozen=True)
class _Behaviour:
    """What a ladder does on the rows. Ladders with the same behaviour are equally good."""

    ladder: Ladder
    # the rows that it answers with yes, as bits
    yes: int
    # the models that must run until it answers, by row, as bits
    needed: tuple[int, ...]


@dataclass(frozen=True)
class Cheapest:
    """The cheapest plan on the selection half."""

    ladders: Ladders
    counts: Counts
    # mean per row, in milliseconds, in the best order
    cost: float


def cheapest(problem: Problem, grid: Grid, level: float) -> Cheapest | None:
    """The cheapest plan whose limits at a level, on the selection half, reach the quality bounds.

    Examines all combinations of ladders. A combination is left out only if the models that each row
    needs at least are more expensive than a known plan. None if no plan reaches the bounds.
    """
    return _Search(problem, grid, level).best


class _Search:
    def __init__(self, problem: Problem, grid: Grid, level: float):
        self._problem = problem
        self._classes = problem.predicate.classes
        self._count = len(problem.selection.rows)
        self._bits = {model: 1 << i for i, model in enumerate(problem.costs)}
        # of each set of models
        self._prices = [
            math.fsum(cost for model, cost in problem.costs.items() if models & self._bits[model])
            for models in range(1 << len(problem.costs))
        ]
        self.best: Cheapest | None = None
        by_answers = [self._behaviours(name, grid[name]) for name in self._classes]
        for answers in itertools.product(*by_answers):
            counts = self._counts(answers)
            if counts.certifies(problem.bounds, level):
                groups = [group[yes] for group, yes in zip(by_answers, answers)]
                self._examine(groups, answers, counts)

    def _behaviours(self, name: str, thresholds: dict[str, list[float]]):
        """The different behaviours of all ladders of a class, by the rows answered with yes."""
        found: dict[tuple, _Behaviour] = {}
        for ladder in ladders(thresholds):
            verdicts, yes, needed = [], 0, []
            for row, scores in enumerate(self._problem.selection.rows):
                path = []
                for rung in ladder:
                    path.append(rung.verdict(scores[rung.model, name]))
                    if path[-1] in (YES, NO):
                        break
                yes |= (path[-1] == YES) << row
                needed.append(sum(self._bits[rung.model] for rung in ladder[: len(path)]))
                verdicts.append(tuple(path))
            reached = max(map(len, verdicts))
            key = (tuple(rung.model for rung in ladder[:reached]), tuple(verdicts))
            if key not in found or len(ladder) < len(found[key].ladder):
                found[key] = _Behaviour(ladder, yes, tuple(needed))
        by_answers: dict[int, list[_Behaviour]] = {}
        for behaviour in found.values():
            by_answers.setdefault(behaviour.yes, []).append(behaviour)
        for group in by_answers.values():
            # a cheap plan that is found early leaves out more of the others
            group.sort(key=lambda b: sum(self._prices[models] for models in b.needed))
        return by_answers

    def _shown(self, answers: tuple[int, ...], row: int) -> tuple[bool, ...]:
        return tuple(bool(yes >> row & 1) for yes in answers)

    def _counts(self, answers: tuple[int, ...]) -> Counts:
        found = [
            self._problem.predicate.value(self._shown(answers, row)) for row in range(self._count)
        ]
        return Counts.of(found, self._problem.selection.truth)

    def _deciding(self, answers: tuple[int, ...], row: int) -> list[tuple[int, ...]]:
        """The smallest sets of classes whose answers decide a row."""
        shown = self._shown(answers, row)
        found: list[tuple[int, ...]] = []
        for some in subsets(list(range(len(shown)))):
            known = tuple(answer if i in some else None for i, answer in enumerate(shown))
            is_smallest = not any(set(other) <= set(some) for other in found)
            if is_smallest and self._problem.predicate.value(known) is not None:
                found.append(some)
        return found

    def _may_be_cheaper(self, plan: tuple[_Behaviour, ...], deciding: list) -> bool:
        """Whether the models that the rows need at least are cheaper than the best plan."""
        if not self.best:
            return True
        most = (self.best.cost - SLACK) * self._count
        least = 0.0
        for row, sets in enumerate(deciding):
            prices = []
            for some in sets:
                models = 0
                for index in some:
                    models |= plan[index].needed[row]
                prices.append(self._prices[models])
            least += min(prices)
            if least >= most:
                return False
        return True

    def _examine(self, groups: list[list[_Behaviour]], answers: tuple[int, ...], counts: Counts):
        deciding = [self._deciding(answers, row) for row in range(self._count)]
        for plan in itertools.product(*groups):
            if not self._may_be_cheaper(plan, deciding):
                continue
            chosen = {name: b.ladder for name, b in zip(self._classes, plan)}
            order = CheapestOrder(
                chosen, self._problem.predicate, self._problem.costs, self._problem.selection.rows
            )
            if not self.best or order.cost < self.best.cost - SLACK:
                self.best = Cheapest(chosen, counts, order.cost)
