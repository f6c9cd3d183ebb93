import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from seeql import jars
from seeql.session import data_folder, settings


class Jars(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name).resolve()
        self.enterContext(mock.patch.dict(os.environ))
        os.environ.pop("SEEQL_JAR", None)

    def enterContext(self, manager):
        self.addCleanup(manager.__exit__, None, None, None)
        return manager.__enter__()

    def jar(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return path

    def test_that_are_named_are_taken(self):
        a, b = self.jar("a.jar"), self.jar("b.jar")
        self.assertEqual([a, b], jars.find(f"{a}, {b}"))
        os.environ["SEEQL_JAR"] = str(b)
        self.assertEqual([b], jars.find())
        self.assertEqual([a], jars.find(a))

    def test_that_are_named_and_not_there_are_refused(self):
        missing = self.folder / "no.jar"
        with self.assertRaises(FileNotFoundError) as refused:
            jars.find(missing)
        self.assertEqual(f"Cannot find SeeQL's jar: {missing} is not there", str(refused.exception))

    def test_of_a_checkout_are_those_that_pyspark_does_not_bring(self):
        self.jar("seeql")
        own = self.jar("cli/target/seeql-cli-0.1.0.jar")
        model = self.jar("m2/onnxruntime-1.29.0.jar")
        sparks = self.jar("m2/spark-core_2.13-4.1.1.jar")
        (self.folder / "cli/target/dependencies.classpath").write_text(f"{sparks}:{model}\n")
        with mock.patch.object(jars, "_checkouts", lambda: iter([self.folder])):
            self.assertEqual([own, model], jars.find())
            model.unlink()
            with self.assertRaises(FileNotFoundError) as refused:
                jars.find()
        self.assertEqual(
            f"Cannot find SeeQL's jars: {model} is not there any more; ./seeql --version in"
            f" {self.folder} builds what is missing",
            str(refused.exception),
        )

    def test_are_refused_where_nothing_is_built(self):
        with (
            mock.patch.object(jars, "_checkouts", lambda: iter([self.folder])),
            self.assertRaisesRegex(FileNotFoundError, "seeql.session\\(jar='…'\\), or SEEQL_JAR"),
        ):
            jars.find()

    def test_of_sparks_own_libraries_are_left_out_in_any_version(self):
        others = [Path("jackson-databind-0.1.jar"), Path("jackson-databinding-0.1.jar")]
        self.assertEqual(others[1:], jars.less_sparks(others))


class Settings(unittest.TestCase):
    def of(self, database=None, **conf):
        return settings(database, __file__, conf)

    def test_of_the_user_come_first(self):
        chosen = self.of("jdbc:mysql://h/d", **{"spark.master": "local[1]", "spark.x": 4})
        self.assertEqual("jdbc:mysql://h/d", chosen["spark.seeql.database"])
        self.assertEqual("local[1]", chosen["spark.master"])
        self.assertEqual("4", chosen["spark.x"])

    def test_add_seeql_to_other_extensions_and_jars(self):
        chosen = self.of(**{"spark.sql.extensions": "a.B", "spark.jars": "b.jar"})
        self.assertEqual("a.B,org.seeql.job.spark.SeeqlExtensions", chosen["spark.sql.extensions"])
        self.assertEqual(f"b.jar,{os.path.abspath(__file__)}", chosen["spark.jars"])

    def test_name_the_database_of_the_command_line(self):
        with mock.patch.dict(os.environ, {"SEEQL_DATA_DIR": "/d"}):
            self.assertEqual("embedded:/d", self.of()["spark.seeql.database"])
        with mock.patch.dict(os.environ, {"XDG_DATA_HOME": "/x"}):
            os.environ.pop("SEEQL_DATA_DIR", None)
            self.assertEqual(Path("/x/seeql"), data_folder())


if __name__ == "__main__":
    unittest.main()
