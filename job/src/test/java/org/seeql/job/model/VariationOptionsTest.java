package org.seeql.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seeql.database.RefusalException;
import org.seeql.planner.plan.Variation;

class VariationOptionsTest {

  @Test
  void readsTheOptionsOfARun() {
    assertThat(
            parse(
                "accuracy",
                "0.75",
                "latency",
                "0.05s",
                "class_coverage",
                "5,1",
                "description",
                "x"))
        .isEqualTo(
            new VariationOptions(
                "scout", new Variation(Duration.ofMillis(50), 0.75, Optional.of(Set.of(1, 5)))));
    assertThat(parse("latency", "30").variation())
        .isEqualTo(new Variation(Duration.ofMillis(30), 1, Optional.empty()));
  }

  @Test
  void refusesOptionsOfFilesAndReportsAllProblems() {
    assertThatThrownBy(() -> parse("uri", "x.onnx", "layout", "yolov8", "accuracy", "1.5"))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot create model 'v': base conflicts with layout, uri; a variation has the files,"
                + " layout, input and labels of its base; remove base, or use only accuracy,"
                + " class_coverage, latency and description with it;"
                + " Invalid value for accuracy: '1.5' (a number from 0 to 1); it comes from OPTIONS");
  }

  @Test
  void refusesAVariationThatChangesNothing() {
    assertThatThrownBy(() -> parse("description", "the same"))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot create model 'v': a variation needs at least one of accuracy, class_coverage"
                + " and latency");
  }

  @Test
  void refusesAVariationWithoutABase() {
    assertThatThrownBy(
            () ->
                VariationOptions.refuseWithoutBase("v", Map.of("uri", "x.onnx", "latency", "5ms")))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot create model 'v': latency needs base = 'a registered model', and no uri; it"
                + " makes a variation of that model");
  }

  private static VariationOptions parse(String... options) {
    Map<String, String> all = new TreeMap<>(Map.of("base", "scout"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return VariationOptions.parse("v", all);
  }
}
