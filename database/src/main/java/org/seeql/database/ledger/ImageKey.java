package org.seeql.database.ledger;

import org.seeql.planner.statement.TableName;

/**
 * The SQL expression that identifies an image: the first 16 bytes of the SHA-256 of its selected id
 * and path. Values are compared byte by byte, and NULL differs from every text. Among a million
 * images, the probability that two have the same key is 10^-27.
 */
final class ImageKey {
  private ImageKey() {}

  /**
   * The key of a row of the user's SELECT.
   *
   * @param rows the alias of the rows in the statement
   */
  static String ofSelect(String rows, ResultLayout layout) {
    return of(rows, layout.idColumn(), layout.pathColumn());
  }

  /**
   * The key of a row of a selection's table.
   *
   * @param rows the alias of the rows in the statement
   */
  static String ofSelection(String rows, ResultLayout layout) {
    return of(rows, Selection.column(layout.idColumn()), Selection.column(layout.pathColumn()));
  }

  private static String of(String rows, String id, String path) {
    return "UNHEX(LEFT(SHA2(CONCAT(%s, %s), 256), 32))".formatted(part(rows, id), part(rows, path));
  }

  // The length is included, so the key depends on where the id ends and the path begins.
  private static String part(String rows, String column) {
    String bytes = "CAST(%s.%s AS BINARY)".formatted(rows, TableName.quote(column));
    return "COALESCE(CONCAT(LENGTH(%1$s), ':', %1$s), '-')".formatted(bytes);
  }
}
