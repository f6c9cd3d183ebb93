package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * {@code [B, N, 5+C]}: centre x, centre y, width, height in pixels of the input, objectness, C
 * class probabilities. A score is the objectness times the highest class probability. Also the
 * output of YOLOv3 and YOLOv7.
 */
final class YoloV5Layout extends ObjectnessLayout {
  private static final long serialVersionUID = 1;
  private static final int ANCHORS = 3;

  /** Boxes extend beyond the input only a little. */
  private static final float LARGEST_FRACTION = 2;

  @Override
  public String name() {
    return "yolov5";
  }

  @Override
  List<String> aliases() {
    return List.of("yolov3", "yolov7");
  }

  /** Three anchors per cell, or one candidate per cell as in YOLOv6. */
  @Override
  LayoutMatch matchGrid(OutputTensor boxes, OutputSample sample) {
    boolean anchors = hasAnchors(boxes, sample.input());
    boolean cells = boxes.size(1) == GridCells.standard(sample.input());
    if (!isTall(boxes) || !(anchors || cells)) {
      return LayoutMatch.nothing();
    }
    ValueRange centres = range(sample, 0, 2);
    if (!arePixels(centres)) {
      return LayoutMatch.excluded("the centres of its boxes would be at %s".formatted(centres));
    }
    if (anchors) {
      return LayoutMatch.certain(
          "three anchors for each of %d grid cells, boxes in pixels"
              .formatted(boxes.size(1) / ANCHORS));
    }
    if (!YoloXDecodedLayout.areDecoded(centres, sample.input())) {
      return LayoutMatch.excluded("the centres of its boxes would be at %s".formatted(centres));
    }
    ValueRange objectness = range(sample, OBJECTNESS, FIRST_CLASS);
    return objectness.isWithin(1, 1)
        ? LayoutMatch.certain(
            "one box in pixels for each of %d grid cells, and an objectness that is always 1, as in YOLOv6"
                .formatted(boxes.size(1)))
        : LayoutMatch.possible(
            "one box in pixels for each of %d grid cells; the input is RGB, 0 to 1"
                .formatted(boxes.size(1)));
  }

  /** Whether coordinates are in pixels, not fractions of the input. */
  static boolean arePixels(ValueRange centres) {
    return centres.max() > LARGEST_FRACTION;
  }

  static boolean hasAnchors(OutputTensor boxes, InputFormat input) {
    return boxes.size(1) % ANCHORS == 0
        && GridCells.possible(input).contains(boxes.size(1) / ANCHORS);
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findBoxes(outputs).filter(boxes -> boxes.size(2) > FIRST_CLASS).isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, N, 5+C]";
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(this, labels);
  }

  /** Also decodes the same tensor of other layouts. */
  record Decoder(GridLayout layout, List<String> labels) implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      Candidates candidates = new Candidates();
      addAll(outputs, image, thresholds, candidates, row -> {});
      return candidates.suppressed(thresholds, letterbox, labels);
    }

    @Override
    public Optional<ProposalDecoder> proposals() {
      return Optional.of(
          (outputs, image, letterbox, thresholds) -> {
            ProposalCandidates candidates = new ProposalCandidates();
            addAll(
                outputs,
                image,
                thresholds,
                candidates,
                row -> candidates.track(row, OBJECTNESS, FIRST_CLASS));
            return candidates.proposals(thresholds, letterbox, labels);
          });
    }

    /** Adds the candidates that reach the confidence, and passes on the row of each before. */
    private void addAll(
        ModelOutputs outputs,
        int image,
        Thresholds thresholds,
        Candidates candidates,
        Consumer<float[]> added) {
      OutputTensor output = layout.boxes(outputs.tensors());
      int rows = output.size(1);
      int columns = output.size(2);
      FloatBuffer values = output.values();
      float confidence = (float) thresholds.confidence();
      float[] row = new float[columns];
      for (int i = 0; i < rows; i++) {
        int start = (image * rows + i) * columns;
        // a score never exceeds the objectness
        if (values.get(start + OBJECTNESS) >= confidence) {
          values.get(start, row);
          int best = ClassScores.best(row, FIRST_CLASS, columns);
          float score = row[OBJECTNESS] * row[best];
          if (score >= confidence) {
            added.accept(row);
            candidates.addCentred(row[0], row[1], row[2], row[3], best - FIRST_CLASS, score);
          }
        }
      }
    }
  }
}
