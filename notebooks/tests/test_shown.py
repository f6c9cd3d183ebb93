import threading
import unittest
from types import SimpleNamespace

from pyspark.sql import Row

from seeql.errors import SeeqlError, short
from seeql.progress import Bar, tasks, watched
from seeql.table import Table, text


class Tables(unittest.TestCase):
    def test_escape_markup(self):
        shown = Table(("<a>",), (("<script>",),))._repr_html_()
        self.assertIn("<th>&lt;a&gt;</th>", shown)
        self.assertIn(">&lt;script&gt;</td>", shown)

    def test_are_aligned_in_plain_text(self):
        self.assertEqual(
            "label │ n\n──────┼─────\ndog   │ 12\ncat   │ NULL",
            repr(Table(("label", "n"), (("dog", 12), ("cat", None)))),
        )

    def test_report_that_there_are_more_rows(self):
        table = Table.of(["n"], [Row(n=i) for i in range(3)], 2)
        self.assertEqual("n\n─\n0\n1\nThe first 2 rows.", repr(table))
        self.assertTrue(table._repr_html_().endswith("<p>The first 2 rows.</p>"))

    def test_of_one_long_row_are_vertical(self):
        columns = [f"c{i}" for i in range(9)]
        shown = repr(Table.of(columns, [Row(*range(9))], 20)).splitlines()
        self.assertEqual(["column │ value", "c0     │ 0"], [shown[0], shown[2]])
        self.assertEqual(11, len(shown))

    def test_keep_the_lines_of_a_drawn_plan(self):
        plan = "a\n└─ b"
        self.assertEqual(plan, repr(Table(("plan",), ((plan,),))))
        self.assertIn(f"<pre>{plan}</pre>", Table(("plan",), ((plan,),))._repr_html_())

    def test_have_readable_values(self):
        box = Row(label="dog", score=0.912345678, box=Row(x_min=1.0))
        for value, shown in (
            (None, "NULL"),
            (b"1234567", "7 bytes"),
            (0.1 + 0.2, "0.3"),
            (True, "True"),
            ([box], '[{"label": "dog", "score": 0.912346, "box": {"x_min": 1.0}}]'),
            ("x" * 300, "x" * 199 + "…"),
        ):
            with self.subTest(value):
                self.assertEqual(shown, text(value))


class Errors(unittest.TestCase):
    def test_are_shown_without_a_stack(self):
        self.assertEqual(["no"], SeeqlError("no")._render_traceback_())

    def test_omit_the_java_stack_trace(self):
        for stack in (
            "\n\nJVM stacktrace:\norg.X: Y\n\tat a.B.c(D.java:1)",
            "\n\tat a.B$.c(D.scala:1)\n\tat e.F(G.java)",
        ):
            self.assertEqual(
                "Unknown model\n  a\n  ^", short(ValueError("Unknown model\n  a\n  ^" + stack))
            )

    def test_omit_the_query_plan(self):
        error = "[UNKNOWN] `t`. SQLSTATE: 42P01; line 1 pos 14;\n'Project [*]\n+- 'Unresolved [t]\n"
        self.assertEqual("[UNKNOWN] `t`. SQLSTATE: 42P01; line 1 pos 14", short(ValueError(error)))

    def test_have_the_message_of_the_root_cause(self):
        def java(message, cause):
            return SimpleNamespace(getMessage=lambda: message, getCause=lambda: cause)

        error = ValueError("An error occurred while calling o41.sql")
        error.java_exception = java("outer", java("Table is full", None))
        self.assertEqual("Table is full", short(error))

    def test_without_a_message_have_the_name_of_their_class(self):
        self.assertEqual("KeyError", short(KeyError()))


class Tracker:
    """Two jobs: one with a stage of three tasks, one that has just ended."""

    def getActiveJobsIds(self):
        return [1, 2]

    def getJobInfo(self, job):
        return SimpleNamespace(stageIds=[10, 11]) if job == 1 else None

    def getStageInfo(self, stage):
        return SimpleNamespace(numCompletedTasks=1, numTasks=3) if stage == 10 else None


class Context:
    def __init__(self):
        self.cancelled = threading.Event()

    def statusTracker(self):
        return Tracker()

    def cancelAllJobs(self):
        self.cancelled.set()


class Handle:
    def __init__(self, interrupt_at=None):
        self.shown = []
        self._interrupt_at = interrupt_at
        self.updated = threading.Event()

    def display(self, shown):
        self.shown.append(shown)

    def update(self, shown):
        self.shown.append(shown)
        self.updated.set()
        if len(self.shown) == self._interrupt_at:
            raise KeyboardInterrupt


class Progress(unittest.TestCase):
    def test_counts_the_tasks_of_the_jobs_that_run(self):
        self.assertEqual((1, 3), tasks(Context()))

    def test_is_shown_while_the_work_continues(self):
        handle = Handle()
        answer = watched(Context(), handle, "SELECT", lambda: handle.updated.wait(20))
        self.assertTrue(answer)
        self.assertEqual([Bar("SELECT"), Bar("SELECT", 1, 3)], handle.shown)

    def test_raises_the_error_of_the_work(self):
        def work():
            raise ValueError("no")

        with self.assertRaisesRegex(ValueError, "no"):
            watched(Context(), Handle(), "SELECT", work)

    def test_interrupted_cancels_and_waits(self):
        context = Context()
        ended = []

        def work():
            context.cancelled.wait(20)
            ended.append(True)

        with self.assertRaises(KeyboardInterrupt):
            watched(context, Handle(interrupt_at=2), "SELECT", work)
        self.assertTrue(context.cancelled.is_set())
        self.assertEqual([True], ended)

    def test_is_a_bar_in_a_page_and_in_text(self):
        bar = Bar("a < b", 3, 12)
        self.assertIn('<progress max="12" value="3"></progress><code>a &lt; b', bar._repr_html_())
        self.assertEqual(f"[{'#' * 6}{' ' * 18}] 3 of 12 tasks  a < b", repr(bar))
        self.assertIn("<progress></progress>", Bar("a")._repr_html_())


if __name__ == "__main__":
    unittest.main()
