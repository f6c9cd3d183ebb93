package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * The primary key of a result: a number without a meaning. Servers with row-based replication or
 * {@code sql_require_primary_key} do not accept tables without a key. It is the last column, and
 * invisible if the server supports invisible columns.
 */
final class RowKey {
  static final String NAME = "seeql_id";
  private static final String TYPE = " BIGINT NOT NULL AUTO_INCREMENT";
  private static final Pattern KEY = Pattern.compile(NAME + "(_\\d+)?");
  private static final Pattern VERSION = Pattern.compile("(?:5\\.5\\.5-)?(\\d+)\\.(\\d+)\\.(\\d+)");

  private RowKey() {}

  /** Adds the key to the definitions and values of a table that is created from a SELECT. */
  static void add(
      DatabaseSession session, ResultLayout layout, List<String> definitions, List<String> values)
      throws SQLException {
    String name = TableName.quote(freeName(layout));
    String visibility = canHideColumns(version(session)) ? " INVISIBLE" : "";
    definitions.add(name + TYPE + visibility + " PRIMARY KEY");
    values.add("NULL AS " + name);
  }

  /** Whether the last column of a result is its key, according to its name. */
  static boolean isKey(String lastColumn) {
    return KEY.matcher(lastColumn).matches();
  }

  private static String freeName(ResultLayout layout) {
    String name = NAME;
    for (int i = 2; isTaken(name, layout); i++) {
      name = NAME + "_" + i;
    }
    return name;
  }

  private static boolean isTaken(String name, ResultLayout layout) {
    return layout.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }

  private static String version(DatabaseSession session) throws SQLException {
    return session.findFirst("SELECT VERSION()", row -> row.getString(1)).orElseThrow();
  }

  /** Whether a server supports invisible columns: MariaDB from 10.3, MySQL from 8.0.23. */
  static boolean canHideColumns(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.lookingAt()) {
      return false;
    }
    int number =
        (Integer.parseInt(numbers.group(1)) * 1_000 + Integer.parseInt(numbers.group(2))) * 1_000
            + Integer.parseInt(numbers.group(3));
    return number >= (version.contains("MariaDB") ? 10_003_000 : 8_000_023);
  }
}
