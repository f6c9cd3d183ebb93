package org.seeql.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The demo's pictures and models, read from the demo's folder. */
final class DemoData {
  private final Path demo;

  DemoData(Path demo) {
    this.demo = demo.toAbsolutePath();
  }

  /** Registers the models with their paths in this folder. */
  void createModels(BenchSession session) throws IOException {
    session.execute(
        Files.readString(demo.resolve("models.sql"))
            .replace("'models/", "'" + demo.resolve("models") + "/"));
  }

  /**
   * Creates a database {@code demo_SPLIT} with a split's pictures and their labels.
   *
   * @return the classes of each image, by its id
   */
  Map<Long, Set<String>> load(BenchSession session, String split) throws IOException {
    JsonNode coco =
        new ObjectMapper().readTree(demo.resolve("annotations/" + split + ".json").toFile());
    Map<Long, String> names = new HashMap<>();
    List<String> categories = new ArrayList<>();
    for (JsonNode category : coco.get("categories")) {
      names.put(category.get("id").asLong(), category.get("name").asText());
      categories.add(
          "(%d, '%s')".formatted(category.get("id").asLong(), category.get("name").asText()));
    }
    Map<Long, Set<String>> shown = new HashMap<>();
    List<String> images = new ArrayList<>();
    for (JsonNode image : coco.get("images")) {
      shown.put(image.get("id").asLong(), new TreeSet<>());
      images.add("(%d, '%s')".formatted(image.get("id").asLong(), image.get("file_name").asText()));
    }
    List<String> annotations = new ArrayList<>();
    for (JsonNode object : coco.get("annotations")) {
      long image = object.get("image_id").asLong();
      long category = object.get("category_id").asLong();
      shown.get(image).add(names.get(category));
      annotations.add(
          "(%d, %d, %d, '%s')"
              .formatted(object.get("id").asLong(), image, category, object.get("bbox")));
    }
    session.execute(
        """
        CREATE DATABASE demo_%1$s;
        CREATE TABLE demo_%1$s.images (image_id BIGINT PRIMARY KEY, file_name VARCHAR(255));
        CREATE TABLE demo_%1$s.categories (id INT PRIMARY KEY, name VARCHAR(50));
        CREATE TABLE demo_%1$s.annotations
          (id BIGINT PRIMARY KEY, image_id BIGINT, category_id INT, bbox JSON);
        INSERT INTO demo_%1$s.images VALUES %2$s;
        INSERT INTO demo_%1$s.categories VALUES %3$s;
        INSERT INTO demo_%1$s.annotations VALUES %4$s;
        INSERT INTO seeql.image_roots VALUES ('demo_%1$s', 'images', '%5$s');
        """
            .formatted(
                split,
                String.join(", ", images),
                String.join(", ", categories),
                String.join(", ", annotations),
                demo.resolve("images/" + split)));
    return shown;
  }
}
