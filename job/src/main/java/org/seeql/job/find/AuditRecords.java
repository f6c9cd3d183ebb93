package org.seeql.job.find;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.cascade.QualityAudit;
import org.seeql.planner.optimizer.Bound;

/** The results of audits, in {@code run_audits}. */
public final class AuditRecords {
  private static final String TABLE = SystemSchema.table("run_audits");

  private AuditRecords() {}

  /** The result of a run's audit; empty if there was none. */
  public static Optional<AuditReport> find(DatabaseSession session, String runId)
      throws SQLException {
    List<AuditReport> ofMeasures =
        session.query(
            "SELECT * FROM "
                + TABLE
                + " WHERE run_id = ? ORDER BY FIELD(measure, 'accuracy', 'precision', 'recall', 'f1')",
            row -> report(row, runId),
            runId);
    return ofMeasures.stream()
        .reduce(
            (all, next) ->
                new AuditReport(
                    all.auditor(),
                    all.images(),
                    all.failed(),
                    all.confidenceLevel(),
                    Stream.concat(all.findings().stream(), next.findings().stream()).toList(),
                    all.problem()));
  }

  private static AuditReport report(ResultSet row, String runId) throws SQLException {
    double bound = row.getDouble("required");
    OptionalDouble required = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(bound);
    QualityAudit.Finding finding =
        new QualityAudit.Finding(
            StoredWord.ofRun(
                runId,
                "measure of the audit",
                row.getString("measure"),
                word -> Bound.valueOf("MIN_" + word.toUpperCase(Locale.ROOT))),
            required,
            row.getInt("successes"),
            row.getInt("trials"),
            row.getDouble("measured"),
            row.getDouble("lower_limit"),
            row.getDouble("upper_limit"));
    return new AuditReport(
        row.getString("compared_with"),
        row.getInt("images"),
        row.getLong("failed"),
        row.getDouble("confidence_level"),
        List.of(finding),
        Optional.empty());
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
