package org.seeql.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.seeql.spark.SeeqlExtensions;

/**
 * Measures the time that SeeQL's extension adds to a statement's parsing, in a warm JVM, on one
 * thread.
 */
final class SqlBench {
  private static final int WARM_UP = 500;
  private static final int ROUNDS = 1_001;

  private final Report report;

  SqlBench(Report report) {
    this.report = report;
  }

  void run() {
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    try {
      // an explicit value avoids a table lookup in Spark, which is not part of parsing
      spark.conf().set("spark.seeql.relations", "database");
      ParserInterface plain = new SparkSqlParser();
      SparkSessionExtensions extensions = new SparkSessionExtensions();
      new SeeqlExtensions().apply(extensions);
      measure(plain, extensions.buildParser(spark, plain));
    } finally {
      spark.stop();
    }
  }

  private void measure(ParserInterface plain, ParserInterface extended) {
    report.heading(
        "Parsing in spark.sql, warm", "text", "Spark alone, median ms", "with SeeQL, median ms");
    texts()
        .forEach(
            (name, text) -> {
              median(plain, text, WARM_UP);
              median(extended, text, WARM_UP);
              report.row(
                  name, median(plain, text, ROUNDS) / 1e6, median(extended, text, ROUNDS) / 1e6);
            });
  }

  private static double median(ParserInterface parser, String text, int rounds) {
    long[] nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      try {
        parser.parsePlan(text);
      } catch (ParseException e) {
        // Spark alone refuses SeeQL's statements, and the time of the refusal is measured
      }
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[rounds / 2];
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("SELECT 1", "SELECT 1");
    texts.put(
        "a join of five tables with a window function",
        """
        WITH ranked AS (
          SELECT s.customer, i.brand, SUM(s.price) AS total,
                 RANK() OVER (PARTITION BY i.brand ORDER BY SUM(s.price) DESC) AS place
          FROM sales s JOIN items i ON s.item = i.id JOIN days d ON s.day = d.id
          WHERE d.year = 2026 AND i.category IN ('Books', 'TO RUN', 'Music')
          GROUP BY s.customer, i.brand)
        SELECT c.name, r.brand, r.total FROM ranked r
        JOIN customers c ON c.id = r.customer JOIN places p ON p.id = c.place
        WHERE r.place <= 10 AND p.country <> 'XX' ORDER BY r.total DESC LIMIT 100
        """);
    texts.put("a syntax error in Spark's own SQL", "SELECT a b c FROM t WHERE x = 'TO RUN'");
    texts.put(
        "TO RUN",
        "SELECT * FROM demo.images TO RUN x CMD 'detect', '--model=scout' INTO demo.found");
    texts.put("SHOW MODELS", "SHOW MODELS");
    return texts;
  }
}
