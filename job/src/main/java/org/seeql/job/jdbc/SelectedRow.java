package org.seeql.job.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * An image of the selection.
 *
 * @param row from 1
 * @param id as the driver reads it; may be null
 * @param path as the driver reads it; may be null
 */
public record SelectedRow(long row, Object id, Object path) {
  public Optional<String> idText() {
    return Optional.ofNullable(id).map(SelectedRow::text);
  }

  public Optional<String> pathText() {
    return Optional.ofNullable(path).map(SelectedRow::text);
  }

  // the driver reads VARBINARY as bytes
  private static String text(Object value) {
    return value instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(value);
  }
}
