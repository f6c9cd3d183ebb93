import math
import random
import unittest

from cascade.ladder import Rung
from cascade.order import CheapestOrder
from cascade.predicate import Predicate
from cascade.problem import Half, Problem
from cascade.quality import Counts
from cascade.random_problem import random_problem
from cascade.replay import after, eligible, replay, start
from tests.plans import random_ladders


class ReplayTest(unittest.TestCase):
    """Rows whose runs were followed by hand."""

    PREDICATE = Predicate("a AND b")
    COSTS = {"cheap": 1.0, "large": 10.0}
    LADDERS = {
        "a": [Rung("cheap", 0.2, 0.8), Rung("large", 0.5, 0.5)],
        "b": [Rung("large", 0.4, 0.4)],
    }
    SCORES = [(0.1, 0.9, 0.9), (0.8, 0.0, 0.4), (0.2, 0.5, 0.39), (0.5, 0.4, 1.0)]
    HALF = Half(
        [{("cheap", "a"): s, ("large", "a"): t, ("large", "b"): u} for s, t, u in SCORES],
        [False, True, False, True],
    )

    def replay(self, policy):
        return replay(self.LADDERS, self.PREDICATE, self.COSTS, self.HALF, policy)

    def test_the_cheap_model_first(self):
        result = self.replay(lambda state: "large" if state.places[0] else "cheap")

        self.assertEqual([False, True, False, False], result.answers)
        self.assertEqual(Counts(tp=1, fp=0, tn=2, fn=1), result.counts)
        self.assertEqual((1 + 11 + 11 + 11) / 4, result.cost)

    def test_a_rung_whose_model_has_run_costs_nothing(self):
        result = self.replay(lambda state: "cheap" if "large" in state.ran else "large")

        self.assertEqual([False, True, False, False], result.answers)
        # the large model decides the third row alone; the last row reads it again after the cheap
        # model
        self.assertEqual((11 + 11 + 10 + 11) / 4, result.cost)

    def test_refuses_a_model_that_no_class_needs(self):
        with self.assertRaises(ValueError):
            self.replay(lambda state: "cheap")


def least_by_enumeration(problem: Problem, ladders) -> float:
    """The least cost over all policies, each replayed on all rows."""
    predicate, rows = problem.predicate, problem.selection.rows
    least, policies = math.inf, [{}]
    while policies:
        policy, total, unknown = policies.pop(), [], None
        for scores in rows:
            state = start(predicate)
            while predicate.value(state.answers()) is None:
                if state not in policy:
                    unknown = state
                    break
                total.append(problem.costs[policy[state]])
                state = after(state, policy[state], ladders, predicate.classes, scores)
            if unknown:
                break
        if unknown:
            choices = eligible(unknown, ladders, predicate)
            policies.extend({**policy, unknown: model} for model in choices)
        else:
            least = min(least, math.fsum(total) / len(rows))
    return least


class CheapestOrderTest(unittest.TestCase):
    def test_no_policy_is_cheaper(self):
        for seed in range(25):
            dice = random.Random(seed)
            problem = Problem(random_problem(seed, 24, models=dice.choice([2, 3])))
            ladders = random_ladders(problem, dice)
            order = CheapestOrder(ladders, problem.predicate, problem.costs, problem.selection.rows)
            replayed = replay(
                ladders, problem.predicate, problem.costs, problem.selection, order.policy()
            )

            self.assertAlmostEqual(least_by_enumeration(problem, ladders), order.cost, delta=1e-9)
            self.assertAlmostEqual(replayed.cost, order.cost, delta=1e-9)
