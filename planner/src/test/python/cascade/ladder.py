"""Rungs and ladders."""

from typing import NamedTuple

YES, NO, UNSURE = "yes", "no", "unsure"
# a threshold that no score reaches
NEVER = 2


class Rung(NamedTuple):
    """A model with its thresholds for one class."""

    model: str
    no_below: float
    yes_from: float

    def verdict(self, score: float) -> str:
        if score >= self.yes_from:
            return YES
        return NO if score < self.no_below else UNSURE

    def possible(self) -> set[str]:
        """The verdicts that a score in [0, 1] can have."""
        verdicts = set()
        if self.yes_from <= 1:
            verdicts.add(YES)
        if self.no_below > 0 and self.yes_from > 0:
            verdicts.add(NO)
        if self.no_below < self.yes_from and self.no_below <= 1:
            verdicts.add(UNSURE)
        return verdicts


Ladder = list[Rung]
Ladders = dict[str, Ladder]
# the scores of one row, by model and class
Scores = dict[tuple[str, str], float]


def parse_ladders(document: dict) -> Ladders:
    """The ladders of a plan document, by class."""
    return {
        name: [Rung(rung["model"], rung["no_below"], rung["yes_from"]) for rung in rungs]
        for name, rungs in document.items()
    }


def answer(name: str, ladder: Ladder, scores: Scores) -> bool:
    """The answer of a ladder that is followed to its end."""
    for rung in ladder:
        verdict = rung.verdict(scores[rung.model, name])
        if verdict != UNSURE:
            return verdict == YES
    raise ValueError(f"the last rung of {name} is unsure")


def faults(name: str, ladder: Ladder, known: list[str]) -> list[str]:
    """What is wrong with a ladder of a class that these models know."""
    if not ladder:
        return [f"{name}: the ladder is empty"]
    found = []
    models = [rung.model for rung in ladder]
    if len(set(models)) != len(models):
        found.append(f"{name}: a model occurs twice: {models}")
    for index, rung in enumerate(ladder):
        if rung.model not in known:
            found.append(f"{name}: {rung.model!r} has no scores for the class")
        numbers = all(type(x) in (int, float) for x in (rung.no_below, rung.yes_from))
        if not numbers or not 0 <= rung.no_below <= rung.yes_from <= NEVER:
            found.append(f"{name}: rung {index} has the thresholds {rung[1:]}")
    if ladder[-1].no_below != ladder[-1].yes_from:
        found.append(f"{name}: the last rung is unsure for some scores")
    return found
