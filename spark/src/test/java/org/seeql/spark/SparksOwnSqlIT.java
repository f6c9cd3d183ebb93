package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.job.fixture.TestSpark;

/** Queries of TPC-DS and TPC-H, which Spark uses in its own tests. */
class SparksOwnSqlIT {
  private static final int MIN_QUERIES = 100;

  private static ParserInterface plain;
  private static ParserInterface extended;

  @BeforeAll
  static void start() {
    SparkSession spark = TestSpark.session();
    plain = new SparkSqlParser();
    SparkSessionExtensions extensions = new SparkSessionExtensions();
    new SeeqlExtensions().apply(extensions);
    extended = extensions.buildParser(spark, plain);
  }

  @Test
  void queriesOfTpcDsAndTpcHHaveTheSamePlans() throws Exception {
    List<String> queries = texts("tpc");

    assertThat(queries).hasSizeGreaterThan(MIN_QUERIES);
    for (String query : queries) {
      String expected = outcome(plain, query);
      assertThat(expected).doesNotStartWith("refused");
      assertThat(outcome(extended, query)).as(query).isEqualTo(expected);
    }
  }

  /** The plan without its expression ids, which increase; or the error. */
  private static String outcome(ParserInterface parser, String text) {
    try {
      return parser.parsePlan(text).treeString().replaceAll("#\\d+", "#");
    } catch (ParseException e) {
      return "refused: " + e.getMessage();
    }
  }

  private static List<String> texts(String prefix) throws IOException {
    JarURLConnection connection =
        (JarURLConnection) SparksOwnSqlIT.class.getResource("/tpcds/q1.sql").openConnection();
    List<String> texts = new ArrayList<>();
    try (JarFile jar = new JarFile(connection.getJarFileURL().getPath())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith(prefix) && entry.getName().endsWith(".sql")) {
          try (InputStream content = jar.getInputStream(entry)) {
            texts.add(new String(content.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return texts;
  }
}
