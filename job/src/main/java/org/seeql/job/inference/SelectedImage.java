package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.seeql.udf.batch.ImageSource;

/**
 * A row of the selection, as Spark reads it: row number, id, path.
 *
 * @param id as the database has it; may be null
 * @param path as the database has it; may be null
 */
record SelectedImage(long row, Object id, Object path, ImageRoot root) implements ImageSource {
  SelectedImage {
    requireNonNull(root, "root is null");
  }

  static SelectedImage of(Row row, ImageRoot root) {
    return new SelectedImage(row.getLong(0), row.get(1), row.get(2), root);
  }

  Optional<String> idText() {
    return Optional.ofNullable(id).map(String::valueOf);
  }

  Optional<String> pathText() {
    return Optional.ofNullable(path).map(String::valueOf);
  }

  @Override
  public byte[] read() throws IOException {
    return root.read(pathText().orElseThrow(() -> new IOException("the path is NULL")));
  }
}
