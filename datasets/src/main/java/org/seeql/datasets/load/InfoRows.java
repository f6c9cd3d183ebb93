package org.seeql.datasets.load;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.record.InfoRecord;

/** Rows of {@code info}, which has no key. */
final class InfoRows {
  static final List<String> COLUMNS =
      List.of("year", "version", "description", "contributor", "url", "date_created", "split");

  private InfoRows() {}

  /** Adds the records that are not in the table yet. */
  static void add(
      DatabaseSession session,
      DataSetTables tables,
      Collection<InfoRecord> infos,
      Optional<String> split)
      throws SQLException {
    String columns = String.join(", ", COLUMNS);
    // NULL-safe: two rows are also equal if both are NULL in a column.
    String same = COLUMNS.stream().map(c -> c + " <=> ?").collect(Collectors.joining(" AND "));
    String table = tables.quoted("info");
    for (InfoRecord info : infos) {
      Object[] values = {
        info.year().isPresent() ? info.year().getAsInt() : null,
        info.version().orElse(null),
        info.description().orElse(null),
        info.contributor().orElse(null),
        info.url().orElse(null),
        info.dateCreated().orElse(null),
        split.orElse(null)
      };
      boolean exists =
          session
              .findFirst(
                  "SELECT 1 FROM " + table + " WHERE " + same + " LIMIT 1", row -> true, values)
              .orElse(false);
      if (!exists) {
        session.update(
            "INSERT INTO " + table + " (" + columns + ") VALUES (?, ?, ?, ?, ?, ?, ?)", values);
      }
    }
  }
}
