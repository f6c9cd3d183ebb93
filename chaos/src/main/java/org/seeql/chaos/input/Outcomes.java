package org.seeql.chaos.input;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/** Checks that each image of a classifier's run has exactly one row or one failure. */
final class Outcomes {
  private Outcomes() {}

  /**
   * Waits for the run and checks its result.
   *
   * @param images the table of the selection, with an integer {@code image_id}
   * @param results the table of the result
   * @return whether there is no defect
   */
  static boolean check(
      Workplace place,
      SeeqlProcess process,
      String runId,
      String images,
      String results,
      Tally tally)
      throws IOException, InterruptedException, SQLException {
    Optional<Outcome> outcome = process.await(Workplace.HANG);
    if (outcome.isEmpty()) {
      tally.addDefect(Count.HANGS, 1, "run " + runId);
      return false;
    }
    if (!outcome.get().isSuccess()) {
      tally.addDefect(
          outcome.get().isCrash() ? Count.CRASHES : Count.OTHER,
          1,
          "run " + runId + ", " + outcome.get().summary());
      return false;
    }
    String outcomes =
        "SELECT i.image_id, (SELECT COUNT(*) FROM "
            + results
            + " r WHERE r.image_id = i.image_id) + (SELECT COUNT(*) FROM one_failures f WHERE"
            + " f.image_id = i.image_id) AS outcomes FROM "
            + images
            + " i";
    try (DatabaseSession session = place.session()) {
      session.execute(
          "CREATE OR REPLACE VIEW one_failures AS SELECT CAST(image_id AS UNSIGNED) AS image_id"
              + " FROM seeql.run_failures WHERE run_id = '"
              + runId
              + "'");
      long lost = count(session, outcomes, "outcomes = 0");
      long duplicated = count(session, outcomes, "outcomes > 1");
      tally.addDefect(Count.LOST, lost, "images without an outcome, run " + runId);
      tally.addDefect(Count.DUPLICATED, duplicated, "images with two outcomes, run " + runId);
      return lost + duplicated == 0;
    }
  }

  private static long count(DatabaseSession session, String outcomes, String condition)
      throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(*) FROM (" + outcomes + ") o WHERE " + condition, row -> row.getLong(1))
        .orElseThrow();
  }
}
