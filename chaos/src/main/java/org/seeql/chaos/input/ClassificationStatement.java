package org.seeql.chaos.input;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/** The statement for hostile files: a classifier that returns one row per image. */
final class ClassificationStatement {
  private ClassificationStatement() {}

  static void prepare(Workplace place) throws Exception {
    place.run(
        "-e",
        "CREATE MODEL places OPTIONS (uri = '%1$s/models/places.onnx', layout = 'classification', normalization = 'none',"
                .formatted(place.demo())
            + " labels = '%s/models/places.labels.txt')".formatted(place.demo()));
  }

  /** Creates a table of files, with ids from 1. */
  static void register(Workplace place, String table, List<String> files) throws SQLException {
    place.execute(
        "CREATE TABLE "
            + table
            + " (image_id INT PRIMARY KEY, file_name VARCHAR(1000) NOT NULL)"
            + " DEFAULT CHARACTER SET utf8mb4");
    try (DatabaseSession session = place.session();
        PreparedStatement insert =
            session.connection().prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
      for (int i = 0; i < files.size(); i++) {
        insert.setInt(1, i + 1);
        insert.setString(2, files.get(i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static String sql(String images, String model, Path folder, String target) {
    return "SELECT image_id, file_name FROM "
        + images
        + " TO RUN x CMD 'classify', '--model="
        + model
        + "', '--max_failed_images=100%', '--image_dir="
        + folder
        + "' INTO "
        + target;
  }
}
