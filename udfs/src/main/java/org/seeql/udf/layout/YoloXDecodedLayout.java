package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.image.InputFormat;

/**
 * {@code [B, N, 5+C]} after YOLOX's own decoding ({@code --decode_in_inference}): the tensor of
 * {@code yolov5} with one candidate per grid cell, and the input of {@code yolox}.
 */
final class YoloXDecodedLayout extends GridLayout {
  private static final long serialVersionUID = 1;
  private static final int OBJECTNESS = 4;
  private static final int FIRST_CLASS = 5;

  @Override
  public String name() {
    return "yolox_decoded";
  }

  @Override
  int candidateAxis() {
    return 2;
  }

  @Override
  int valuesBeforeClasses() {
    return FIRST_CLASS;
  }

  @Override
  int firstScore() {
    return OBJECTNESS;
  }

  @Override
  LayoutMatch matchGrid(OutputTensor boxes, OutputSample sample) {
    if (!YoloV5Layout.isTall(boxes)) {
      return LayoutMatch.nothing();
    }
    ValueRange centres = range(sample, 0, 2);
    if (!areDecoded(centres, sample.input())) {
      return LayoutMatch.excluded("the centres of its boxes would be at %s".formatted(centres));
    }
    if (range(sample, OBJECTNESS, FIRST_CLASS).isWithin(1, 1)) {
      return LayoutMatch.excluded("the objectness is always 1");
    }
    return LayoutMatch.possible(
        "one box in pixels for each of %d grid cells; the input is BGR, 0 to 255"
            .formatted(boxes.size(1)));
  }

  /**
   * Whether the centres of a grid's boxes are decoded. The box of the last cell is near a corner of
   * the input, whatever the image shows.
   */
  static boolean areDecoded(ValueRange centres, InputFormat input) {
    return centres.max() > Math.min(input.width(), input.height()) / 2f;
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findBoxes(outputs)
        .filter(boxes -> boxes.size(2) > FIRST_CLASS && boxes.size(1) == GridCells.standard(input))
        .isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, " + GridCells.standard(input) + ", 5+C]";
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return InputFormat.yolox(width, height);
  }

  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return Optional.of(YoloXLayout.INPUT);
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new YoloV5Layout.Decoder(this, labels);
  }
}
