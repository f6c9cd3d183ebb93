package org.seeql.job.run;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.FrequentFailure;

/** Counts the failed images of a run by their reasons. */
final class FrequentFailures {
  /** Enough for the most frequent reasons; a run can have millions of failures. */
  private static final int MAX_READ = 20_000;

  private static final int SHOWN = 3;

  /** What differs between images with the same problem: quoted values, paths, numbers. */
  private static final Pattern VALUES = Pattern.compile("'[^']*'|\\S*/\\S*|\\d+");

  private final Map<String, FrequentFailure> byKind = new LinkedHashMap<>();

  private FrequentFailures() {}

  /**
   * The most frequent reasons, the most frequent one first.
   *
   * @return at most three, of the first 20,000 failed images
   */
  static List<FrequentFailure> of(DatabaseSession session, String runId) throws SQLException {
    return among(
        session.query(
            "SELECT stage, reason, COALESCE(path, '') FROM %s WHERE run_id = ? ORDER BY row_id LIMIT %d"
                .formatted(SystemSchema.table("run_failures"), MAX_READ),
            row -> new FrequentFailure(1, row.getString(1), row.getString(2), row.getString(3)),
            runId));
  }

  /** The most frequent reasons of failures. The examples are the first images. */
  static List<FrequentFailure> among(List<FrequentFailure> failures) {
    FrequentFailures reasons = new FrequentFailures();
    failures.forEach(reasons::add);
    return reasons.sorted();
  }

  private void add(FrequentFailure failure) {
    byKind.merge(
        failure.stage() + " " + kind(failure),
        failure,
        (first, next) ->
            new FrequentFailure(first.images() + 1, first.stage(), first.reason(), first.path()));
  }

  private static String kind(FrequentFailure failure) {
    String withoutPath =
        failure.path().isEmpty() ? failure.reason() : failure.reason().replace(failure.path(), "/");
    return VALUES.matcher(withoutPath).replaceAll("");
  }

  private List<FrequentFailure> sorted() {
    List<FrequentFailure> sorted = new ArrayList<>(byKind.values());
    sorted.sort(Comparator.comparingLong(FrequentFailure::images).reversed());
    return List.copyOf(sorted.subList(0, Math.min(SHOWN, sorted.size())));
  }
}
