package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatchOutcomesTest {
  private static final double CONFIDENCE = 0.3;

  @Test
  void agreesWithAMatchingInPython() throws Exception {
    JsonNode scores = read("coco_scores.json");
    List<String> expected = new ArrayList<>();
    read("match_outcomes.json")
        .forEach(
            row ->
                expected.add(
                    "%d %d %d %s %s %s %s"
                        .formatted(
                            row.get(0).asInt(),
                            row.get(1).asInt(),
                            row.get(2).asInt(),
                            row.get(3).asText(),
                            row.get(4).isNull() ? "-" : row.get(4).asText(),
                            row.get(5).isNull() ? "-" : rounded(row.get(5).asDouble()),
                            row.get(6).asBoolean())));
    DetectionEvaluation evaluation =
        new DetectionEvaluation(scores.get("classes").size(), CONFIDENCE, 0.5);

    List<String> actual = new ArrayList<>();
    for (int image = 1; image <= 30; image++) {
      for (ObjectMatch match :
          evaluation.addAndExplain(labelled(scores, image), found(scores, image))) {
        actual.add(image + " " + text(match));
      }
    }

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void countsAsTheScoresDo() throws Exception {
    JsonNode scores = read("coco_scores.json");
    DetectionEvaluation evaluation =
        new DetectionEvaluation(scores.get("classes").size(), CONFIDENCE, 0.5);
    double[] right = new double[5];
    double[] wrong = new double[5];
    double[] missed = new double[5];
    for (int image = 1; image <= 30; image++) {
      ImageObjects labelled = labelled(scores, image);
      ImageObjects found = found(scores, image);
      for (ObjectMatch match : evaluation.addAndExplain(labelled, found)) {
        int number =
            match.detection().isPresent()
                ? found.classId(match.detection().getAsInt())
                : labelled.classId(match.object().getAsInt());
        if (match.isCounted()) {
          switch (match.outcome()) {
            case TRUE_POSITIVE -> right[number]++;
            case FALSE_POSITIVE -> wrong[number]++;
            case MISSED -> missed[number]++;
            case IGNORED -> throw new AssertionError("an ignored match counts");
          }
        }
      }
    }

    for (int number = 0; number < 5; number++) {
      Double precision = right[number] / (right[number] + wrong[number]);
      Double recall = right[number] / (right[number] + missed[number]);
      assertThat(evaluation.of(number).precision()).isEqualTo(precision);
      assertThat(evaluation.of(number).recall()).isEqualTo(recall);
    }
  }

  private static String text(ObjectMatch match) {
    return "%d %d %s %s %s %s"
        .formatted(
            index(match.detection()),
            index(match.object()),
            match.outcome().word(),
            match.cause().map(ObjectMatch.Cause::word).orElse("-"),
            Double.isNaN(match.iou()) ? "-" : rounded(match.iou()),
            match.isCounted());
  }

  private static int index(OptionalInt index) {
    return index.orElse(-1);
  }

  private static String rounded(double overlap) {
    return String.format(Locale.ROOT, "%.9f", overlap);
  }

  private static ImageObjects labelled(JsonNode scores, int image) {
    ImageObjects labelled = new ImageObjects();
    for (JsonNode row : scores.get("objects")) {
      double[] o = numbers(row);
      if (o[0] == image && o[7] == 1) {
        labelled.addCrowd((int) o[1], o[2], o[3], o[4], o[5], o[6]);
      } else if (o[0] == image) {
        labelled.addLabelled((int) o[1], o[2], o[3], o[4], o[5], o[6]);
      }
    }
    return labelled;
  }

  /** Every fifth detection of the file has the next class, as in the Python program. */
  private static ImageObjects found(JsonNode scores, int image) {
    ImageObjects found = new ImageObjects();
    int number = 0;
    for (JsonNode row : scores.get("detections")) {
      double[] d = numbers(row);
      int classId = number % 5 == 0 ? ((int) d[1] + 1) % 5 : (int) d[1];
      number++;
      if (d[0] == image) {
        found.addDetection(classId, d[2], d[3], d[4], d[5], d[6]);
      }
    }
    return found;
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream json = MatchOutcomesTest.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(json);
    }
  }

  private static double[] numbers(JsonNode row) {
    return IntStream.range(0, row.size()).mapToDouble(i -> row.get(i).asDouble()).toArray();
  }
}
