"""Planning problems: what `seeql plan --input` reads."""

from dataclasses import dataclass

from cascade.ladder import Scores
from cascade.predicate import Predicate

DEFAULT_CONFIDENCE_LEVEL = 0.95


@dataclass(frozen=True)
class Half:
    """Every second row of the sample."""

    rows: list[Scores]
    # whether the predicate holds, by row
    truth: list[bool]


class Problem:
    """A problem of the strategy `cascade`."""

    def __init__(self, document: dict):
        sample = document["sample"]
        self.predicate = Predicate(document["predicate"])
        self.confidence_level = document.get("confidence_level", DEFAULT_CONFIDENCE_LEVEL)
        self.bounds = dict(document.get("bound", {}))
        self.maximize = document.get("maximize", "accuracy")
        if not 0 < self.confidence_level < 1:
            raise ValueError(f"confidence_level {self.confidence_level} is not between 0 and 1")
        costs = {model["name"]: model["cost_ms"] for model in document["repository"]["models"]}
        # a model without scores takes no part
        self.costs = {m: float(cost) for m, cost in costs.items() if sample["scores"].get(m)}
        # models that know a class, by class
        self.known = {
            name: sorted(m for m in self.costs if name in sample["scores"][m])
            for name in self.predicate.classes
        }
        for name, models in self.known.items():
            if name not in sample["classes"] or not models:
                raise ValueError(f"class {name!r} has no labels or no scores")
        self.selection = self._half(sample, 0)
        self.certification = self._half(sample, 1)

    def _half(self, sample: dict, first: int) -> Half:
        indices = range(first, len(sample["rows"]), 2)
        rows = [
            {(m, c): sample["scores"][m][c][i] for c, models in self.known.items() for m in models}
            for i in indices
        ]
        truth = []
        for i in indices:
            bits = zip(sample["classes"], sample["rows"][i], strict=True)
            truth.append(self.predicate.holds({name for name, bit in bits if bit == "1"}))
        return Half(rows, truth)

    @property
    def level(self) -> float:
        """The greatest probability that an accepted plan violates a bound."""
        return 1 - self.confidence_level
