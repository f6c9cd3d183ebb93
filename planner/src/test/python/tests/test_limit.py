import math
import unittest
from fractions import Fraction

from cascade.limit import lower_limit
from cascade.quality import Counts


def at_least(successes: int, trials: int, share: Fraction) -> Fraction:
    """The probability of at least so many successes, with integers only."""
    yes, whole = share.numerator, share.denominator
    ways = (
        math.comb(trials, i) * yes**i * (whole - yes) ** (trials - i)
        for i in range(successes, trials + 1)
    )
    return Fraction(sum(ways), whole**trials)


class LimitTest(unittest.TestCase):
    def test_is_the_root_of_the_exact_binomial_tail(self):
        narrow = Fraction(1, 10**13)
        cases = [(311, 330, 0.05), (5, 10, 0.05), (2, 3, 0.5), (1, 300, 0.05), (150, 300, 0.95)]
        for successes, trials, level in cases:
            limit = Fraction(lower_limit(successes, trials, level))
            self.assertLess(at_least(successes, trials, limit - narrow), Fraction(level))
            self.assertGreater(at_least(successes, trials, limit + narrow), Fraction(level))

    def test_has_a_closed_form_if_all_trials_or_one_succeed(self):
        for trials in (1, 2, 29, 330, 5000):
            for level in (0.0125, 0.05, 0.5, 0.9):
                all_succeed = level ** (1 / trials)
                self.assertAlmostEqual(all_succeed, lower_limit(trials, trials, level), delta=1e-14)
                one = -math.expm1(math.log1p(-level) / trials)
                self.assertAlmostEqual(one, lower_limit(1, trials, level), delta=1e-14)

    def test_agrees_with_printed_tables(self):
        # two-sided limits at 95 %, that is, one-sided at 2.5 %
        table = {1: 0.0025, 5: 0.1871, 8: 0.4439, 9: 0.5550, 10: 0.6915}
        for successes, limit in table.items():
            self.assertAlmostEqual(limit, lower_limit(successes, 10, 0.025), delta=6e-5)

    def test_is_zero_without_a_success(self):
        self.assertEqual([0, 0], [lower_limit(0, 0, 0.05), lower_limit(0, 9, 0.05)])

    def test_refuses_impossible_numbers(self):
        for arguments in ((2, 1, 0.05), (-1, 3, 0.05), (1, 2, 0), (1, 2, 1)):
            with self.assertRaises(ValueError):
                lower_limit(*arguments)


class CountsTest(unittest.TestCase):
    COUNTS = Counts(tp=311, fp=19, tn=600, fn=14)

    def test_each_measure_has_its_trials(self):
        limits = self.COUNTS.limits(0.05)
        trials = {measure: (limit["k"], limit["n"]) for measure, limit in limits.items()}
        expected = {"accuracy": (911, 944), "precision": (311, 330), "recall": (311, 325)}
        self.assertEqual({**expected, "f1": (311, 344)}, trials)

    def test_the_limit_of_f1_comes_from_the_share(self):
        share = lower_limit(311, 344, 0.05)
        self.assertEqual(2 * share / (1 + share), self.COUNTS.limits(0.05)["f1"]["lower"])

    def test_certifies_only_if_all_bounds_are_reached(self):
        reached = {"min_precision": 0.91, "min_recall": 0.93}
        self.assertTrue(self.COUNTS.certifies(reached, 0.05))
        self.assertFalse(self.COUNTS.certifies({**reached, "min_recall": 0.95}, 0.05))
