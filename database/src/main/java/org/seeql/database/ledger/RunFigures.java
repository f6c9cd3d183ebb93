package org.seeql.database.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

/**
 * The progress of a statement's run, according to the system tables.
 *
 * @param selected images; empty before they are selected
 * @param done images of committed partitions that have an answer
 * @param imagesPerSecond averaged over the time in which tasks worked on committed partitions; the
 *     time between two attempts at the run does not count
 * @param error why the run failed; empty if it has not
 */
public record RunFigures(
    OptionalLong selected, long done, long failed, OptionalDouble imagesPerSecond, String error) {

  /**
   * The time spans of partitions, ordered by start. {@code before_it} is the latest end of all
   * partitions that started earlier.
   */
  private static final String SPANS =
      // MySQL 8.0.12 cannot resolve the columns of a derived table in the ORDER BY of a window.
      "SELECT run_id, UNIX_TIMESTAMP(committed) - seconds AS begun,"
          + " UNIX_TIMESTAMP(committed) AS ended, MAX(UNIX_TIMESTAMP(committed)) OVER (PARTITION BY"
          + " run_id ORDER BY UNIX_TIMESTAMP(committed) - seconds, committed"
          + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_it FROM %2$s"
          + " WHERE state = "
          + PartitionState.COMMITTED.literal()
          + " AND run_id IN (%3$s)";

  /** The total length of the union of these spans. */
  private static final String BUSY =
      "SELECT run_id, SUM(GREATEST(0, ended - GREATEST(begun, COALESCE(before_it, begun))))"
          + " AS seconds FROM ("
          + SPANS
          + ") ordered GROUP BY run_id";

  private static final String QUERY =
      "SELECT r.run_id, r.images, COALESCE(SUM(p.images), 0) AS through,"
          + " COALESCE(SUM(p.failed), 0) AS failed, COALESCE(r.error, '') AS error,"
          + " COALESCE(MAX(busy.seconds), 0) AS busy FROM %1$s r"
          + " LEFT JOIN %2$s p ON p.run_id = r.run_id AND p.state = "
          + PartitionState.COMMITTED.literal()
          + " LEFT JOIN ("
          + BUSY
          + ") busy ON busy.run_id = r.run_id WHERE r.run_id IN (%3$s)"
          + " GROUP BY r.run_id, r.images, r.error";

  /** The figures by run id, without the runs that have not begun. */
  public static Map<String, RunFigures> of(DatabaseSession session, List<String> runIds)
      throws SQLException {
    Map<String, RunFigures> figures = new LinkedHashMap<>();
    if (runIds.isEmpty() || !SystemSchema.exists(session)) {
      return figures;
    }
    List<String> twice = new ArrayList<>(runIds);
    twice.addAll(runIds);
    String sql =
        QUERY.formatted(
            SystemSchema.table("runs"),
            SystemSchema.table("run_partitions"),
            String.join(", ", Collections.nCopies(runIds.size(), "?")));
    session
        .query(sql, row -> Map.entry(row.getString("run_id"), read(row)), twice.toArray())
        .forEach(entry -> figures.put(entry.getKey(), entry.getValue()));
    return figures;
  }

  private static RunFigures read(ResultSet row) throws SQLException {
    long selected = row.getLong("images");
    OptionalLong images = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(selected);
    double busy = row.getDouble("busy");
    OptionalDouble perSecond =
        busy > 0 ? OptionalDouble.of(row.getLong("through") / busy) : OptionalDouble.empty();
    long failed = row.getLong("failed");
    return new RunFigures(
        images, row.getLong("through") - failed, failed, perSecond, row.getString("error"));
  }

  /** {@code 120/300}; empty before the images are selected. */
  public Optional<String> progress() {
    return selected.isPresent()
        ? Optional.of((done + failed) + "/" + selected.getAsLong())
        : Optional.empty();
  }
}
