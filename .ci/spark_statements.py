"""Runs SeeQL's statements in PySpark from PyPI with the built jar; called by end-to-end."""
import pathlib
import sys
import tempfile

from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import SparkSession

jar, data, images, warehouse = sys.argv[1:]
events = tempfile.mkdtemp(prefix="seeql-events-")
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", jar)
    .config("spark.sql.extensions", "org.seeql.spark.SeeqlExtensions")
    .config("spark.seeql.database", f"embedded:{data}")
    .config("spark.sql.warehouse.dir", warehouse)
    .config("spark.driver.memory", "1g")
    # the embedded database does not use this password, but it must not be visible either
    .config("spark.seeql.password", "planted-at-start")
    .config("spark.eventLog.enabled", "true")
    .config("spark.eventLog.dir", f"file:{events}")
    .config("spark.eventLog.compress", "false")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.authenticate", "true")
    .config("spark.network.crypto.enabled", "true")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
spark.conf.set("spark.seeql.password", "planted-later")


def refused(sql, kind, text):
    try:
        spark.sql(sql)
    except kind as e:
        assert text in str(e), e
    else:
        raise AssertionError(f"was not refused: {sql}")


models = {row["name"] for row in spark.sql("SHOW MODELS").collect()}
assert {"sentinel", "scout", "places"} <= models, models

detect = "TO RUN any CMD 'detect', '--model=sentinel', '--confidence=0.4'"
run = spark.sql(f"SELECT * FROM demo.images {detect} INTO demo.from_pyspark").collect()[0]
print(run)
assert (run["state"], run["images"], run["failed"]) == ("succeeded", 100, 0)

shown = spark.sql(f"SELECT * FROM demo.images {detect}")
count = shown.count()
assert count == run["rows"], (count, run["rows"])
shown.groupBy("label").count().orderBy("count", ascending=False).show(5)

files = f"SELECT path AS image_id, path FROM binaryFile.`{images}`"
of_files = spark.sql(f"{files} {detect}")
assert of_files.count() == count
assert len(of_files.limit(3).collect()) == 3

spark.read.format("binaryFile").load(images).selectExpr("path AS id", "path").createOrReplaceTempView("pictures")
table = spark.sql("SELECT * FROM pictures TO PREDICT spark_catalog.default.places.place USING places").collect()[0]
assert table["rows"] == spark.table("places").where("place IS NOT NULL").count() == 100, table

explained = spark.sql("EXPLAIN SELECT * FROM demo.images TO FIND person AND NOT dog").collect()[0]["plan"]
print(explained)
assert "TO FIND" in explained

refused("SELECT * FROM demo.images\nTO RUN INTO t", ParseException, "line 2, column 8: Unexpected INTO")
refused("SELECT * FROM demo.images TO RUN x CMD 'detect', '--model=sentinell'", AnalysisException, "known: sentinel")
refused("SELEC 1", ParseException, "PARSE_SYNTAX_ERROR")
spark.stop()
logged = "".join(file.read_text(errors="replace") for file in pathlib.Path(events).rglob("*") if file.is_file())
assert "TO RUN" in logged and "planted" not in logged
print("all statements passed")
