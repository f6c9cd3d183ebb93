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
        environment = mock.patch.dict(os.environ)
        environment.start()
        self.addCleanup(environment.stop)
        os.environ.pop("SEEQL_JAR", None)

    def jar(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return path

    def test_that_are_specified_are_used(self):
        a, b = self.jar("a.jar"), self.jar("b.jar")
        os.environ["SEEQL_JAR"] = str(b)
        self.assertEqual(b, jars.find())
        self.assertEqual(a, jars.find(str(a)))

    def test_that_are_specified_and_missing_are_refused(self):
        missing = self.folder / "no.jar"
        with self.assertRaises(FileNotFoundError) as refused:
            jars.find(missing)
        self.assertEqual(
            f"Cannot find SeeQL's jar: {missing} does not exist", str(refused.exception)
        )

    def test_of_a_checkout_are_found(self):
        with mock.patch.object(jars, "_checkouts", lambda: iter([self.folder])):
            with self.assertRaises(FileNotFoundError) as refused:
                jars.find()
            built = self.jar("spark/target/seeql-spark.jar")
            self.assertEqual(built, jars.find())
        self.assertEqual(
            "Cannot find SeeQL's jar: neither this package nor the current folder is in a"
            " checkout where spark/target/seeql-spark.jar was built; mvn -DskipTests -pl spark -am"
            " package builds it; seeql.session(jar='…') or SEEQL_JAR selects a jar"
            " elsewhere",
            str(refused.exception),
        )


class Settings(unittest.TestCase):
    def of(self, database=None, **conf):
        return settings(database, __file__, conf)

    def test_of_the_user_override_the_defaults(self):
        chosen = self.of("jdbc:mysql://h/d", **{"spark.master": "local[1]", "spark.x": 4})
        self.assertEqual("jdbc:mysql://h/d", chosen["spark.seeql.database"])
        self.assertEqual("local[1]", chosen["spark.master"])
        self.assertEqual("4", chosen["spark.x"])

    def test_add_seeql_to_other_extensions_and_jars(self):
        chosen = self.of(**{"spark.sql.extensions": "a.B", "spark.jars": "b.jar"})
        self.assertEqual("a.B,org.seeql.spark.SeeqlExtensions", chosen["spark.sql.extensions"])
        self.assertEqual(f"b.jar,{os.path.abspath(__file__)}", chosen["spark.jars"])

    def test_authenticate_in_local_mode(self):
        self.assertEqual("true", self.of()["spark.authenticate"])
        self.assertEqual("false", self.of(**{"spark.authenticate": False})["spark.authenticate"].lower())
        self.assertNotIn("spark.authenticate", self.of(**{"spark.master": "spark://h:7077"}))

    def test_default_to_the_database_of_the_command_line(self):
        with mock.patch.dict(os.environ, {"SEEQL_DATA_DIR": "/d"}):
            self.assertEqual("embedded:/d", self.of()["spark.seeql.database"])
        with mock.patch.dict(os.environ, {"XDG_DATA_HOME": "/x"}):
            os.environ.pop("SEEQL_DATA_DIR", None)
            self.assertEqual(Path("/x/seeql"), data_folder())


if __name__ == "__main__":
    unittest.main()
