package org.seeql.job.jdbc;

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
    return Optional.ofNullable(id).map(String::valueOf);
  }

  public Optional<String> pathText() {
    return Optional.ofNullable(path).map(String::valueOf);
  }
}
