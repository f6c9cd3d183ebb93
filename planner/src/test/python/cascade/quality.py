"""Measures of a plan on labelled rows, and their certified lower limits."""

from dataclasses import dataclass

from cascade.limit import lower_limit

MEASURES = ("accuracy", "precision", "recall", "f1")


@dataclass(frozen=True)
class Counts:
    """A confusion matrix."""

    tp: int = 0
    fp: int = 0
    tn: int = 0
    fn: int = 0

    @staticmethod
    def of(answers: list[bool], truth: list[bool]) -> "Counts":
        pairs = list(zip(answers, truth, strict=True))
        return Counts(
            tp=pairs.count((True, True)),
            fp=pairs.count((True, False)),
            tn=pairs.count((False, False)),
            fn=pairs.count((False, True)),
        )

    def shares(self) -> dict[str, float | None]:
        """The measures and the prevalence. None if the denominator is 0."""
        rows = self.tp + self.fp + self.tn + self.fn
        return {
            "accuracy": _share(self.tp + self.tn, rows),
            "precision": _share(self.tp, self.tp + self.fp),
            "recall": _share(self.tp, self.tp + self.fn),
            "f1": _share(2 * self.tp, 2 * self.tp + self.fp + self.fn),
            "prevalence": _share(self.tp + self.fn, rows),
        }

    def limits(self, level: float) -> dict[str, dict]:
        """For each measure: successes k, trials n, and the lower limit of the measure.

        The trials of F1 are the rows without true negatives: the share J of successes gives
        F1 = 2 J / (1 + J).
        """
        trials = {
            "accuracy": (self.tp + self.tn, self.tp + self.fp + self.tn + self.fn),
            "precision": (self.tp, self.tp + self.fp),
            "recall": (self.tp, self.tp + self.fn),
            "f1": (self.tp, self.tp + self.fp + self.fn),
        }
        limits = {}
        for measure, (k, n) in trials.items():
            lower = lower_limit(k, n, level)
            if measure == "f1":
                lower = 2 * lower / (1 + lower)
            limits[measure] = {"k": k, "n": n, "lower": lower}
        return limits

    def certifies(self, bounds: dict[str, float], level: float) -> bool:
        """Whether the limits at a level reach all quality bounds, such as `min_recall`."""
        limits = self.limits(level)
        return all(
            limits[measure]["lower"] >= bounds[f"min_{measure}"] for measure in asked(bounds)
        )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def asked(bounds: dict[str, float]) -> list[str]:
    """The measures that have a bound."""
    return [measure for measure in MEASURES if f"min_{measure}" in bounds]
