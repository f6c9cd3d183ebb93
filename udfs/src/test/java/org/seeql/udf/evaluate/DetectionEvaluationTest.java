package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DetectionEvaluationTest {
  // pycocotools adds in a different order; everything else is identical
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void agreesWithPycocotools() throws Exception {
    JsonNode fixture = fixture();
    DetectionEvaluation evaluation = evaluate(fixture);

    for (int c = 0; c < fixture.get("classes").size(); c++) {
      JsonNode expected = fixture.get("classes").get(c);
      DetectionScores scores = evaluation.of(c);
      assertThat(scores.objects()).isEqualTo(expected.get("objects").asLong());
      isClose(scores.ap50(), expected.get("ap50"));
      isClose(scores.ap(), expected.get("ap"));
      isClose(scores.apSmall(), expected.get("apSmall"));
      isClose(scores.apMedium(), expected.get("apMedium"));
      isClose(scores.apLarge(), expected.get("apLarge"));
    }
  }

  @Test
  void countsAtTheThresholdWhatPycocotoolsMatches() throws Exception {
    JsonNode fixture = fixture();
    DetectionEvaluation evaluation = evaluate(fixture);

    for (int c = 0; c < fixture.get("classes").size(); c++) {
      JsonNode expected = fixture.get("classes").get(c);
      double right = expected.get("right").asDouble();
      DetectionScores scores = evaluation.of(c);
      Double precision = right / (right + expected.get("wrong").asDouble());
      Double recall = right / expected.get("objects").asDouble();
      assertThat(scores.precision()).isEqualTo(precision);
      assertThat(scores.recall()).isEqualTo(recall);
    }
  }

  @Test
  void averagesOverTheClassesWithAScore() {
    DetectionScores seen = new DetectionScores(3, 0.5, 0.4, Double.NaN, 0.2, 0.6, 0.8, 0.7);
    DetectionScores unseen =
        new DetectionScores(
            0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0.4, Double.NaN);

    assertThat(DetectionEvaluation.mean(List.of(seen, unseen)))
        .isEqualTo(new DetectionScores(3, 0.5, 0.4, Double.NaN, 0.2, 0.6, (0.8 + 0.4) / 2, 0.7));
  }

  @Test
  void aCrowdMatchesAnyNumberOfDetectionsAndIsNotAnObject() {
    ImageObjects labelled = new ImageObjects();
    labelled.addCrowd(0, 0, 0, 100, 100, 9000);
    labelled.addLabelled(0, 200, 200, 50, 50, 2500);
    ImageObjects found = new ImageObjects();
    found.addDetection(0, 10, 10, 20, 20, 0.9);
    found.addDetection(0, 50, 50, 20, 20, 0.8);
    found.addDetection(0, 200, 200, 50, 50, 0.7);
    DetectionEvaluation evaluation = new DetectionEvaluation(1, 0.5, 0.5);

    evaluation.add(labelled, found);

    DetectionScores scores = evaluation.of(0);
    assertThat(scores.objects()).isEqualTo(1);
    assertThat(scores.ap()).isEqualTo(1, ROUNDING);
    assertThat(scores.precision()).isEqualTo(1);
  }

  private static void isClose(double value, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(value).isNaN();
    } else {
      assertThat(value).isEqualTo(expected.asDouble(), ROUNDING);
    }
  }

  private static JsonNode fixture() throws IOException {
    try (InputStream json = DetectionEvaluationTest.class.getResourceAsStream("coco_scores.json")) {
      return new ObjectMapper().readTree(json);
    }
  }

  private static DetectionEvaluation evaluate(JsonNode fixture) {
    DetectionEvaluation evaluation =
        new DetectionEvaluation(fixture.get("classes").size(), 0.3, 0.5);
    ImageObjects labelled = new ImageObjects();
    ImageObjects found = new ImageObjects();
    for (int image = 1; image <= 30; image++) {
      labelled.clear();
      found.clear();
      for (JsonNode row : fixture.get("objects")) {
        double[] o = numbers(row);
        if (o[0] == image && o[7] == 1) {
          labelled.addCrowd((int) o[1], o[2], o[3], o[4], o[5], o[6]);
        } else if (o[0] == image) {
          labelled.addLabelled((int) o[1], o[2], o[3], o[4], o[5], o[6]);
        }
      }
      for (JsonNode row : fixture.get("detections")) {
        double[] d = numbers(row);
        if (d[0] == image) {
          found.addDetection((int) d[1], d[2], d[3], d[4], d[5], d[6]);
        }
      }
      evaluation.add(labelled, found);
    }
    return evaluation;
  }

  private static double[] numbers(JsonNode row) {
    return IntStream.range(0, row.size()).mapToDouble(i -> row.get(i).asDouble()).toArray();
  }
}
