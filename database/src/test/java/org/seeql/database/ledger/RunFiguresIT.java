package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

class RunFiguresIT {
  /**
   * Two concurrent partitions, a pause of one hour, and a third partition after the run was
   * resumed.
   */
  private static final String PARTITIONS =
      """
      INSERT INTO seeql.run_partitions
        (run_id, partition_id, first_row, last_row, state, images, failed, seconds, committed)
      VALUES ('r', 0, 1, 100, 'committed', 100, 0, 10, '2026-11-23 01:00:10'),
             ('r', 1, 101, 200, 'committed', 100, 3, 10, '2026-11-23 01:00:15'),
             ('r', 2, 201, 300, 'committed', 100, 0, 5, '2026-11-23 02:00:05'),
             ('r', 3, 301, 400, 'pending', NULL, NULL, NULL, NULL)
      """;

  @Test
  void countsTheTimeInWhichTasksWereAtImagesAndNotThePauseBetweenAttempts() throws Exception {
    TestDatabase database = TestDatabase.create();
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      assertThat(RunFigures.of(session, List.of("r"))).isEmpty();
      SystemSchema.migrate(database.connector());
      database.execute(
          "INSERT INTO seeql.runs (run_id, statement, kind, task, program, options, state, model,"
              + " model_version, layout, image_root, images, stage_seconds, ran_on) VALUES ('r',"
              + " '', 'run', 'detect', 'detect', '{}', 'running', 'm', 1, '{}', '/', 400,"
              + " '{\"infer\": 5}', 'here')");
      database.execute(PARTITIONS);

      RunFigures figures = RunFigures.of(session, List.of("r", "s")).get("r");

      assertThat(figures.progress()).contains("300/400");
      assertThat(figures.done()).isEqualTo(297);
      // 15 s from the first image to the second commit, and 5 s after the pause
      assertThat(figures.imagesPerSecond().getAsDouble()).isEqualTo(300 / 20.0, within(1e-6));
    }
  }
}
