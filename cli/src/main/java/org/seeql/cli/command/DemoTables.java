package org.seeql.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.seeql.job.jdbc.DatabaseConnector;
import org.seeql.job.jdbc.DatabaseErrors;
import org.seeql.job.jdbc.DatabaseSession;
import org.seeql.job.jdbc.SystemSchema;

/** The demo's tables of pictures. */
final class DemoTables {
  private DemoTables() {}

  /** The pictures are imported anew every time: the checkout they lie in may be another. */
  static void forgetImages(DatabaseConnector database) {
    try (DatabaseSession session = DatabaseSession.open(database)) {
      SystemSchema.migrate(database);
      session.execute("DROP TABLE IF EXISTS demo.images");
      session.update(
          "DELETE FROM "
              + SystemSchema.table("image_roots")
              + " WHERE database_name = 'demo' AND table_name = 'images'");
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot remove the pictures of an earlier demo", e);
    }
  }

  /** What the pictures really show, as {@code demo.truth}: one row a picture, made anew. */
  static void loadTruth(DatabaseConnector database, Path annotations) {
    try (DatabaseSession session = DatabaseSession.open(database)) {
      JsonNode coco = new ObjectMapper().readTree(annotations.toFile());
      session.execute(
          "CREATE OR REPLACE TABLE demo.truth (file_name VARCHAR(255) PRIMARY KEY,"
              + " place VARCHAR(20) NOT NULL, objects INT NOT NULL)");
      insert(session, coco);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot load the demo's ground truth", e);
    } catch (IOException e) {
      throw new CommandRefusal("Cannot read " + annotations + ": " + e.getMessage(), e);
    }
  }

  private static void insert(DatabaseSession session, JsonNode coco) throws SQLException {
    Map<Long, Integer> objects = new HashMap<>();
    for (JsonNode annotation : coco.path("annotations")) {
      objects.merge(annotation.path("image_id").asLong(), 1, Integer::sum);
    }
    try (PreparedStatement insert =
        session.connection().prepareStatement("INSERT INTO demo.truth VALUES (?, ?, ?)")) {
      for (JsonNode image : coco.path("images")) {
        insert.setString(1, image.path("file_name").asText());
        insert.setString(2, image.path("scene").asText());
        insert.setInt(3, objects.getOrDefault(image.path("id").asLong(), 0));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
