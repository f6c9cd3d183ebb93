import copy
import functools
import operator
import random
import unittest

from cascade.ladder import Rung
from cascade.problem import Problem
from cascade.quality import MEASURES
from cascade.random_problem import random_problem
from cascade.verification import FIELDS, verify
from tests.plans import PlanDocument, random_ladders


@functools.cache
def correct_plan(seed: int) -> tuple[dict, dict]:
    """A problem, and a plan whose certified limits are the bounds of the problem."""
    dice = random.Random(seed)
    document = random_problem(seed, dice.randint(60, 200), bounds={})
    ladders = random_ladders(Problem(document), dice)
    certified = PlanDocument(Problem(document), ladders).document["certified"]
    measures = dice.sample(MEASURES, seed % 3)
    document["bound"] = {f"min_{m}": certified[m]["lower"] for m in measures}
    return document, PlanDocument(Problem(document), ladders).document


def add(field: str, more: float, figures: dict) -> None:
    figures[field] = (figures[field] or 0) + more


def add_to_selection(field: str, more: float, plan: dict) -> None:
    add(field, more, plan["selection"])


def add_to_certified(field: str, more: float, plan: dict) -> None:
    add(field, more, next(iter(plan["certified"].values())))


class VerificationTest(unittest.TestCase):
    def test_accepts_correct_plans(self):
        for seed in range(30):
            self.assertEqual([], verify(*correct_plan(seed)))

    def refuses(self, change):
        """Every correct plan, once changed, has differences. A change may return False to skip."""
        changed = 0
        for seed in range(12):
            document, plan = copy.deepcopy(correct_plan(seed))
            if change(plan) is not False:
                changed += 1
                self.assertNotEqual([], verify(document, plan), seed)
        self.assertGreater(changed, 3)

    def test_refuses_missing_fields(self):
        for field in FIELDS:
            self.refuses(operator.methodcaller("pop", field))

    def test_refuses_other_figures(self):
        for field in ("expected_cost_ms", *MEASURES, "prevalence"):
            self.refuses(functools.partial(add, field, 1e-6))
            self.refuses(functools.partial(add_to_selection, field, 1e-6))
        for field, more in (("k", 1), ("n", 1), ("lower", 1e-7)):
            self.refuses(functools.partial(add_to_certified, field, more))
        self.refuses(lambda plan: add("reach", 1e-6, plan["nodes"][-1]))
        self.refuses(lambda plan: add("test_level", 0.01, plan))
        self.refuses(lambda plan: plan.update(tests=0))

    def test_refuses_bounds_that_the_limits_miss(self):
        document, plan = copy.deepcopy(correct_plan(4))
        bound = next(iter(document["bound"]))
        document["bound"][bound] += 1e-6
        plan["bound"] = document["bound"]

        self.assertIn("the limit of", verify(document, plan)[0])

    def test_refuses_other_branches(self):
        def decided(plan):
            branches = [b for node in plan["nodes"] for b in node["next"] if "decide" in b]
            return branches[0]

        def invert(plan):
            branch = decided(plan)
            branch["decide"] = not branch["decide"]

        self.refuses(invert)
        self.refuses(lambda plan: plan["nodes"][0]["next"].pop())
        self.refuses(lambda plan: plan["nodes"][0]["next"].append(plan["nodes"][0]["next"][0]))

        def continue_after_decision(plan):
            branch = decided(plan)
            del branch["decide"]
            branch["then"] = plan["nodes"][-1]["id"]

        self.refuses(continue_after_decision)

    def test_refuses_other_nodes(self):
        def shift(plan):
            reads = plan["nodes"][0]["reads"]
            reads[next(iter(reads))] += 1

        self.refuses(shift)
        self.refuses(lambda plan: plan["nodes"][0]["reads"].clear())
        self.refuses(lambda plan: plan["nodes"].append({**plan["nodes"][0], "id": 999}))
        self.refuses(lambda plan: plan["nodes"][0].update(run=["unknown"]))

    def test_refuses_other_ladders(self):
        def last(plan):
            return next(iter(plan["ladders"].values()))[-1]

        self.refuses(lambda plan: last(plan).update(no_below=0, yes_from=2))
        self.refuses(lambda plan: last(plan).update(model="unknown"))
        self.refuses(lambda plan: next(iter(plan["ladders"].values())).clear())

    def test_refuses_an_expensive_order(self):
        # class a costs 1 ms and decides half of the rows; class b costs 100 ms
        scores = {"cheap": {"a": [0.0, 0.0, 1.0, 1.0]}, "large": {"b": [1.0] * 4}}
        document = {
            "predicate": "a AND b",
            "strategy": "cascade",
            "sample": {"classes": ["a", "b"], "rows": ["01", "01", "11", "11"], "scores": scores},
            "repository": {
                "models": [{"name": "cheap", "cost_ms": 1}, {"name": "large", "cost_ms": 100}]
            },
        }
        ladders = {"a": [Rung("cheap", 0.5, 0.5)], "b": [Rung("large", 0.5, 0.5)]}
        problem = Problem(document)
        self.assertEqual([], verify(document, PlanDocument(problem, ladders).document))

        def large_first(state):
            return "cheap" if "large" in state.ran else "large"

        plan = PlanDocument(problem, ladders, large_first).document
        self.assertEqual(
            ["the cost on the selection half is 101.0, not 51.0"], verify(document, plan)
        )
