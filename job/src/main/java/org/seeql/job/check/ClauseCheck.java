package org.seeql.job.check;

import java.sql.SQLException;

/** The checks of one statement with a clause; one implementation for each clause. */
interface ClauseCheck {
  /**
   * Checks the statement and returns its run.
   *
   * @param statement its text, as stored with the run
   * @throws org.seeql.planner.plan.PlanningException with all problems
   */
  CheckedRun check(String runId, String statement) throws SQLException;
}
