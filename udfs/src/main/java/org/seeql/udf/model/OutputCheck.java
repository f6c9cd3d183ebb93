package org.seeql.udf.model;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.OutputSample;
import org.seeql.udf.layout.OutputTensor;
import org.seeql.udf.layout.ValueRange;

/** Checks whether a layout can decode an output, and determines the class labels. */
final class OutputCheck {
  private static final int MAX_ALTERNATIVES = 3;

  private final String name;
  private final Engine engine;
  private final OutputLayout layout;
  private final OutputSample sample;
  private final List<OutputTensor> outputs;

  /**
   * Checks an output.
   *
   * @throws InferenceException if the layout cannot be correct
   */
  OutputCheck(String name, Engine engine, OutputLayout layout, OutputSample sample) {
    this.name = name;
    this.engine = engine;
    this.layout = layout;
    this.sample = sample;
    this.outputs = sample.outputs();
    InputFormat input = sample.input();
    if (!layout.fits(outputs, input)) {
      throw new InferenceException(
          "Invalid layout for model %s: %s (for an input of %dx%d the %s file's"
                  .formatted(name, layout, input.width(), input.height(), engine)
              + " output is %s, but %s is required)".formatted(outputs, layout.expected(input)));
    }
    refuseIntegerScores();
  }

  /** A score of 0 to 255 represents a fraction, and only the model's author knows the scale. */
  private void refuseIntegerScores() {
    OutputTensor scores = layout.scores(outputs);
    if (scores.numbers() == OutputTensor.Numbers.WHOLE) {
      throw new InferenceException(
          "Cannot use model %s (%s): the scores in its output %s are integers of unknown scale; export it with a float32 output"
              .formatted(name, engine, scores));
    }
  }

  /**
   * Checks that the scores are probabilities after the activation.
   *
   * @throws InferenceException if they are not, or if the layout does not allow the activation
   */
  void checkActivation(Activation activation) {
    if (!layout.activations().contains(activation)) {
      throw new InferenceException(
          "Invalid activation for model %s: %s (%s)"
              .formatted(
                  name, activation.name().toLowerCase(Locale.ROOT), layout.activationRule()));
    }
    if (!layout.hasClasses()) {
      return;
    }
    ValueRange scores = layout.scoreRange(sample);
    if (activation == Activation.NONE && !scores.isProbability()) {
      throw new InferenceException(
          "Invalid layout or activation for model %s: layout %s with activation none"
                  .formatted(name, layout)
              + " (for a blank image and for noise the %s file's scores are %s, but scores are 0 to 1)"
                  .formatted(engine, scores));
    }
  }

  /** The specified labels, otherwise those of the file; none if the layout has no classes. */
  List<String> labels(Optional<List<String>> specified) {
    if (!layout.hasClasses()) {
      if (specified.isPresent()) {
        throw new InferenceException(
            "Invalid labels for model %s: %d labels (models with layout %s have no classes)"
                .formatted(name, specified.get().size(), layout));
      }
      return List.of();
    }
    List<String> ofFile = sample.metadata().names();
    List<Integer> counts = layout.labelCounts(outputs);
    if (specified.isPresent()) {
      if (!isAllowed(counts, specified.get())) {
        throw new InferenceException(
            "Invalid labels for model %s: %d labels (the %s file's output is %s,"
                    .formatted(name, specified.get().size(), engine, layout.scores(outputs))
                + " which has %s classes with layout %s)".formatted(alternatives(counts), layout));
      }
      checkMost(specified.get());
      return specified.get();
    }
    if (ofFile.isEmpty()) {
      throw missingLabels(counts);
    }
    if (!isAllowed(counts, ofFile)) {
      throw new InferenceException(
          "Invalid layout for model %s: %s (the %s file names %d classes, but its output %s has %s with this layout)"
              .formatted(
                  name,
                  layout,
                  engine,
                  ofFile.size(),
                  layout.scores(outputs),
                  alternatives(counts)));
    }
    checkMost(ofFile);
    return ofFile;
  }

  private static boolean isAllowed(List<Integer> counts, List<String> labels) {
    return counts.isEmpty() || counts.contains(labels.size());
  }

  /** {@code 92 or 91}, {@code 1, 4, … or 49}. */
  private static String alternatives(List<Integer> counts) {
    if (counts.size() > MAX_ALTERNATIVES) {
      return counts.stream().limit(2).map(String::valueOf).collect(joining(", "))
          + ", … or "
          + counts.get(counts.size() - 1);
    }
    return counts.stream().map(String::valueOf).collect(joining(" or "));
  }

  private void checkMost(List<String> labels) {
    int most = layout.mostClasses(outputs);
    if (labels.size() > most) {
      throw new InferenceException(
          "Invalid labels for model %s: %d labels (the %s file's output is %s,"
                  .formatted(name, labels.size(), engine, layout.scores(outputs))
              + " which has at most %d classes with layout %s)".formatted(most, layout));
    }
  }

  private InferenceException missingLabels(List<Integer> counts) {
    if (counts.isEmpty()) {
      return missingLabels(
          "the file does not name them", "; set labels='coco80', 'coco91', 'voc20' or");
    }
    String standard =
        counts.stream()
            .flatMap(count -> ClassLabels.findStandard(count).stream())
            .findFirst()
            .map(
                list ->
                    "; set labels='%s' if they are the classes of that list, otherwise"
                        .formatted(list))
            .orElse("; set");
    return missingLabels(
        "its output %s has %s classes, and the file does not name them"
            .formatted(layout.scores(outputs), alternatives(counts)),
        standard);
  }

  private InferenceException missingLabels(String reason, String standard) {
    return new InferenceException(
        "Cannot determine the class names of model %s: %s%s labels='FILE' with one label per line"
            .formatted(name, reason, standard));
  }
}
