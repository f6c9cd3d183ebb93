"""Follows labelled rows through a plan, one row after the other."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from cascade.ladder import NO, YES, Ladder, Ladders, Scores, answer
from cascade.predicate import Predicate
from cascade.problem import Half
from cascade.quality import Counts


@dataclass(frozen=True)
class State:
    """What is known of an image.

    `places` has "yes", "no" or the index of the current rung, by class of the predicate. `path` has
    each model that ran with the places after it, in the order of the runs.
    """

    places: tuple[str | int, ...]
    ran: frozenset[str]
    path: tuple[tuple[str, tuple], ...] = ()

    def answers(self) -> tuple[bool | None, ...]:
        return tuple(None if isinstance(place, int) else place == YES for place in self.places)


Policy = Callable[[State], str]


def start(predicate: Predicate) -> State:
    return State((0,) * len(predicate.classes), frozenset())


def eligible(state: State, ladders: Ladders, predicate: Predicate) -> list[str]:
    """The models that may run next, sorted: those of the current rungs of classes that matter."""
    models = set()
    for index, (name, place) in enumerate(zip(predicate.classes, state.places)):
        if isinstance(place, int) and predicate.depends(state.answers(), index):
            models.add(ladders[name][place].model)
    return sorted(models)


def moved(place: int, name: str, ladder: Ladder, ran: frozenset[str], scores: Scores) -> str | int:
    """The place of a class after all its rungs whose models have run are evaluated."""
    while place < len(ladder) and ladder[place].model in ran:
        verdict = ladder[place].verdict(scores[ladder[place].model, name])
        if verdict in (YES, NO):
            return verdict
        place += 1
    return place


def after(state: State, model: str, ladders: Ladders, classes: list[str], scores: Scores) -> State:
    """The state after a model has run on a row."""
    ran = state.ran | {model}
    places = tuple(
        moved(place, name, ladders[name], ran, scores) if isinstance(place, int) else place
        for name, place in zip(classes, state.places)
    )
    return State(places, ran, (*state.path, (model, places)))


@dataclass(frozen=True)
class Replay:
    counts: Counts
    # mean per row, in milliseconds
    cost: float
    answers: list[bool]


def replay(
    ladders: Ladders, predicate: Predicate, costs: dict[str, float], half: Half, policy: Policy
) -> Replay:
    """Runs a policy on all rows.

    Checks that the policy runs eligible models only, and that each answer is the predicate of the
    ladders' own answers.
    """
    answers, spent = [], []
    for scores in half.rows:
        state, models = start(predicate), []
        while predicate.value(state.answers()) is None:
            model = policy(state)
            if model not in eligible(state, ladders, predicate):
                raise ValueError(f"{model!r} may not run in {state}")
            models.append(model)
            state = after(state, model, ladders, predicate.classes, scores)
        found = predicate.value(state.answers())
        expected = {name for name in predicate.classes if answer(name, ladders[name], scores)}
        if found != predicate.holds(expected):
            raise AssertionError(f"the order of the models changes the answer: {state}")
        answers.append(found)
        spent.append(math.fsum(costs[model] for model in models))
    cost = math.fsum(spent) / len(spent) if spent else 0.0
    return Replay(Counts.of(answers, half.truth), cost, answers)


def first_by_name(ladders: Ladders, predicate: Predicate) -> Policy:
    """Runs the eligible model with the first name."""
    return lambda state: eligible(state, ladders, predicate)[0]
