package org.seeql.launcher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.Program;

class TaskGraphTest {
  private static final String RUN = " TO RUN i CMD 'detect', '--model=%s', '--mode=%s' INTO %s;";

  @Test
  void runsThePartitionsOfTheThesisConcurrentlyBeforeTheResultIsRead() {
    String partition =
        "SELECT * FROM images.coco_test WHERE image_id BETWEEN %d AND %d TO RUN i:1 CMD"
            + " 'run_yolov5.py', '--model=yolov5s', '--write_mode=append' INTO result;";

    assertThat(
            edges(
                partition.formatted(1, 10)
                    + partition.formatted(11, 20)
                    + partition.formatted(21, 30)
                    + "SELECT COUNT(*) FROM coco_test.result"))
        .containsExactly(List.of(), List.of(), List.of(), List.of(0, 1, 2));
  }

  @Test
  void runsIndependentStatementsConcurrently() {
    assertThat(
            edges(
                "SELECT * FROM t"
                    + RUN.formatted("m", "overwrite", "r1")
                    + "SELECT * FROM t"
                    + RUN.formatted("m", "overwrite", "r2")
                    + "SELECT * FROM r1 JOIN r2 USING (id)"
                    + RUN.formatted("n", "overwrite", "r3")))
        .containsExactly(List.of(), List.of(), List.of(0, 1));
  }

  @Test
  void runsAChainOverOneResultInOrder() {
    assertThat(
            edges(
                "DROP TABLE IF EXISTS coco.result;"
                    + "SELECT * FROM coco.images TO RUN i CMD 'x.py' INTO result;"
                    + "SELECT * FROM coco.result WHERE chair>0 TO RUN i CMD 'x.py' INTO result;"))
        .containsExactly(List.of(), List.of(0), List.of(1));
  }

