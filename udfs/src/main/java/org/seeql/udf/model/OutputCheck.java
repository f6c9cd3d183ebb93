package org.seeql.udf.model;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.image.InputFormat;

/** Whether an output can be read by a layout, and what its classes are called. */
final class OutputCheck {
  private static final double SUM_TOLERANCE = 1e-2;

  private final String name;
  private final Engine engine;
  private final OutputLayout layout;
  private final List<OutputTensor> outputs;

  /**
   * Checks an output.
   *
   * @throws InferenceException when the layout cannot be right
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
    Optional<String> wanted = findContradiction(input);
    if (wanted.isPresent()) {
      throw new InferenceException(
          "Invalid layout for model %s: %s (for an input of %dx%d the %s file's"
                  .formatted(name, layout, input.width(), input.height(), engine)
              + " output is %s, and %s is wanted)".formatted(outputs, wanted.get()));
    }
    refuseWholeScores();
  }

  /** A score of 0 to 255 stands for a fraction, and only the model's maker knows for which. */
  private void refuseWholeScores() {
    OutputTensor scores =
        layout == OutputLayout.TORCHVISION
            ? outputs.stream()
                .filter(tensor -> tensor.name().equals("scores"))
                .findFirst()
                .orElse(outputs.get(2))
            : layout.predictions(outputs);
    if (scores.numbers() == OutputTensor.Numbers.WHOLE) {
      throw new InferenceException(
          "Cannot use model %s (%s): the scores in its output %s are whole numbers, whose scale is unknown; export it with an output of float32"
              .formatted(name, engine, scores));
    }
  }

  private Optional<String> findContradiction(InputFormat input) {
    if (layout == OutputLayout.TORCHVISION) {
      return LayoutGuess.isTorchvision(outputs)
          ? Optional.empty()
          : Optional.of("boxes [N, 4], labels [N] and scores [N]");
    }
    int axes = layout.detects() ? 3 : 2;
    Optional<OutputTensor> tensor =
        outputs.stream().filter(t -> t.shape().size() == axes).findFirst();
    int cells = LayoutGuess.yoloxCells(input);
    return switch (layout) {
      case YOLOV5 -> unless(tensor.filter(t -> t.size(2) > 5).isPresent(), "[B, N, 5+C]");
      case YOLOV8 -> unless(tensor.filter(t -> t.size(1) > 4).isPresent(), "[B, 4+C, N]");
      case YOLOX ->
          unless(
              tensor.filter(t -> t.size(2) > 5 && t.size(1) == cells).isPresent(),
              "[B, " + cells + ", 5+C]");
      default -> unless(tensor.isPresent(), "[B, C]");
    };
  }

  private static Optional<String> unless(boolean fits, String wanted) {
    return fits ? Optional.empty() : Optional.of(wanted);
  }

  /** Those that are said, else those of the file, else those that so many classes usually have. */
  List<String> labels(Optional<List<String>> said, List<String> ofFile) {
    if (layout == OutputLayout.TORCHVISION) {
      return said.or(() -> Optional.of(ofFile).filter(l -> !l.isEmpty()))
          .orElseThrow(() -> missingLabels("its number of classes is unknown"));
    }
    OutputTensor tensor = layout.predictions(outputs);
    int classes =
        switch (layout) {
          case YOLOV5, YOLOX -> tensor.size(2) - 5;
          case YOLOV8 -> tensor.size(1) - 4;
          default -> tensor.size(1);
        };
    if (said.isPresent()) {
      if (said.get().size() != classes) {
        throw new InferenceException(
            "Invalid labels for model %s: %d labels (the %s file's output is %s,"
                    .formatted(name, said.get().size(), engine, tensor)
                + " which as %s has %d classes)".formatted(layout, classes));
      }
      return said.get();
    }
    if (ofFile.size() == classes) {
      return ofFile;
    }
    return Optional.of(classes)
        .filter(count -> layout.detects())
        .flatMap(Labels::findUsual)
        .map(Labels::load)
        .orElseThrow(() -> missingLabels("its output " + tensor + " has " + classes + " classes"));
  }

  private InferenceException missingLabels(String because) {
    return new InferenceException(
        "Cannot name the classes of model %s: %s;".formatted(name, because)
            + " say labels=coco80, coco91, voc20 or a text file with one label per line");
  }

  /** Probabilities are between 0 and 1 and sum to 1; anything else is taken for logits. */
  Activation activation() {
    OutputTensor scores = layout.predictions(outputs);
    double sum = 0;
    for (int c = 0; c < scores.size(1); c++) {
      float score = scores.values().get(c);
      if (!(score >= 0 && score <= 1)) {
        return Activation.SOFTMAX;
      }
      sum += score;
    }
    return Math.abs(sum - 1) < SUM_TOLERANCE ? Activation.NONE : Activation.SOFTMAX;
  }
}
