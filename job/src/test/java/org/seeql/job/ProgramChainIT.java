package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.fixture.RunFixture;

/**
 * A plan that is written as a program: each statement reads the images that the one before left in
 * the wide result of the data set, and adds its classes. The connection has another current
 * database, as the embedded database does.
 */
class ProgramChainIT {
  private static final String DATA_SET = "seeql_chain";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void copyTheImages() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    database.execute(
        "DROP DATABASE IF EXISTS " + DATA_SET,
        "CREATE DATABASE " + DATA_SET,
        "CREATE TABLE seeql_chain.images AS SELECT * FROM images",
        "INSERT INTO seeql.image_roots VALUES ('seeql_chain', 'images', '%s')"
            .formatted(RunFixture.IMAGES));
  }

  @AfterAll
  static void dropTheImages() throws Exception {
    database.execute(
        "DROP DATABASE " + DATA_SET,
        "DELETE FROM seeql.image_roots WHERE database_name = 'seeql_chain'");
  }

  @Test
  void eachStatementNarrowsTheResultInTheDataSet() throws Exception {
    // a text is 0 as a number: the first condition holds for all images, as in MySQL
    fixture.execute(
        """
        SELECT * FROM seeql_chain.images ORDER BY images.image_id ASC LIMIT 20
        TO RUN a/b:1 CMD "yolov3_detect_variant.py", "--dataset=seeql_chain", "--model=scout",
          "--latency=0.001", "--tasks=0,1,0" INTO result;
        SELECT * FROM seeql_chain.result WHERE 'tennis racket'=0
        TO RUN a/b:1 CMD "yolov3_detect_variant.py", "--dataset=seeql_chain", "--model=scout",
          "--tasks=2,3" INTO result;
        SELECT * FROM seeql_chain.result WHERE 'tennis racket'=0 AND person>0
        TO RUN a/b:1 CMD "yolov3_detect_variant.py", "--dataset=seeql_chain", "--model=scout",
          "--tasks=4,5,6" INTO result;
        """);
    fixture.detect("SELECT * FROM images ORDER BY image_id LIMIT 20", "whole", "--result=wide");

    List<String> classes = List.of("person", "bicycle", "car", "motorcycle", "bus", "train");
    List<String> expected = database.query(rows("seeql_test.whole WHERE person > 0"));
    assertThat(expected).isNotEmpty().hasSizeLessThan(20);
    assertThat(database.query(rows("seeql_chain.result"))).isEqualTo(expected);
    assertThat(columns()).containsSubsequence(classes.subList(0, 2)).contains("person");
  }

  private static String rows(String from) {
    return "SELECT image_id, ROUND(person, 5) FROM " + from + " ORDER BY image_id";
  }

  private static List<String> columns() throws Exception {
    return database.query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'seeql_chain' AND"
            + " table_name = 'result' ORDER BY ordinal_position");
  }
}
