package org.seeql.udf.layout;

import java.util.List;
import org.seeql.udf.image.InputFormat;

/**
 * {@code [B, N, 5+C]} after YOLOX's own decoding ({@code --decode_in_inference}): the tensor of
 * {@code yolov5} with one candidate per grid cell, and the input of {@code yolox}.
 */
final class YoloXDecodedLayout extends YoloXGridLayout {
  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return "yolox_decoded";
  }

  @Override
  LayoutMatch matchGrid(OutputTensor boxes, OutputSample sample) {
    if (!isTall(boxes)) {
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
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new YoloV5Layout.Decoder(this, labels);
  }
}
