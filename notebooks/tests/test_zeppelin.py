import json
import unittest
from pathlib import Path

NOTE = Path(__file__).parent.parent / "quickstart.zpln"


class Note(unittest.TestCase):
    """The format of a note that Zeppelin can import."""

    def setUp(self):
        self.note = json.loads(NOTE.read_text())

    def test_uses_the_spark_interpreter(self):
        self.assertEqual("spark", self.note["defaultInterpreterGroup"])
        kinds = [paragraph["text"].split()[0] for paragraph in self.note["paragraphs"]]
        self.assertEqual({"%md", "%spark.sql"}, set(kinds))

    def test_contains_no_data_of_the_user_who_ran_it(self):
        for paragraph in self.note["paragraphs"]:
            self.assertEqual("READY", paragraph["status"])
            self.assertNotIn("results", paragraph)
            self.assertNotIn("user", paragraph)


if __name__ == "__main__":
    unittest.main()
