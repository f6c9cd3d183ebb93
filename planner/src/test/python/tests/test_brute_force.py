import itertools
import math
import unittest

from cascade.brute_force import cheapest, ladders
from cascade.order import CheapestOrder
from cascade.problem import Problem
from cascade.random_problem import random_problem
from cascade.replay import first_by_name, replay


class BruteForceTest(unittest.TestCase):
    def test_a_class_with_two_models_has_all_its_ladders(self):
        # one rung: 2; two rungs: the order, and for the first rung, below and above its threshold
        self.assertEqual(2 + 2 * 2, len(list(ladders({"m": [0.3], "n": [0.6]}))))
        # the first rung has (0.3, 0.6), (0, 0.3), (0, 0.6), (0.3, never), (0.6, never)
        self.assertEqual(2 + 1 + 5 + 2 * 2, len(list(ladders({"m": [0.3, 0.6], "n": [0.5]}))))

    def test_is_the_least_of_all_combinations(self):
        found = 0
        for seed, bounds in itertools.product(
            range(4), [{"min_accuracy": 0.7}, {"min_precision": 0.5, "min_recall": 0.4}]
        ):
            problem = Problem(random_problem(seed, 30, "a AND NOT b", 2, bounds))
            grid = {n: {m: [0.4, 0.6] for m in known} for n, known in problem.known.items()}
            result = cheapest(problem, grid, 0.5)

            self.assertEqual(
                least_by_loops(problem, grid, 0.5), result.cost if result else math.inf
            )
            found += result is not None
        self.assertGreater(found, 3)


def least_by_loops(problem: Problem, grid: dict, level: float) -> float:
    """The least cost of all combinations, each replayed without a shortcut."""
    least = math.inf
    for combination in itertools.product(*(ladders(grid[c]) for c in problem.predicate.classes)):
        plan = dict(zip(problem.predicate.classes, combination))
        policy = first_by_name(plan, problem.predicate)
        result = replay(plan, problem.predicate, problem.costs, problem.selection, policy)
        if result.counts.certifies(problem.bounds, level):
            order = CheapestOrder(plan, problem.predicate, problem.costs, problem.selection.rows)
            least = min(least, order.cost)
    return least
