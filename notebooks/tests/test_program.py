import unittest

from seeql.program import statements, title


class Statements(unittest.TestCase):
    def test_end_with_a_semicolon_or_with_the_program(self):
        self.assertEqual(["SELECT 1", "SELECT 2"], statements("SELECT 1;\n\nSELECT 2"))
        self.assertEqual(["SELECT 1", "SELECT 2"], statements(";SELECT 1;; SELECT 2;\n"))

    def test_are_empty_if_there_are_only_comments(self):
        for empty in ("", " \n;; ", "-- a; b\n", "/* a; b */;", "# a; b"):
            with self.subTest(empty):
                self.assertEqual([], statements(empty))

    def test_keep_semicolons_inside_of_strings_and_comments(self):
        for one in (
            "SELECT 'a;b'",
            "SELECT 'it''s;'",
            "SELECT 'it\\';s'",
            'SELECT "a"";b"',
            "SELECT `a;``b`",
            "SELECT 1 -- ; not yet\n + 1",
            "SELECT /*+ BROADCAST(t) ; */ 1",
            "SELECT 'not closed; at all",
            "SELECT 1 /* not closed; at all",
        ):
            with self.subTest(one):
                self.assertEqual([one], statements(one))

    def test_have_only_comments_that_spark_supports(self):
        self.assertEqual(
            ["-- why; indeed\nSELECT '#' -- because"],
            statements("# why; indeed\nSELECT '#' # because\n;"),
        )

    def test_of_a_long_program_are_found_quickly(self):
        self.assertEqual(10_000, len(statements("SELECT 'x;y', `z`; -- c\n" * 10_000)))


class Titles(unittest.TestCase):
    def test_are_one_line_without_comments(self):
        self.assertEqual("SELECT 1 FROM '-- t'", title("-- a\nSELECT 1 /* b */\n  FROM '-- t'"))

    def test_are_cut(self):
        self.assertEqual("SELECT 'aa…", title("SELECT 'aaaaaaaaaaaa'", characters=11))


if __name__ == "__main__":
    unittest.main()
