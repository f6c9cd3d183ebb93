"""The least cost of a plan over all orders in which its models may run."""

import math
from dataclasses import dataclass

from cascade.ladder import NO, YES, Ladders, Scores
from cascade.predicate import Predicate
from cascade.replay import Policy, State, eligible, start

# two models are equally good within this tolerance, relative to the cost per row and to 1
TIE = 1e-12


@dataclass(frozen=True)
class _Group:
    """The rows that are in one state, as bits."""

    state: State
    rows: int


class CheapestOrder:
    """The cheapest policy on some rows, found by examining every policy.

    The policy sees the places of the classes after each earlier model, as the branches of a
    decision graph do. It is optimal among all such policies.
    """

    def __init__(
        self, ladders: Ladders, predicate: Predicate, costs: dict[str, float], rows: list[Scores]
    ):
        self._ladders, self._predicate, self._costs = ladders, predicate, costs
        self._classes = predicate.classes
        self._masks = {
            (name, index): tuple(
                sum(1 << row for row, v in enumerate(verdicts) if v == wanted)
                for wanted in (YES, NO)
            )
            for name in predicate.classes
            for index, rung in enumerate(ladders[name])
            for verdicts in [[rung.verdict(scores[rung.model, name]) for scores in rows]]
        }
        self._known: dict[tuple, tuple[float, str]] = {}
        self._start = _Group(start(predicate), (1 << len(rows)) - 1)
        # mean per row, in milliseconds
        self.cost = self._best(self._start)[0] / len(rows) if rows else 0.0

    def _best(self, group: _Group) -> tuple[float, str]:
        """The least total cost of some rows from their state on, and the next model."""
        state = group.state
        if not group.rows or self._predicate.value(state.answers()) is not None:
            return 0.0, ""
        key = (state.places, state.ran, group.rows)
        if key not in self._known:
            count = group.rows.bit_count()
            choices = []
            for model in eligible(state, self._ladders, self._predicate):
                later = math.fsum(self._best(part)[0] for part in self._split(group, model))
                choices.append((self._costs[model] * count + later, model))
            least = min(cost for cost, _ in choices)
            most = least + TIE * max(count, least)
            self._known[key] = next(choice for choice in choices if choice[0] <= most)
        return self._known[key]

    def _split(self, group: _Group, model: str) -> list[_Group]:
        """The states after a model has run, each with its rows."""
        ran = group.state.ran | {model}
        parts = {(): group.rows}
        for name, place in zip(self._classes, group.state.places):
            split: dict[tuple, int] = {}
            for places, rows in parts.items():
                for outcome, some in self._outcomes(name, place, ran, rows):
                    key = (*places, outcome)
                    split[key] = split.get(key, 0) | some
            parts = split
        path = group.state.path
        return [
            _Group(State(places, ran, (*path, (model, places))), rows)
            for places, rows in parts.items()
        ]

    def _outcomes(self, name: str, place: str | int, ran: frozenset[str], rows: int):
        """Each new place of a class, with its rows."""
        ladder = self._ladders[name]
        while isinstance(place, int) and place < len(ladder) and ladder[place].model in ran:
            yes, no = self._masks[name, place]
            if rows & yes:
                yield YES, rows & yes
            if rows & no:
                yield NO, rows & no
            rows &= ~(yes | no)
            place += 1
        if rows:
            yield place, rows

    def policy(self) -> Policy:
        """The cheapest policy. A state that no row reaches runs the first model by name."""
        chosen, groups = {}, [self._start]
        while groups:
            group = groups.pop()
            model = self._best(group)[1]
            if model:
                chosen[group.state] = model
                groups.extend(self._split(group, model))

        def next_model(state: State) -> str:
            return chosen.get(state) or eligible(state, self._ladders, self._predicate)[0]

        return next_model
