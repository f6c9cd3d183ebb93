package org.seeql.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import org.seeql.job.jdbc.DatabaseSession;

/**
 * The demo's pictures with their labels, in a database of their own: COCO's columns and no others.
 */
final class LabelledDemo {
  private LabelledDemo() {}

  /**
   * Makes the database.
   *
   * @param split {@code show} or {@code profile}
   */
  static void load(TestDatabase database, String name, String split) throws Exception {
    JsonNode coco =
        new ObjectMapper()
            .readTree(RunFixture.DEMO.resolve("annotations/" + split + ".json").toFile());
    Path root = RunFixture.DEMO.resolve("images/" + split);
    database.execute(
        "DROP DATABASE IF EXISTS " + name,
        "CREATE DATABASE " + name,
        "CREATE TABLE "
            + name
            + ".images (image_id INT PRIMARY KEY, file_name VARCHAR(200), place VARCHAR(20))",
        "CREATE TABLE "
            + name
            + ".annotations (id INT PRIMARY KEY, image_id INT, category_id INT, bbox JSON,"
            + " area DOUBLE, iscrowd INT, KEY (image_id))",
        "CREATE TABLE " + name + ".categories (category_id INT PRIMARY KEY, name VARCHAR(50))",
        "INSERT INTO seeql.image_roots VALUES ('" + name + "', 'images', '" + root + "')");
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      insert(session, name + ".images", coco.get("images"), "id", "file_name", "scene");
      insert(session, name + ".categories", coco.get("categories"), "id", "name");
      insert(
          session,
          name + ".annotations",
          coco.get("annotations"),
          "id",
          "image_id",
          "category_id",
          "bbox",
          "area",
          "iscrowd");
    }
  }

  private static void insert(
      DatabaseSession session, String table, JsonNode records, String... fields) throws Exception {
    String places = "?" + ", ?".repeat(fields.length - 1);
    try (PreparedStatement insert =
        session
            .connection()
            .prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
      for (JsonNode object : records) {
        for (int i = 0; i < fields.length; i++) {
          JsonNode value = object.get(fields[i]);
          insert.setString(i + 1, value.isTextual() ? value.asText() : value.toString());
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
