package org.seeql.database.ledger;

import org.seeql.planner.statement.TableName;

/**
 * What one image is told from another by, in SQL: the first 16 bytes of the SHA-256 of its id and
 * its path, as they are selected. Byte by byte, and NULL is apart from every text. Of a million
 * images two have the same key by chance with a probability of 10^-27.
 */
final class ImageKey {
  private ImageKey() {}

  /**
   * The key of a row of the user's SELECT.
   *
   * @param rows what the rows are called in the statement
   */
  static String ofSelect(String rows, ResultLayout layout) {
    return of(rows, layout.idColumn(), layout.pathColumn());
  }

  /**
   * The key of a row of a selection's table.
   *
   * @param rows what the rows are called in the statement
   */
  static String ofSelection(String rows, ResultLayout layout) {
    return of(rows, Selection.column(layout.idColumn()), Selection.column(layout.pathColumn()));
  }

  private static String of(String rows, String id, String path) {
    return "UNHEX(LEFT(SHA2(CONCAT(%s, %s), 256), 32))".formatted(part(rows, id), part(rows, path));
  }

  // with its length, so that where the id ends and the path begins is part of the key
  private static String part(String rows, String column) {
    String bytes = "CAST(%s.%s AS BINARY)".formatted(rows, TableName.quote(column));
    return "COALESCE(CONCAT(LENGTH(%1$s), ':', %1$s), '-')".formatted(bytes);
  }
}
