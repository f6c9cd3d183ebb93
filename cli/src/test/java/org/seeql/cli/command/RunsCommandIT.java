package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseSession;

/** Lists and deletes runs of the embedded database. */
class RunsCommandIT {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();
  private static final String PLACES =
      "SELECT image_id, file_name FROM main.images WHERE image_id < 4 TO RUN x CMD 'classify',"
          + " '--model=places', '--image_dir=";

  @TempDir static Path directory;

  private static EmbeddedDatabase server;

  @BeforeAll
  static void importImages() {
    server = EmbeddedDatabase.start(directory.resolve("data"));
    seeql(0, "import", "folder", DEMO + "/images/show", "--into", "main.images");
    seeql(
        0,
        "run",
        "-e",
        "CREATE MODEL places OPTIONS (uri = '%1$s/models/places.onnx', layout = 'classification', normalization = 'none', labels = '%1$s/models/places.labels.txt')"
            .formatted(DEMO));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Outcome seeql(int exitCode, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", directory.resolve("data").toString()));
    Outcome outcome = new CommandLineRunner(directory).run(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    return outcome;
  }

  private static void succeeding(String id, String table) {
    seeql(0, "run", "--run-id=" + id, "-e", PLACES + DEMO + "/images/show' INTO main." + table);
  }

  private static void failing(String id) throws Exception {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    seeql(
        2,
        "run",
        "--run-id=" + id,
        "-e",
        PLACES + empty + "' INTO main.never_" + id.replace('-', '_'));
  }

  private static List<String> query(String sql) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(server.connector())) {
      return session.query(sql, row -> row.getString(1));
    }
  }

  private static List<String> tablesOf(String id) throws Exception {
    return query(
        "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%" + id + "%'");
  }

  @Test
  void listsRunsWithTheirStates() throws Exception {
    succeeding("listed-1", "listed");
    failing("listed-2");

    Outcome csv = seeql(0, "runs", "--format=csv", "--limit=2");

    assertThat(csv.out().lines().toList())
        .hasSize(3)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "run,state,clause,model,target,images,failed,rows,started,seconds,leftover_mib"),
            line ->
                assertThat(line)
                    .matches(
                        "listed-2,failed,run,places,main\\.never_listed_2,3,3,0,.*,0\\.0[1-9]"),
            line ->
                assertThat(line)
                    .matches("listed-1,succeeded,run,places,main\\.listed,3,0,3,.*,0\\.0"));
  }

  @Test
  void deletesARunWithItsLeftoverTables() throws Exception {
    succeeding("kept-1", "kept");
    failing("gone-1");
    assertThat(tablesOf("gone-1")).contains("selection_gone-1", "seeql_staging_gone-1");

    Outcome shown = seeql(0, "runs", "rm", "gone-1", "kept-1");

    assertThat(shown.out())
        .isEqualTo(
            """
            would delete run gone-1: its records and seeql.selection_gone-1, main.seeql_staging_gone-1; rows in main.never_gone_1 stay
            would delete run kept-1: its records; rows in main.kept stay
            nothing is deleted yet: repeat the command with --yes
            """);
    assertThat(query("SELECT run_id FROM seeql.runs")).contains("gone-1", "kept-1");

    Outcome deleted = seeql(0, "runs", "rm", "gone-1", "kept-1", "--yes");

    assertThat(deleted.out()).contains("✓ deleted run gone-1: its records and ");
    assertThat(tablesOf("gone-1")).isEmpty();
    for (String table : List.of("runs", "run_partitions", "run_failures", "run_leases")) {
      assertThat(query("SELECT run_id FROM seeql." + table)).doesNotContain("gone-1", "kept-1");
    }
    assertThat(query("SELECT COUNT(*) FROM main.kept")).containsExactly("3");
  }

  @Test
  void refusesRunningAndUnknownRuns() throws Exception {
    failing("busy-1");
    failing("idle-1");
    query("SELECT 1");
    try (DatabaseSession session = DatabaseSession.open(server.connector())) {
      session.execute(
          "UPDATE seeql.runs SET state = 'running' WHERE run_id IN ('busy-1', 'idle-1')");
      session.execute(
          "UPDATE seeql.run_leases SET owner_host = 'elsewhere', owner_process = '4711 1 x', lease_until = UTC_TIMESTAMP(3) + INTERVAL 600 SECOND WHERE run_id = 'busy-1'");
    }

    assertThat(seeql(0, "runs", "--format=csv").out())
        .contains("\nbusy-1,running,", "\nidle-1,interrupted,");
    assertThat(seeql(1, "runs", "rm", "busy-1", "idle-1", "--yes").err())
        .matches(
            "Cannot delete run busy-1: it is running \\(process 4711 on elsewhere, last heartbeat \\d+ s ago\\); wait until it ends, or stop it\\n1 of 2 runs are deleted\\n");
    assertThat(tablesOf("busy-1")).isNotEmpty();
    assertThat(tablesOf("idle-1")).isEmpty();
    assertThat(seeql(1, "runs", "rm", "nothing-1").err())
        .isEqualTo(
            "Cannot delete run nothing-1: there is no such run; seeql runs lists the runs\n");
  }

  @Test
  void prunesOldRunsInAState() throws Exception {
    failing("old-1");
    failing("new-1");
    succeeding("old-2", "old");
    try (DatabaseSession session = DatabaseSession.open(server.connector())) {
      session.execute(
          "UPDATE seeql.runs SET started = started - INTERVAL 40 DAY WHERE run_id LIKE 'old-%'");
    }

    seeql(0, "runs", "prune", "--older-than=30d", "--state=failed", "--yes");

    assertThat(query("SELECT run_id FROM seeql.runs"))
        .contains("new-1", "old-2")
        .doesNotContain("old-1");
    assertThat(seeql(1, "runs", "prune", "--older-than=soon").err())
        .isEqualTo("Invalid --older-than: 'soon' (such as 90m or 6h)\n");
  }
}
