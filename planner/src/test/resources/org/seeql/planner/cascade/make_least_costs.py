#!/usr/bin/env python3
"""Writes least_costs.json: small problems, and the least cost of all their plans on a grid.

A problem has two classes, three models, and three thresholds for each class and model. The plan
must reach the bounds with the exact binomial limit at LEVEL on the selection half. The brute force
of planner/src/test/python examines all ladders in every order of the models, and the best order of
execution. The bounds are the greatest that a plan with one model per class reaches, or slightly
less.
"""

import itertools
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[4] / "python"))

from cascade.brute_force import Grid, cheapest  # noqa: E402
from cascade.ladder import Rung, answer  # noqa: E402
from cascade.problem import Problem  # noqa: E402
from cascade.quality import Counts  # noqa: E402
from cascade.random_problem import random_problem  # noqa: E402

PREDICATES = [
    "a AND b",
    "a OR b",
    "a AND NOT b",
    "NOT a OR b",
    "(a AND NOT b) OR (NOT a AND b)",
]
BOUNDED = [("accuracy",), ("f1",), ("recall",), ("precision", "recall")]
STEP = 0.05
SLACKS = [0.0, 0.05, 0.1]
SEEDS = 6
LEVEL = 0.5
MODELS = 3
THRESHOLDS = 3


def problem(seed: int, predicate: str) -> dict:
    rows = random.Random(f"rows-{seed}").randint(24, 60)
    document = random_problem(seed, rows, predicate, MODELS, {})
    document.pop("confidence_level", None)
    document.pop("maximize", None)
    for by_class in document["sample"]["scores"].values():
        for name, scores in by_class.items():
            by_class[name] = [round(score, 3) for score in scores]
    return document


def grid(seed: int, parsed: Problem) -> Grid:
    """Some of the scores of the selection half, which are the most useful thresholds."""
    dice = random.Random(f"grid-{seed}")
    thresholds = {}
    for name, models in parsed.known.items():
        thresholds[name] = {}
        for model in models:
            scores = sorted({row[model, name] for row in parsed.selection.rows} - {0.0})
            some = dice.sample(scores, min(THRESHOLDS, len(scores)))
            thresholds[name][model] = sorted(some)
    return thresholds


def reachable(parsed: Problem, thresholds: Grid, measures: tuple[str, ...]) -> float:
    """The greatest bound of all measures together that a plan with one-rung ladders reaches."""
    classes = parsed.predicate.classes
    rungs = [[Rung(m, t, t) for m, ts in thresholds[c].items() for t in ts] for c in classes]
    greatest = 0.0
    for plan in itertools.product(*rungs):
        answers = []
        for scores in parsed.selection.rows:
            shown = {c for c, rung in zip(classes, plan) if answer(c, [rung], scores)}
            answers.append(parsed.predicate.holds(shown))
        limits = Counts.of(answers, parsed.selection.truth).limits(LEVEL)
        greatest = max(greatest, min(limits[measure]["lower"] for measure in measures))
    return greatest


def case(seed: int, predicate: str, measures: tuple[str, ...]) -> dict | None:
    """A problem with reachable bounds, and its least cost. None if no bound is reachable."""
    document = problem(seed, predicate)
    thresholds = grid(seed, Problem(document))
    most = reachable(Problem(document), thresholds, measures)
    bound = STEP * (most // STEP) - random.Random(f"slack-{seed}").choice(SLACKS)
    if bound <= 0:
        return None
    document["bound"] = {f"min_{measure}": round(bound, 2) for measure in measures}
    plan = cheapest(Problem(document), thresholds, LEVEL)
    print(seed, predicate, document["bound"], plan.cost, list(map(len, plan.ladders.values())))
    return {"problem": document, "least_cost_ms": plan.cost}


def main() -> None:
    kinds = list(itertools.product(PREDICATES, BOUNDED))
    found = [case(seed, *kinds[seed % len(kinds)]) for seed in range(SEEDS * len(kinds))]
    cases = list(filter(None, found))
    lines = ",\n".join(map(json.dumps, cases))
    (HERE / "least_costs.json").write_text(f'{{"level": {LEVEL}, "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
