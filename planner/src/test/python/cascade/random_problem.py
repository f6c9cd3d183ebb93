"""Random problems: cheap models are noisy, expensive models are nearly right."""

import math
import random
from statistics import NormalDist

from cascade.predicate import Predicate

PREDICATES = {
    1: ["a", "NOT a", "a OR (a AND unicorn)"],
    2: [
        "a AND b",
        "a OR b",
        "a AND NOT b",
        "NOT (a AND b)",
        "(a AND NOT b) OR (NOT a AND b)",
        "b AND (a OR NOT b)",
    ],
    3: [
        "a AND b AND c",
        "a AND (b OR c)",
        "(a AND b) OR (NOT a AND c)",
        "a AND NOT (b OR c)",
        "(a AND b) OR (b AND c) OR (a AND c)",
        "(a AND NOT b) OR (NOT a AND b AND c)",
    ],
}
# not in the order of the costs; sorted by code point, capitals come first
MODELS = ["nano", "small", "medium", "large", "alpha", "m10", "m9", "M1"]
PREVALENCES = (0.08, 0.2, 0.35, 0.5, 0.65)


class _Dice(random.Random):
    """The random numbers of one problem."""

    def correlated(self, shared: float, own: float) -> float:
        """A normal number that has a correlation with another one."""
        return shared * own + math.sqrt(1 - shared**2) * self.gauss(0, 1)


def random_problem(
    seed: int,
    rows: int,
    predicate: str | None = None,
    models: int | None = None,
    bounds: dict[str, float] | None = None,
) -> dict:
    """A problem document. The same arguments give the same problem.

    What is not given is drawn. The classes of the predicate are a, b and c.
    """
    dice = _Dice(f"cascade-{seed}")
    text = predicate or dice.choice(PREDICATES[dice.choice([1, 2, 2, 3, 3])])
    classes = Predicate(text).classes
    truth, hardness = _labels(dice, classes, rows)
    repository, scores, cost = [], {}, dice.choice([0.5, 1, 4])
    names = dice.sample(MODELS, models or dice.choice([2, 3, 4]))
    digits = dice.choice([1, 2, 3, 17])
    for index, name in enumerate(names):
        is_last = index == len(names) - 1
        known = [c for c in classes if is_last or dice.random() < 0.85] or [dice.choice(classes)]
        strength = 0.1 + 2.6 * (index + 1) / len(names)
        repository.append({"name": name, "cost_ms": round(cost, 3)})
        scores[name] = {c: _scores(dice, c, strength, truth, hardness, digits) for c in known}
        cost *= dice.choice([1, 2, 3, 5, 8])
    dice.shuffle(repository)
    columns = dice.sample(classes, len(classes))
    document = {
        "predicate": text,
        "strategy": "cascade",
        "sample": {
            "classes": columns,
            "rows": ["".join("01"[shown[c]] for c in columns) for shown in truth],
            "scores": scores,
        },
        "repository": {"models": repository},
        "bound": _bounds(dice, cost) if bounds is None else bounds,
    }
    if dice.random() < 0.5:
        document["confidence_level"] = dice.choice([0.8, 0.9])
    if dice.random() < 0.3:
        document["maximize"] = "f1"
    return document


def _labels(dice: _Dice, classes: list[str], rows: int) -> tuple[list[dict], list[dict]]:
    """Which classes each row shows, correlated through the scene, and how hard each one is."""
    limits = {c: NormalDist().inv_cdf(dice.choice(PREVALENCES)) for c in classes}
    shared = {c: dice.uniform(-0.8, 0.8) for c in classes}
    truth, hardness = [], []
    for _ in range(rows):
        scene = dice.gauss(0, 1)
        truth.append({c: dice.correlated(shared[c], scene) < limits[c] for c in classes})
        hardness.append({c: dice.gauss(0, 1) for c in classes})
    return truth, hardness


def _scores(
    dice: _Dice, name: str, strength: float, truth: list[dict], hardness: list[dict], digits: int
) -> list[float]:
    shared, bias, missed = dice.uniform(0.3, 0.9), dice.uniform(-0.8, 0.8), dice.uniform(0, 0.35)
    scores = []
    for shown, hard in zip(truth, hardness):
        sign = 1 if shown[name] else -1
        logit = sign * (strength + 1.3 * dice.correlated(shared, hard[name])) + bias
        score = 1 / (1 + math.exp(-logit))
        scores.append(round(score, digits) if score >= missed else 0.0)
    return scores


def _bounds(dice: _Dice, cost: float) -> dict[str, float]:
    high, low = dice.choice([0.5, 0.6, 0.7, 0.8]), dice.choice([0.3, 0.5, 0.7])
    return dice.choice(
        [
            {},
            {"min_accuracy": high},
            {"min_f1": high},
            {"min_precision": high, "min_recall": low},
            {"min_recall": high},
            {"max_cost_ms": round(cost * dice.uniform(0.02, 1), 3)},
            {"min_f1": low, "max_cost_ms": round(cost, 3)},
        ]
    )
