package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seeql.cli.report.EvaluationPage.Curve;
import org.seeql.cli.report.EvaluationPage.OutcomeCounts;
import org.seeql.cli.report.EvaluationPage.ScoreBin;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * Summarises the table of matches of an evaluation. The database computes the sums, so that memory
 * depends only on the number of classes.
 */
final class MatchQueries {
  /** The rows of a run that count in precision and recall. */
  static final String COUNTED = " WHERE run_id = ? AND counted";

  private final DatabaseSession session;
  private final TableName table;
  private final String runId;

  MatchQueries(DatabaseSession session, TableName table, String runId) {
    this.session = requireNonNull(session, "session is null");
    this.table = requireNonNull(table, "table is null");
    this.runId = requireNonNull(runId, "runId is null");
  }

  OutcomeCounts counts() throws SQLException {
    List<Long> counts = new ArrayList<>(Collections.nCopies(MatchKind.values().length, 0L));
    session
        .query(
            "SELECT %s AS kind, COUNT(*) FROM %s%s GROUP BY kind"
                .formatted(MatchKind.SQL, table.quoted(), COUNTED),
            row -> Map.entry(row.getString(1), row.getLong(2)),
            runId)
        .forEach(kind -> counts.set(MatchKind.of(kind.getKey()).place(), kind.getValue()));
    return new OutcomeCounts(counts);
  }

  /** The number of objects of each class, in descending order. */
  Map<String, Long> objects() throws SQLException {
    Map<String, Long> objects = new LinkedHashMap<>();
    session
        .query(
            "SELECT actual_class, COUNT(*) AS n FROM %s%s AND outcome IN ('true positive', 'missed')"
                    .formatted(table.quoted(), COUNTED)
                + " GROUP BY actual_class ORDER BY n DESC, actual_class",
            row -> Map.entry(row.getString(1), row.getLong(2)),
            runId)
        .forEach(of -> objects.put(of.getKey(), of.getValue()));
    return objects;
  }

  private record Point(String name, long hundredths, double precision) {}

  /**
   * The curves of classes with objects. A curve is made of all detections, also of those below the
   * evaluation's confidence.
   */
  List<Curve> curves(Map<String, Long> objects) throws SQLException {
    // The database returns at most one row for each hundredth of recall
    String ranked =
        "SELECT predicted_class AS c, SUM(outcome = 'true positive') OVER w AS tp, COUNT(*) OVER w"
            + " AS n FROM "
            + table.quoted()
            + " WHERE run_id = ? AND outcome IN ('true positive', 'false positive') WINDOW w AS"
            + " (PARTITION BY predicted_class ORDER BY score DESC, image_id, detection ROWS BETWEEN"
            + " UNBOUNDED PRECEDING AND CURRENT ROW)";
    String sizes =
        "SELECT actual_class AS c, COUNT(*) AS size FROM %s%s AND outcome IN ('true positive',"
                .formatted(table.quoted(), COUNTED)
            + " 'missed') GROUP BY actual_class";
    List<Point> points =
        session.query(
            "SELECT r.c, FLOOR(100 * r.tp / s.size) AS hundredths, MAX(r.tp / r.n) FROM (%s) r JOIN"
                    .formatted(ranked)
                + " (%s) s ON s.c = r.c GROUP BY r.c, hundredths".formatted(sizes),
            row -> new Point(row.getString(1), row.getLong(2), row.getDouble(3)),
            runId,
            runId);
    Map<String, double[]> best = new LinkedHashMap<>();
    objects.keySet().forEach(name -> best.put(name, new double[Curve.POINTS]));
    for (Point point : points) {
      best.get(point.name)[(int) point.hundredths] = point.precision;
    }
    List<Curve> curves = new ArrayList<>();
    best.forEach((name, precision) -> curves.add(curve(name, objects.get(name), precision)));
    return curves;
  }

  /** Of each recall, the maximum precision at that recall or above. */
  private static Curve curve(String name, long objects, double[] precision) {
    List<Double> points = new ArrayList<>();
    double most = 0;
    for (int i = precision.length - 1; i >= 0; i--) {
      most = Math.max(most, precision[i]);
      points.add(most);
    }
    Collections.reverse(points);
    return new Curve(name, objects, points);
  }

  List<ScoreBin> bins() throws SQLException {
    return session.query(
        "SELECT LEAST(%1$d - 1, FLOOR(ROUND(score, 6) * %1$d)) AS b, COUNT(*), SUM(outcome = 'true"
                .formatted(ScoreBin.BINS)
            + " positive'), AVG(score) FROM "
            + table.quoted()
            + " WHERE run_id = ? AND outcome IN ('true positive', 'false positive')"
            + " GROUP BY b ORDER BY b",
        row -> new ScoreBin(row.getInt(1), row.getLong(2), row.getLong(3), row.getDouble(4)),
        runId);
  }
}
