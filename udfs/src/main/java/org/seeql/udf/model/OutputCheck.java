package org.seeql.udf.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.OutputTensor;

/** Checks whether a layout can decode an output, and determines the class labels. */
final class OutputCheck {
  private final String name;
  private final Engine engine;
  private final OutputLayout layout;
  private final List<OutputTensor> outputs;

  /**
   * Checks an output.
   *
   * @throws InferenceException if the layout cannot be correct
   */
  OutputCheck(
      String name,
      Engine engine,
      OutputLayout layout,
      List<OutputTensor> outputs,
      InputFormat input) {
    this.name = name;
    this.engine = engine;
    this.layout = layout;
    this.outputs = outputs;
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
   * The specified labels, otherwise those of the file, otherwise the usual ones for the class
   * count.
   */
  List<String> labels(Optional<List<String>> specified, List<String> ofFile) {
    OptionalInt classes = layout.classes(outputs);
    if (classes.isEmpty()) {
      return specified
          .or(() -> Optional.of(ofFile).filter(l -> !l.isEmpty()))
          .orElseThrow(() -> missingLabels("its number of classes is unknown"));
    }
    return labels(specified, ofFile, classes.getAsInt());
  }

  private List<String> labels(Optional<List<String>> specified, List<String> ofFile, int classes) {
    OutputTensor tensor = layout.scores(outputs);
    if (specified.isPresent()) {
      if (specified.get().size() != classes) {
        throw new InferenceException(
            "Invalid labels for model %s: %d labels (the %s file's output is %s,"
                    .formatted(name, specified.get().size(), engine, tensor)
                + " which has %d classes with layout %s)".formatted(classes, layout));
      }
      return specified.get();
    }
    if (ofFile.size() == classes) {
      return ofFile;
    }
    return Optional.of(classes)
        .filter(count -> layout.hasUsualLabels())
        .flatMap(ClassLabels::findStandard)
        .map(ClassLabels::load)
        .orElseThrow(() -> missingLabels("its output " + tensor + " has " + classes + " classes"));
  }

  private InferenceException missingLabels(String reason) {
    return new InferenceException(
        "Cannot determine the class names of model %s: %s;".formatted(name, reason)
            + " set labels=coco80, coco91, voc20 or a text file with one label per line");
  }
}
