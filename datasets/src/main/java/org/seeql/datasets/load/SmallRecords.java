package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.record.Place;

/**
 * Licences or categories, which are few enough to keep in memory.
 *
 * @param <T> the records
 */
final class SmallRecords<T> {
  private final RecordTable<T> table;
  private final List<T> added = new ArrayList<>();
  private final long known;

  /**
   * Compares records with the content of the database.
   *
   * @param source the name of their source, for problems
   * @param different receives the ids for which the database has other values
   */
  SmallRecords(
      DatabaseSession session,
      DataSetTables tables,
      RecordTable<T> table,
      Collection<T> records,
      ProblemLog problems,
      String source,
      LongConsumer different)
      throws SQLException {
    this.table = requireNonNull(table, "table is null");
    BitSet skipped = new BitSet();
    KnownRows<T> rows = new KnownRows<>(session, tables, table, problems, skipped, different);
    List<T> all = List.copyOf(records);
    for (int i = 0; i < all.size(); i++) {
      rows.compare(i, all.get(i), Place.of(source));
    }
    rows.finish();
    for (int i = skipped.nextClearBit(0); i < all.size(); i = skipped.nextClearBit(i + 1)) {
      added.add(all.get(i));
    }
    this.known = rows.known();
  }

  void write(DatabaseSession session, DataSetTables tables) throws SQLException {
    try (RowWriter<T> rows = new RowWriter<>(session, tables, table)) {
      for (T record : added) {
        rows.write(record);
      }
      rows.flush();
    }
  }

  Counts counts(ProblemLog problems) {
    return new Counts(added.size(), known, problems.of(table.section()));
  }
}
