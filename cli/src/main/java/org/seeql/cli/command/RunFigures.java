package org.seeql.cli.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.seeql.job.jdbc.DatabaseSession;
import org.seeql.job.jdbc.SystemSchema;

/**
 * How far a statement's run is, by the system tables.
 *
 * @param state running, succeeded or failed
 * @param selected images; empty before they are selected
 * @param done images of committed partitions, with an answer
 * @param imagesPerSecond while inferring: of a run that has not ended well, from the first image of
 *     a committed partition to the last
 * @param error why it failed; empty if it has not
 */
record RunFigures(
    String state,
    OptionalLong selected,
    long done,
    long failed,
    OptionalDouble imagesPerSecond,
    String error) {

  private static final String QUERY =
      "SELECT r.run_id, r.state, r.images, COALESCE(SUM(p.images), 0) AS through,"
          + " COALESCE(SUM(p.failed), 0) AS failed, COALESCE(r.error, '') AS error,"
          + " SUM(p.images) / COALESCE(JSON_EXTRACT(r.stage_seconds, '$.infer'),"
          + " TIMESTAMPDIFF(MICROSECOND,"
          + " MIN(TIMESTAMPADD(MICROSECOND, -ROUND(p.seconds * 1e6), p.committed)),"
          + " MAX(p.committed)) / 1e6) AS per_second FROM %s r LEFT JOIN %s p"
          + " ON p.run_id = r.run_id AND p.state = 'committed' WHERE r.run_id IN (%s)"
          + " GROUP BY r.run_id, r.state, r.images, r.error, r.stage_seconds";

  /** By the ids of runs; without those that have not begun. */
  static Map<String, RunFigures> of(DatabaseSession session, List<String> runIds)
      throws SQLException {
    Map<String, RunFigures> figures = new LinkedHashMap<>();
    if (runIds.isEmpty()) {
      return figures;
    }
    String sql =
        QUERY.formatted(
            SystemSchema.table("runs"),
            SystemSchema.table("run_partitions"),
            String.join(", ", Collections.nCopies(runIds.size(), "?")));
    session
        .query(sql, row -> Map.entry(row.getString("run_id"), read(row)), runIds.toArray())
        .forEach(entry -> figures.put(entry.getKey(), entry.getValue()));
    return figures;
  }

  private static RunFigures read(ResultSet row) throws SQLException {
    long selected = row.getLong("images");
    OptionalLong images = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(selected);
    double rate = row.getDouble("per_second");
    OptionalDouble perSecond = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(rate);
    long failed = row.getLong("failed");
    return new RunFigures(
        row.getString("state"),
        images,
        row.getLong("through") - failed,
        failed,
        perSecond,
        row.getString("error"));
  }

  /** {@code 120/300}, once the images are selected. */
  Optional<String> progress() {
    return selected.isPresent()
        ? Optional.of((done + failed) + "/" + selected.getAsLong())
        : Optional.empty();
  }
}
