package org.seeql.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.ScoreSample;

/** Stores the evaluation of the demo's detectors as JSON, because it takes several minutes. */
final class ScoredDemoFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScoredDemoFile() {}

  static void write(ScoredDemo demo, Path file) throws IOException {
    SortedMap<String, Object> answers = new TreeMap<>();
    for (ModelProfile model : demo.answers()) {
      SortedMap<String, String> byClass = new TreeMap<>();
      model
          .classes()
          .forEach((name, skill) -> byClass.put(name, ((ClassSkill.Answers) skill).byRow()));
      answers.put(model.name(), byClass);
    }
    SortedMap<String, Object> tree = new TreeMap<>();
    tree.put("profile", tree(demo.scores()));
    tree.put("show", tree(demo.shown()));
    tree.put("presenceClasses", demo.presence().classes());
    tree.put("presenceRows", demo.presence().rows());
    tree.put("answers", answers);
    tree.put("costs", demo.costs());
    tree.put("confidences", demo.confidences());
    JSON.writeValue(file.toFile(), tree);
  }

  private static Map<String, Object> tree(ScoreSample sample) {
    return new TreeMap<>(
        Map.of("classes", sample.classes(), "rows", sample.rows(), "scores", sample.scores()));
  }

  static ScoredDemo read(Path file) throws IOException {
    JsonNode tree = JSON.readTree(file.toFile());
    SortedMap<String, Double> confidences = new TreeMap<>();
    tree.get("confidences")
        .properties()
        .forEach(model -> confidences.put(model.getKey(), model.getValue().asDouble()));
    List<ModelProfile> answers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> model : tree.get("answers").properties()) {
      SortedMap<String, ClassSkill> byClass = new TreeMap<>();
      model
          .getValue()
          .properties()
          .forEach(c -> byClass.put(c.getKey(), new ClassSkill.Answers(c.getValue().asText())));
      double cost = tree.get("costs").get(model.getKey()).asDouble();
      answers.add(new ModelProfile(model.getKey(), cost, byClass));
    }
    return new ScoredDemo(
        sample(tree.get("profile")),
        sample(tree.get("show")),
        PresenceSample.of(words(tree.get("presenceClasses")), words(tree.get("presenceRows"))),
        answers,
        confidences);
  }

  private static ScoreSample sample(JsonNode tree) {
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    for (Map.Entry<String, JsonNode> model : tree.get("scores").properties()) {
      SortedMap<String, double[]> byClass = new TreeMap<>();
      model.getValue().properties().forEach(c -> byClass.put(c.getKey(), numbers(c.getValue())));
      scores.put(model.getKey(), byClass);
    }
    return new ScoreSample(words(tree.get("classes")), words(tree.get("rows")), scores);
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }
}
