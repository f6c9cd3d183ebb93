import io
import tempfile
import unittest
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from PIL import Image
from pyspark.sql import SparkSession

import seeql
from seeql.drawing import Found
from seeql.gallery import read

ROW = "label STRING, score DOUBLE, x_min DOUBLE, y_min DOUBLE, x_max DOUBLE, y_max DOUBLE"


def picture():
    written = io.BytesIO()
    Image.new("RGB", (40, 30)).save(written, "PNG")
    return written.getvalue()


class WithSpark(unittest.TestCase):
    """A SeeQL session for statements that need no model."""

    @classmethod
    def setUpClass(cls):
        made = tempfile.TemporaryDirectory()
        cls.addClassCleanup(made.cleanup)
        cls.folder = Path(made.name)
        cls.shell = InteractiveShell.instance()
        try:
            cls.spark = seeql.session(
                f"embedded:{cls.folder / 'database'}",
                **{"spark.master": "local[2]", "spark.ui.enabled": "false"},
            )
        except FileNotFoundError as missing:
            raise unittest.SkipTest(str(missing)) from None
        cls.addClassCleanup(cls.spark.stop)

    def cell(self, text):
        with capture_output() as captured:
            result = self.shell.run_cell(text)
        return result, [output.data["text/plain"] for output in captured.outputs]

    def test_a_cell_executes_its_statements_and_keeps_the_last(self):
        result, shown = self.cell(
            "%%seeql numbers --rows 1\n"
            "CREATE OR REPLACE TEMPORARY VIEW n AS SELECT id FROM range(3); -- ; \n"
            "SELECT id, ';' AS mark FROM n ORDER BY id"
        )
        self.assertIsNone(result.error_in_exec)
        self.assertEqual("id │ mark\n───┼─────\n0  │ ;\nThe first 1 rows.", shown[-1])
        self.assertEqual(3, self.shell.user_ns["numbers"].count())

    def test_a_cell_executes_seeqls_statements(self):
        result, shown = self.cell("%%seeql\nSHOW MODELS")
        self.assertIsNone(result.error_in_exec)
        self.assertTrue(shown[-1].startswith("name │ version │ task"), shown[-1])

    def test_a_syntax_error_is_shown_with_its_position_and_ends_the_program(self):
        result, shown = self.cell(
            "%%seeql\nSELECT 1 AS one;\nSELECT * FROM t\n  TO RUN INTO u;\nSELECT 3 AS three"
        )
        self.assertIsInstance(result.error_in_exec, seeql.SeeqlError)
        self.assertEqual(
            "Statement 2 of 3: line 2, column 10: Unexpected INTO\n"
            "    TO RUN INTO u\n"
            "           ^\n"
            "expected: an image",
            str(result.error_in_exec),
        )
        self.assertEqual("✗ SELECT * FROM t TO RUN INTO u", shown[-1])
        self.assertFalse(any("three" in one for one in shown))

    def test_an_error_in_sparks_sql_is_short(self):
        result, _ = self.cell("%%seeql\nSELECT no_such FROM range(1)")
        message = str(result.error_in_exec)
        self.assertIn("[UNRESOLVED_COLUMN", message)
        for inner in ("\tat ", "Traceback", "'Project", "JVM"):
            self.assertNotIn(inner, message)

    def test_pictures_have_the_detections_of_their_rows(self):
        frame = self.spark.createDataFrame(
            [("b", "dog", 0.5, 1.0, 2.0, 3.0, 4.0), ("a", "cat", 0.9, 0.0, 0.0, 1.0, 1.0)] * 2,
            f"file_name STRING, {ROW}",
        ).coalesce(1)
        for name in "ab":
            (self.folder / name).write_bytes(picture())
        first, second = read(frame, 5, self.folder)
        self.assertEqual(["b", "a"], [first.name, second.name])
        self.assertEqual((Found("dog", 0.5, (1.0, 2.0, 3.0, 4.0)),) * 2, first.found)

    def test_pictures_have_the_detections_of_their_arrays(self):
        self.spark.createDataFrame(
            [(bytearray(picture()),)], "content BINARY"
        ).createOrReplaceTempView("p")
        frame = self.spark.sql("""
            SELECT 'x/y.png' AS path, content, array(named_struct(
                'label', 'cat', 'score', 0.5D, 'box',
                named_struct('x_min', 1D, 'y_min', 2D, 'x_max', 3D, 'y_max', 4D))) AS seen FROM p
        """)
        (shown,) = read(frame, 5, None)
        self.assertEqual(("y.png", picture()), (shown.name, shown.file))
        self.assertEqual((Found("cat", 0.5, (1.0, 2.0, 3.0, 4.0)),), shown.found)
        self.assertEqual(b"\xff\xd8", seeql.show(frame).data[:2])

    def test_missing_pictures_are_refused(self):
        frame = self.spark.sql("SELECT 'no.jpg' AS path")
        for folder, message in (
            (
                None,
                "Cannot show no.jpg: it does not exist;"
                " set image_dir=… to the folder of relative paths",
            ),
            ("/none", "Cannot show /none/no.jpg: it does not exist"),
        ):
            with self.assertRaises(FileNotFoundError) as refused:
                seeql.show(frame, image_dir=folder)
            self.assertEqual(message, str(refused.exception))
        with self.assertRaises(ValueError) as refused:
            seeql.show(self.spark.sql("SELECT 1 AS a, 2 AS b"))
        self.assertEqual(
            "Cannot show pictures: the frame has no column path, file_name or content (binary);"
            " it has a, b",
            str(refused.exception),
        )

    def test_a_running_session_is_returned_again(self):
        self.assertIs(self.spark, seeql.session())
        self.assertIs(self.spark, SparkSession.getActiveSession())


if __name__ == "__main__":
    unittest.main()
