package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/** The image roots of tables, in {@code image_roots}. */
public final class ImageRoots {
  private static final String TABLE = SystemSchema.table("image_roots");

  private ImageRoots() {}

  /** Records a table's root and replaces an earlier one. */
  public static void put(DatabaseSession session, TableName table, String root)
      throws SQLException {
    session.update(
        "INSERT INTO "
            + TABLE
            + " (database_name, table_name, root) VALUES (?, ?, ?)"
            + " ON DUPLICATE KEY UPDATE root = VALUES(root)",
        table.database().orElseThrow(),
        table.name(),
        root);
  }

  /**
   * The distinct roots of the given tables; tables without a root are omitted. A result has the
   * root of the run that wrote it.
   *
   * @param database the database of unqualified table names
   */
  public static List<String> find(
      DatabaseSession session, List<TableName> tables, Optional<String> database)
      throws SQLException {
    List<String> roots = new ArrayList<>();
    for (TableName table : tables) {
      Optional<String> of = table.database().or(() -> database);
      if (of.isPresent()) {
        find(session, TableName.of(of.get(), table.name())).ifPresent(roots::add);
      }
    }
    return roots.stream().distinct().toList();
  }

  private static Optional<String> find(DatabaseSession session, TableName table)
      throws SQLException {
    String database = table.database().orElseThrow();
    Optional<String> imported =
        session.findFirst(
            "SELECT root FROM " + TABLE + " WHERE database_name = ? AND table_name = ?",
            row -> row.getString(1),
            database,
            table.name());
    if (imported.isPresent()) {
      return imported;
    }
    return session.findFirst(
        "SELECT image_root FROM "
            + SystemSchema.table("runs")
            + " WHERE target_database = ? AND target_table = ? AND state = "
            + RunState.SUCCEEDED.literal()
            + " ORDER BY finished DESC LIMIT 1",
        row -> row.getString(1),
        database,
        table.name());
  }
}
