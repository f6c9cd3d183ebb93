package org.seeql.bench.choice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;

/** The models and class frequencies of the experiment. */
final class Repository {
  private static final double IMAGES = 5_000;

  private Repository() {}

  /**
   * The fraction of images with each class, in the order of COCO's ids.
   *
   * @param lines {@code class,images}, of 5,000 images, with a header
   */
  static Map<String, Double> shares(List<String> lines) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.lastIndexOf(',');
      shares.put(line.substring(0, comma), Double.parseDouble(line.substring(comma + 1)) / IMAGES);
    }
    return shares;
  }

  /** The lines for COCO's validation images of 2017. */
  static List<String> coco() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Repository.class.getResourceAsStream("coco-val2017.csv"),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A model of Table B.1 of the thesis.
   *
   * @param millis the latency per image. The table calls it seconds, but the thesis's program waits
   *     for milliseconds
   * @param classIds ids of COCO's 80 classes, from 0
   */
  record TableRow(String name, int millis, double accuracy, SortedSet<Integer> classIds) {}

  /**
   * Reads Table B.1 of the thesis.
   *
   * @param file {@code index,model,latency_s,accuracy,class_ids}. A class may be listed twice
   */
  static List<TableRow> table(Path file) throws IOException {
    List<TableRow> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      SortedSet<Integer> ids = new TreeSet<>();
      for (String id : fields[4].split(" ", -1)) {
        ids.add(Integer.valueOf(id));
      }
      rows.add(
          new TableRow(
              fields[1] + "-" + fields[0],
              Integer.parseInt(fields[2]),
              Double.parseDouble(fields[3]),
              ids));
    }
    return rows;
  }

  /**
   * The models of Table B.1 of the thesis, with the accuracy and the cost that the table states.
   *
   * @param shares of the classes, in the order of their ids
   */
  static List<ModelProfile> thesis(Path file, Map<String, Double> shares) throws IOException {
    List<String> names = List.copyOf(shares.keySet());
    List<ModelProfile> models = new ArrayList<>();
    for (TableRow row : table(file)) {
      ClassSkill skill = ClassSkill.ofAccuracy(row.accuracy());
      Map<String, ClassSkill> classes = new TreeMap<>();
      row.classIds().forEach(id -> classes.put(names.get(id), skill));
      models.add(ModelProfile.of(row.name(), row.millis(), classes));
    }
    return models;
  }
}