  @Test
  void omitsTransitiveDependencies() {
    assertThat(
            edges(
                "CREATE TABLE a (x INT); INSERT INTO a VALUES (1); CREATE TABLE b AS SELECT * FROM a;"
                    + "INSERT INTO a SELECT * FROM b; DROP TABLE a, b"))
        .containsExactly(List.of(), List.of(0), List.of(1), List.of(2), List.of(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM a|SELECT * FROM a|false",
        "INSERT INTO a VALUES (1)|INSERT INTO a VALUES (2)|false",
        "INSERT INTO a SELECT * FROM b|INSERT INTO a SELECT * FROM c|false",
        "INSERT INTO a SELECT * FROM a|INSERT INTO a VALUES (1)|true",
        "INSERT IGNORE INTO a VALUES (1)|INSERT INTO a VALUES (1)|true",
        "REPLACE INTO a VALUES (1)|INSERT INTO a VALUES (2)|true",
        "SELECT * FROM a|INSERT INTO a VALUES (1)|true",
        "SELECT * FROM a|DROP TABLE a|true",
        "SELECT * FROM d.a|DROP TABLE a|true",
        "SELECT * FROM d.a|DROP TABLE D.A|true",
        "SELECT * FROM d.a|DROP TABLE e.a|false",
        "UPDATE a SET x = 1|DELETE FROM b|false",
        "UPDATE a SET x = 1|DELETE FROM a|true",
        "USE d|SELECT * FROM a|true",
        "SELECT * FROM a|SET @x = 1|true",
        "ALTER TABLE a ADD y INT|SELECT * FROM b|true",
        "CREATE MODEL m OPTIONS (uri='x')|SELECT 1 TO PREDICT t USING m|true",
        "CREATE MODEL m OPTIONS (uri='x')|SELECT 1 TO PREDICT t USING n|false",
        "CREATE MODEL m OPTIONS (uri='x')|SELECT 1 TO PREDICT t WITH classes='a' USING AUTO|true",
        "CREATE MODEL m OPTIONS (uri='x')|SELECT 1 TO FIND a INTO t|true",
        "CREATE MODEL m OPTIONS (uri='x')|CREATE MODEL n OPTIONS (Base='m', accuracy=0.5)|true",
        "CREATE MODEL m OPTIONS (uri='x')|CREATE MODEL n OPTIONS (base='o', accuracy=0.5)|false",
        "CREATE MODEL m OPTIONS (base='o', latency=1)|CREATE MODEL n OPTIONS (base='o', latency=2)|false",
        "SELECT 1 TO EVALUATE m INTO e|SELECT 1 TO FIND a INTO t|true",
        "SELECT 1 TO EVALUATE m INTO e|SELECT 1 TO EVALUATE n INTO f|false",
        "SELECT 1 TO TRAIN e INTO m|SHOW TRAIN m|true",
        "SELECT 1 FROM a TO EXPLAIN m INTO t|SELECT * FROM t|true",
        "SELECT 1 FROM a TO EXPLAIN m INTO t|SELECT 1 FROM a TO EXPLAIN m INTO u|false",
        "CREATE MODEL m OPTIONS (uri='x')|SELECT 1 FROM a TO EXPLAIN m INTO t|true",
        "SELECT * FROM a TO EXPLAIN m WITH mode=append INTO t|SELECT * FROM b TO EXPLAIN m WITH"
            + " mode=append INTO t|false",
        "SELECT 1 TO TRAIN tagger WITH backbone = b LABEL l INTO m|DROP MODEL b|true",
        "SELECT 1 TO TRAIN tagger WITH backbone = b LABEL l INTO m|DROP MODEL c|false",
        "SHOW MODELS|DESCRIBE MODEL m|false",
        "DROP MODEL m|SHOW MODELS|true",
        "SELECT * FROM a TO PREDICT t USING m|SELECT * FROM t|true",
        "SELECT * FROM a TO PREDICT t WITH mode=append USING m|SELECT * FROM b TO PREDICT t WITH"
            + " mode=append USING m|false",
        "SELECT * FROM a TO PREDICT t WITH mode=append, only_new=true USING m|SELECT * FROM b TO"
            + " PREDICT t WITH mode=append, only_new=true USING m|true",
        "SELECT * FROM a TO PREDICT t WITH mode=append USING m|SELECT * FROM b TO PREDICT t WITH"
            + " mode=append, only_new=true USING m|true",
        "SELECT * FROM a TO PREDICT t USING m|SELECT * FROM b TO PREDICT t USING m|true",
        "EXPLAIN SELECT * FROM a TO FIND b INTO t|SELECT * FROM a TO FIND b INTO u|false",
        "EXPLAIN SELECT * FROM a TO FIND b INTO t|DROP TABLE t|true",
        "EXPLAIN ANALYZE SELECT * FROM a TO FIND b INTO t|SELECT * FROM t|true"
      })
  void addsADependencyIfTheOrderMatters(String first, String second, boolean waits) {
    assertOrder(first, second, waits);
  }

  /** Implicit accesses of a statement. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the labels of an evaluation
        "INSERT INTO demo.annotations VALUES (1)|SELECT * FROM demo.images TO EVALUATE m INTO e|true",
        "UPDATE demo.categories SET a = 1|SELECT * FROM demo.images TO EVALUATE m INTO e|true",
        "DELETE FROM annotations|SELECT * FROM demo.images TO EVALUATE m INTO e|true",
        "DELETE FROM demo.annotations|SELECT * FROM images TO EVALUATE m INTO e|true",
        "DELETE FROM other.annotations|SELECT * FROM demo.images TO EVALUATE m INTO e|false",
        "DELETE FROM b.annotations|SELECT * FROM a.t JOIN b.u USING (id) TO EVALUATE m INTO e|true",
        "SELECT * FROM demo.annotations|SELECT * FROM demo.images TO EVALUATE m INTO e|false",
        "DELETE FROM demo.annotations|SELECT * FROM demo.images TO EVALUATE m LABEL l INTO e|false",
        "DELETE FROM demo.annotations|SELECT * FROM demo.images TO PREDICT t USING m|false",
        "DELETE FROM demo.annotations|EXPLAIN SELECT * FROM demo.images TO EVALUATE m INTO e|true",
        // run records
        "SELECT * FROM seeql.runs|SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM seeql.run_failures|SELECT * FROM a TO RUN i CMD 'detect', '--model=m'|true",
        "SELECT * FROM seeql.run_partitions|SELECT * FROM a TO FIND b INTO t|true",
        "SELECT * FROM SEEQL.Evaluations|SELECT * FROM a TO EVALUATE m INTO e|true",
        "SELECT * FROM seeql.done_images|SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM seeql.anything_else|SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM run_failures|SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM run_leases|SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM failed_images|SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM mine.run_failures|SELECT * FROM a TO PREDICT t USING m|false",
        "DELETE FROM seeql.runs|SELECT * FROM a TO FIND b|true",
        "SELECT * FROM seeql.runs|EXPLAIN SELECT * FROM a TO PREDICT t USING m|false",
        "SELECT * FROM seeql.runs|SELECT * FROM a TO RUN i CMD 'own.py' INTO t|false",
        "SELECT * FROM seeql.runs|CREATE MODEL m OPTIONS (uri='x')|false",
        "SELECT * FROM a TO PREDICT t USING m|SELECT * FROM b TO PREDICT u USING m|false",
        "SELECT * FROM a TO FIND x INTO t|SELECT * FROM b TO FIND y INTO u|false",
        "SELECT * FROM a TO PREDICT t USING m|EXPLAIN SELECT * FROM b TO PREDICT u USING m|false",
        // models and their profiles
        "SELECT * FROM seeql.models|CREATE MODEL m OPTIONS (uri='x')|true",
        "SELECT * FROM seeql.models|DROP MODEL m|true",
        "SELECT * FROM seeql.models|SELECT * FROM a TO PREDICT t USING m|false",
        "DELETE FROM seeql.models|SELECT * FROM a TO PREDICT t USING m|true",
        "DELETE FROM seeql.models|SHOW MODELS|true",
        "SELECT * FROM seeql.model_profiles|SELECT * FROM a TO EVALUATE m INTO e|true",
        "SELECT * FROM seeql.model_profile_classes|SELECT * FROM a TO EVALUATE m INTO e|true",
        "DELETE FROM seeql.model_profiles|SELECT * FROM a TO FIND b INTO t|true",
        "DELETE FROM seeql.model_profiles|SELECT 1 TO PREDICT t WITH classes='a' USING AUTO|true",
        "SELECT * FROM a TO EVALUATE m INTO e|SELECT 1 TO PREDICT t WITH classes='a' USING AUTO|true",
        "SELECT * FROM a TO EVALUATE m INTO e|SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM a TO EVALUATE m INTO e|SELECT * FROM a TO PREDICT t USING n|false",
        // image roots
        "UPDATE seeql.image_roots SET root = 'x'|SELECT * FROM a TO PREDICT t USING m|true",
        "INSERT INTO seeql.image_roots VALUES (1)|SELECT * FROM a TO RUN i CMD 'detect', '--model=m'|true",
        "SELECT * FROM seeql.image_roots|SELECT * FROM a TO PREDICT t USING m|false",
        "UPDATE seeql.image_roots SET root = 'x'|SELECT * FROM seeql.runs|false",
        // statements that cannot be parsed
        "SELECT * FROM t LIMIT 1 ROWS EXAMINED 2|SELECT 1|true",
        "SELECT * FROM t LIMIT 1 ROWS EXAMINED 2 TO PREDICT t USING m|SELECT 1|true",
        "SELECT NEXTVAL(s)|SELECT NEXTVAL(s)|true"
      })
  void addsDependenciesOnUnnamedResources(String first, String second, boolean waits) {
    assertOrder(first, second, waits);
  }

  @Test
  void dependsOnLabelsAndFailuresInOneProgram() {
    assertThat(
            edges(
                "INSERT INTO demo.annotations SELECT * FROM demo.more;"
                    + "SELECT * FROM demo.images TO EVALUATE m INTO demo.scores;"
                    + "SELECT * FROM demo.images TO EVALUATE n INTO demo.others;"
                    + "SELECT * FROM seeql.run_failures"))
        .containsExactly(List.of(), List.of(0), List.of(0), List.of(1, 2));
  }

  private static void assertOrder(String first, String second, boolean waits) {
    assertThat(edges(first + ";" + second).get(1)).isEqualTo(waits ? List.of(0) : List.of());
    assertThat(edges(second + ";" + first).get(1)).isEqualTo(waits ? List.of(0) : List.of());
  }

  @Test
  void readsStatementsWithTheOptionsOfTheWholeProgram() {
    Program program =
        ProgramParser.parse(
            "SELECT * FROM a TO PREDICT t USING m; SELECT * FROM b TO PREDICT t USING m");
    OptionSet append = OptionSet.NONE.with("mode", "append", "the command line");

    assertThat(TaskGraph.of(program, ProgramCatalog.standard()).tasks().get(1).after())
        .containsExactly(0);
    assertThat(TaskGraph.of(program, ProgramCatalog.standard(), append).tasks().get(1).after())
        .isEmpty();
  }

  @Test
  void aProgramWithoutStatementsHasNoTasks() {
    assertThat(edges("-- nothing")).isEmpty();
  }

  /**
   * By brute force: the dependencies of a program are the transitive closure of pairwise conflicts.
   */
  @Test
  void hasExactlyTheRequiredDependencies() {
    List<String> statements =
        List.of(
            "SELECT * FROM a",
            "INSERT INTO a VALUES (1)",
            "INSERT INTO b SELECT * FROM a",
            "DROP TABLE c",
            "CREATE TABLE c AS SELECT * FROM b",
            "SELECT * FROM c",
            "USE x");
    Random random = new Random(3);
    for (int round = 0; round < 10; round++) {
      List<String> program =
          random.ints(12, 0, statements.size()).mapToObj(statements::get).toList();
      List<BitSet> needed =
          closure(
              program.size(),
              (i, j) -> !edges(program.get(i) + ";" + program.get(j)).get(1).isEmpty());
      List<List<Integer>> edges = edges(String.join(";", program));

      assertThat(closure(program.size(), (i, j) -> edges.get(j).contains(i))).isEqualTo(needed);
    }
  }

  private interface Waits {
    boolean test(int earlier, int later);
  }

  private static List<BitSet> closure(int size, Waits waits) {
    List<BitSet> before = new java.util.ArrayList<>();
    for (int j = 0; j < size; j++) {
      BitSet all = new BitSet();
      for (int i = 0; i < j; i++) {
        if (waits.test(i, j)) {
          all.set(i);
          all.or(before.get(i));
        }
      }
      before.add(all);
    }
    return before;
  }

  private static List<List<Integer>> edges(String program) {
    return TaskGraph.of(ProgramParser.parse(program), ProgramCatalog.standard()).tasks().stream()
        .map(Task::after)
        .toList();
  }
}
