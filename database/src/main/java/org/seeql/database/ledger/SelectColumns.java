package org.seeql.database.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * The columns of a SELECT, as reported by the database.
 *
 * @param labels in order, as they are written
 * @param primaryKey the label of the only column that is the entire primary key of a table that the
 *     SELECT reads; empty if there is no such column or more than one
 */
public record SelectColumns(List<String> labels, Optional<String> primaryKey) {
  public SelectColumns {
    labels = List.copyOf(labels);
  }

  /**
   * Lets the database prepare the SELECT without executing it.
   *
   * @throws SQLException if the database rejects the SELECT
   */
  public static SelectColumns of(DatabaseSession session, String select) throws SQLException {
    List<String> labels = new ArrayList<>();
    Set<Origin> origins = new LinkedHashSet<>();
    try (PreparedStatement statement = session.prepareOnServer(select)) {
      ResultSetMetaData columns = statement.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        labels.add(columns.getColumnLabel(i));
        if (!columns.getTableName(i).isEmpty() && !columns.getColumnName(i).isEmpty()) {
          origins.add(
              new Origin(
                  columns.getCatalogName(i),
                  columns.getTableName(i),
                  columns.getColumnName(i),
                  columns.getColumnLabel(i)));
        }
      }
    }
    return new SelectColumns(labels, primaryKey(session, origins));
  }

  /**
   * The labels of an earlier result without the label of its key, which some servers cannot hide.
   */
  public static List<String> withoutRowKey(List<String> labels) {
    return labels.stream().filter(label -> !label.equalsIgnoreCase(RowKey.NAME)).toList();
  }

  /** The label that equals a name, ignoring case. */
  public Optional<String> find(String name) {
    return labels.stream().filter(label -> label.equalsIgnoreCase(name)).findFirst();
  }

  /** Labels that more than one column has. */
  public Set<String> duplicates() {
    Set<String> seen = new TreeSet<>();
    Set<String> duplicates = new LinkedHashSet<>();
    for (String label : labels) {
      if (!seen.add(label.toLowerCase(Locale.ROOT))) {
        duplicates.add(label);
      }
    }
    return duplicates;
  }

  private static Optional<String> primaryKey(DatabaseSession session, Set<Origin> origins)
      throws SQLException {
    Set<String> keys = new LinkedHashSet<>();
    Set<String> asked = new LinkedHashSet<>();
    for (Origin origin : origins) {
      if (asked.add(origin.database() + "\0" + origin.table())) {
        List<String> key =
            session.query(
                "SELECT column_name FROM information_schema.key_column_usage WHERE table_schema ="
                    + " ? AND table_name = ? AND constraint_name = 'PRIMARY'",
                row -> row.getString(1),
                origin.database(),
                origin.table());
        origins.stream()
            .filter(o -> o.database().equals(origin.database()) && o.table().equals(origin.table()))
            .filter(o -> key.size() == 1 && key.get(0).equalsIgnoreCase(o.column()))
            .forEach(o -> keys.add(o.label()));
      }
    }
    return keys.size() == 1 ? keys.stream().findFirst() : Optional.empty();
  }

  private record Origin(String database, String table, String column, String label) {}
}
