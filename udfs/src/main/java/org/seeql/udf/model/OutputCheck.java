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
              + " output is %s, and %s is required)".formatted(outputs, layout.expected(input)));
    }
    refuseWholeScores();
  }

  /** A score of 0 to 255 represents a fraction, and only the model's author knows the scale. */
  private void refuseWholeScores() {
    OutputTensor scores = layout.scores(outputs);
    if (scores.numbers() == OutputTensor.Numbers.WHOLE) {
      throw new InferenceException(
          "Cannot use model %s (%s): the scores in its output %s are whole numbers, whose scale is unknown; export it with an output of float32"
              .formatted(name, engine, scores));
    }
  }

  /**
   * The specified labels, otherwise those of the file, otherwise the usual ones for the class
   * count.
   */
  List<String> labels(Optional<List<String>> given, List<String> ofFile) {
    OptionalInt classes = layout.classes(outputs);
    if (classes.isEmpty()) {
      return given
          .or(() -> Optional.of(ofFile).filter(l -> !l.isEmpty()))
          .orElseThrow(() -> missingLabels("its number of classes is unknown"));
    }
    return labels(given, ofFile, classes.getAsInt());
  }

  private List<String> labels(Optional<List<String>> given, List<String> ofFile, int classes) {
    OutputTensor tensor = layout.scores(outputs);
    if (given.isPresent()) {
      if (given.get().size() != classes) {
        throw new InferenceException(
            "Invalid labels for model %s: %d labels (the %s file's output is %s,"
                    .formatted(name, given.get().size(), engine, tensor)
                + " which as %s has %d classes)".formatted(layout, classes));
      }
      return given.get();
    }
    if (ofFile.size() == classes) {
      return ofFile;
    }
    return Optional.of(classes)
        .filter(count -> layout.hasUsualLabels())
        .flatMap(Labels::findUsual)
        .map(Labels::load)
        .orElseThrow(() -> missingLabels("its output " + tensor + " has " + classes + " classes"));
  }

  private InferenceException missingLabels(String because) {
    return new InferenceException(
        "Cannot name the classes of model %s: %s;".formatted(name, because)
            + " say labels=coco80, coco91, voc20 or a text file with one label per line");
  }
}
