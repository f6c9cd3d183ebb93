package org.seeql.job.find;

import java.sql.SQLException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.cascade.QualityAudit;

/** The results of audits, in {@code run_audits}. */
public final class AuditRecords {
  private static final String TABLE = SystemSchema.table("run_audits");

  private AuditRecords() {}

  /** Whether a run has been audited. */
  public static boolean exist(DatabaseSession session, String runId) throws SQLException {
    return session
        .findFirst("SELECT 1 FROM " + TABLE + " WHERE run_id = ? LIMIT 1", row -> true, runId)
        .isPresent();
  }

  /** Stores the result of an audit, one row for each measure. */
  public static void save(DatabaseSession session, String runId, AuditReport report)
      throws SQLException {
    for (QualityAudit.Finding finding : report.findings()) {
      session.update(
          "INSERT INTO "
              + TABLE
              + " (run_id, measure, compared_with, images, failed, required, successes, trials,"
              + " measured, lower_limit, upper_limit, confidence_level, outcome)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          runId,
          finding.bound().measureWord(),
          report.auditor(),
          report.images(),
          report.failed(),
          finding.required().isPresent() ? finding.required().getAsDouble() : null,
          finding.successes(),
          finding.trials(),
          finding.measured(),
          finding.lower(),
          finding.upper(),
          report.confidenceLevel(),
          finding.outcome().word());
    }
  }
}
