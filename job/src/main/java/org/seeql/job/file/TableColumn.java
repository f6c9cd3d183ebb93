package org.seeql.job.file;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.file.FileColumn.Kind;
import org.seeql.planner.statement.TableName;

/**
 * A column of a table, with its type in files.
 *
 * @param expression selects its values without loss
 */
public record TableColumn(FileColumn column, String expression) {
  // Spark and Parquet's other readers have no decimals with more digits.
  private static final int MAX_PRECISION = 38;

  public TableColumn {
    requireNonNull(column, "column is null");
    requireNonNull(expression, "expression is null");
  }

  /**
   * The columns of a table or view, in order, except the invisible ones.
   *
   * @param table with its database
   */
  public static List<TableColumn> list(DatabaseSession session, TableName table)
      throws SQLException {
    String definition =
        session
            .findFirst("SHOW CREATE TABLE " + table.quoted(), row -> row.getString(2))
            .orElseThrow();
    return session
        .query(
            "SELECT column_name, data_type, column_type, numeric_precision, numeric_scale, extra,"
                + " character_set_name FROM information_schema.columns WHERE table_schema = ? AND"
                + " table_name = ? ORDER BY ordinal_position",
            row ->
                row.getString(6).toUpperCase(Locale.ROOT).contains("INVISIBLE")
                    ? Optional.<TableColumn>empty()
                    : Optional.of(
                        of(
                            row.getString(1),
                            row.getString(2).toLowerCase(Locale.ROOT),
                            row.getString(3).toLowerCase(Locale.ROOT).contains("unsigned"),
                            row.getInt(4),
                            row.getInt(5),
                            row.getString(7) != null,
                            definition)),
            table.database().orElseThrow(),
            table.name())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static TableColumn of(
      String name,
      String type,
      boolean isUnsigned,
      int precision,
      int scale,
      boolean isText,
      String definition) {
    String quoted = TableName.quote(name);
    Kind kind =
        switch (type) {
          case "tinyint" -> isUnsigned ? Kind.UINT8 : Kind.INT8;
          case "smallint" -> isUnsigned ? Kind.UINT16 : Kind.INT16;
          case "mediumint", "int" -> isUnsigned ? Kind.UINT32 : Kind.INT32;
          case "bigint" -> isUnsigned ? Kind.UINT64 : Kind.INT64;
          case "year" -> Kind.INT16;
          case "decimal" -> precision <= MAX_PRECISION ? Kind.DECIMAL : Kind.TEXT;
          case "float" -> Kind.FLOAT;
          case "double" -> Kind.DOUBLE;
          case "bit" -> precision == 1 ? Kind.BIT : Kind.BITS;
          case "date" -> Kind.DATE;
          case "datetime" -> Kind.DATETIME;
          case "timestamp" -> Kind.TIMESTAMP;
          // A span of up to 838 hours, which may be negative: Parquet's TIME is a time of day.
          case "time", "uuid", "inet4", "inet6" -> Kind.TEXT;
          case "json" -> Kind.JSON;
          default -> {
            if (!isText) {
              yield Kind.BYTES;
            }
            // MariaDB's JSON is text with a check.
            yield definition.contains("json_valid(" + quoted + ")") ? Kind.JSON : Kind.TEXT;
          }
        };
    // The server rounds the text of a FLOAT to six digits.
    String expression = kind == Kind.FLOAT ? quoted + " + 0e0" : quoted;
    return new TableColumn(
        kind == Kind.DECIMAL
            ? new FileColumn(name, kind, precision, scale)
            : new FileColumn(name, kind),
        expression);
  }

  /** The values of a row, which the expressions have selected. */
  public static List<Object> values(List<TableColumn> columns, List<Object> row) {
    List<Object> values = new ArrayList<>(row);
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).column().kind() == Kind.FLOAT && row.get(i) != null) {
        // The shortest text of the number, instead of all digits of the DOUBLE
        values.set(i, Float.parseFloat(row.get(i).toString()));
      }
    }
    return values;
  }
}
