package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * The types of a selection's columns, which determine how values can be read from the database.
 * Immutable.
 *
 * @param columns by name in lower case
 */
record SelectionTypes(Map<String, Type> columns) {
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
  // Character sets whose values all survive a conversion to UTF-8 and back.
  private static final Set<String> CHARACTER_SETS = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");
  private static final Set<String> READ_AS_TEXT =
      Set.of(
          "decimal",
          "float",
          "double",
          "year",
          "date",
          "time",
          "datetime",
          "timestamp",
          "json",
          "uuid",
          "inet4",
          "inet6");

  // Types whose values an index contains as a whole
  private static final Set<String> SHORT =
      Set.of("decimal", "float", "double", "year", "date", "time", "datetime", "timestamp");
  private static final Set<String> BYTES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  // 191 characters of 4 bytes fit into the 767 bytes of an index in every row format
  private static final long LONGEST_PREFIX = 191;

  SelectionTypes {
    columns = Map.copyOf(columns);
  }

  /**
   * A column's type.
   *
   * @param name as in {@code information_schema}
   * @param characterSet of its values; empty if they are not text
   * @param length the maximum length of texts and bytes; 0 for other types
   */
  record Type(String name, Optional<String> characterSet, long length) {
    private Optional<String> index(String quoted) {
      if (INTEGERS.contains(name) || SHORT.contains(name)) {
        return Optional.of(quoted);
      }
      return length > 0 && (isText() || BYTES.contains(name))
          ? Optional.of("%s(%d)".formatted(quoted, Math.min(length, LONGEST_PREFIX)))
          : Optional.empty();
    }

    private boolean isExactAsText() {
      return INTEGERS.contains(name)
          || (isText() && characterSet.filter(CHARACTER_SETS::contains).isPresent());
    }

    private boolean isText() {
      return TEXTS.contains(name);
    }

    private boolean isBinary() {
      return characterSet.isEmpty() && !INTEGERS.contains(name) && !READ_AS_TEXT.contains(name);
    }
  }

  static SelectionTypes of(DatabaseSession session, String runId) throws SQLException {
    TableName selection = Selection.table(runId);
    Map<String, Type> columns = new HashMap<>();
    session.query(
        "SELECT column_name, data_type, character_set_name, character_maximum_length FROM"
            + " information_schema.columns WHERE table_schema = ? AND table_name = ?",
        row ->
            columns.put(
                row.getString(1).toLowerCase(Locale.ROOT),
                new Type(
                    row.getString(2).toLowerCase(Locale.ROOT),
                    Optional.ofNullable(row.getString(3)),
                    row.getLong(4))),
        selection.database().orElseThrow(),
        selection.name());
    return new SelectionTypes(columns);
  }

  /**
   * Whether a value can be read as text and written back unchanged. For other types the driver may
   * lose information: microseconds, the sign of a time, bytes that are not text.
   */
  boolean isExactAsText(String column) {
    return find(column).filter(Type::isExactAsText).isPresent();
  }

  /** The expression for a column's text, as the server formats it, with bytes in hexadecimal. */
  String text(String column) {
    String quoted = TableName.quote(column);
    if (find(column).filter(Type::isText).isPresent()) {
      return quoted;
    }
    return isBinary(column) ? "HEX(" + quoted + ")" : "CAST(" + quoted + " AS CHAR)";
  }

  /** The expression for a path. Bytes are unchanged, because they are a path in UTF-8. */
  String path(String column) {
    return isBinary(column) ? TableName.quote(column) : text(column);
  }

  /**
   * The columns of an index of a column's values in another table, for looking them up. Empty if
   * the type needs another kind of index.
   *
   * @param name the name of the column in the other table
   */
  Optional<String> index(String column, String name) {
    return find(column).flatMap(type -> type.index(TableName.quote(name)));
  }

  private boolean isBinary(String column) {
    return find(column).filter(Type::isBinary).isPresent();
  }

  private Optional<Type> find(String column) {
    return Optional.ofNullable(columns.get(column.toLowerCase(Locale.ROOT)));
  }
}
