package org.seeql.job.jdbc;

import org.seeql.planner.statement.TableName;

/**
 * What one image is told from another by, in SQL: the first 16 bytes of the SHA-256 of its id and
 * its path, as they are selected. Byte by byte, and NULL is apart from every text. Of a million
 * images two have the same key by chance with a probability of 10^-27.
 */
final class ImageKey {
  private ImageKey() {}

  /**
   * The key of a row.
   *
   * @param rows what the rows of the selection are called in the statement
   */
  static String of(String rows, ResultLayout layout) {
    return "UNHEX(LEFT(SHA2(CONCAT(%s, %s), 256), 32))"
        .formatted(part(rows, layout.idColumn()), part(rows, layout.pathColumn()));
  }

  // with its length, so that where the id ends and the path begins is part of the key
  private static String part(String rows, String column) {
    String bytes = "CAST(%s.%s AS BINARY)".formatted(rows, TableName.quote(column));
    return "COALESCE(CONCAT(LENGTH(%1$s), ':', %1$s), '-')".formatted(bytes);
  }
}
