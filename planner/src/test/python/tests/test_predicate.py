import itertools
import unittest

from cascade.predicate import Predicate


class PredicateTest(unittest.TestCase):
    def test_and_binds_more_strongly_than_or_and_not_most_strongly(self):
        predicate = Predicate("not a AND b or c")
        for a, b, c in itertools.product((False, True), repeat=3):
            shown = {name for name, bit in zip("abc", (a, b, c)) if bit}
            self.assertEqual((not a and b) or c, predicate.holds(shown))

    def test_names_may_be_quoted(self):
        self.assertEqual(["OR", "it's", "x y"], Predicate("'it''s' AND \"x y\" AND `OR`").classes)

    def test_classes_without_influence_are_left_out(self):
        self.assertEqual(["a"], Predicate("a OR (a AND unicorn)").classes)
        self.assertEqual([], Predicate("a OR NOT a").classes)

    def test_the_value_is_known_when_every_completion_agrees(self):
        predicate = Predicate("(a AND b) OR (a AND NOT b AND c)")
        self.assertIs(True, predicate.value((True, True, None)))
        self.assertIs(False, predicate.value((False, None, None)))
        self.assertIsNone(predicate.value((True, None, None)))

    def test_a_class_matters_only_while_the_value_depends_on_it(self):
        predicate = Predicate("(a AND b) OR (NOT a AND c)")
        self.assertTrue(predicate.depends((None, None, None), 2))
        self.assertFalse(predicate.depends((True, None, None), 2))

    def test_refuses_invalid_text(self):
        for text in ("a AND", "(a", "a b", "''", "AND", "a)", "-a", "'a"):
            with self.assertRaises(ValueError, msg=text):
                Predicate(text)
