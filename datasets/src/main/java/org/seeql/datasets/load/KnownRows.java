package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;

/**
 * Compares records with the existing rows of a table. An identical record need not be written
 * again. A record whose row has other values is a problem.
 *
 * @param <T> the records
 */
final class KnownRows<T> {
  private static final int BATCH = 1_000;

  private final DatabaseSession session;
  private final RecordTable<T> table;
  private final ProblemLog problems;
  private final BitSet skipped;
  private final LongConsumer different;
  private final String select;
  private final boolean isEmpty;
  private final List<Candidate<T>> batch = new ArrayList<>();
  private long known;

  private record Candidate<T>(int number, T record, Place place) {}

  /**
   * @param skipped receives the numbers of the records that need not or cannot be written
   * @param different receives the ids whose rows have other values
   */
  KnownRows(
      DatabaseSession session,
      DataSetTables tables,
      RecordTable<T> table,
      ProblemLog problems,
      BitSet skipped,
      LongConsumer different)
      throws SQLException {
    this.session = requireNonNull(session, "session is null");
    this.table = requireNonNull(table, "table is null");
    this.problems = requireNonNull(problems, "problems is null");
    this.skipped = requireNonNull(skipped, "skipped is null");
    this.different = requireNonNull(different, "different is null");
    this.isEmpty = !tables.hasRows(session, table.section().table());
    this.select =
        "SELECT %s FROM %s WHERE %s IN "
            .formatted(
                table.quotedColumns(),
                tables.quoted(table.section().table()),
                table.columns().get(0));
  }

  /**
   * @param number the number of the record among those of its kind, from 0
   */
  void compare(int number, T record, Place place) throws SQLException {
    if (isEmpty) {
      return;
    }
    batch.add(new Candidate<>(number, record, place));
    if (batch.size() == BATCH) {
      finish();
    }
  }

  /** Compares the remaining records. */
  void finish() throws SQLException {
    if (batch.isEmpty()) {
      return;
    }
    Map<Long, T> stored = new HashMap<>();
    String marks = String.join(", ", Collections.nCopies(batch.size(), "?"));
    session.query(
        select + "(" + marks + ")",
        row -> {
          T record = table.read(row);
          return stored.put(table.id(record), record);
        },
        batch.stream().map(candidate -> (Object) table.id(candidate.record())).toArray());
    for (Candidate<T> candidate : batch) {
      T row = stored.get(table.id(candidate.record()));
      if (row != null) {
        skipped.set(candidate.number());
        if (table.isSame(row, candidate.record())) {
          known++;
        } else {
          different(candidate);
        }
      }
    }
    batch.clear();
  }

  private void different(Candidate<T> candidate) {
    different.accept(table.id(candidate.record()));
    String one = table.section().one();
    problems.add(
        new Problem(
            Problem.Kind.DIFFERENT,
            table.section(),
            candidate.place(),
            one + " " + table.id(candidate.record()),
            "the database has a different " + one + " with this id"));
  }

  /** Whether the table has no rows to compare with. */
  boolean isEmpty() {
    return isEmpty;
  }

  /** The number of records that the table already contains unchanged. */
  long known() {
    return known;
  }
}
