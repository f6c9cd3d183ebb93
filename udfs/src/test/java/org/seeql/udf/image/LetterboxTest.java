package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
  /** Expected values from YOLOv5's letterbox(auto=False) and YOLOX's preproc, run in Python. */
  @ParameterizedTest
  @CsvSource({
    "810, 1080, 640, CENTERED, 80, 0, 480, 640",
    "1280, 720, 640, CENTERED, 0, 140, 640, 360",
    "768, 576, 640, CENTERED, 0, 80, 640, 480",
    "773, 512, 640, CENTERED, 0, 108, 640, 424",
    "641, 427, 640, CENTERED, 0, 107, 640, 426",
    "333, 500, 416, CENTERED, 69, 0, 277, 416",
    "1, 10000, 640, CENTERED, 319, 0, 1, 640",
    "640, 480, 416, TOP_LEFT, 0, 0, 416, 312",
    "333, 500, 416, TOP_LEFT, 0, 0, 277, 416",
    "773, 512, 640, TOP_LEFT, 0, 0, 640, 423",
    "1000, 10, 224, STRETCH, 0, 0, 224, 224",
    "640, 480, 224, CENTER_CROP, -37, 0, 299, 224"
  })
  void matchesThePlacementOfYolo(
      int imageWidth,
      int imageHeight,
      int side,
      Placement placement,
      int left,
      int top,
      int width,
      int height) {
    InputFormat input = InputFormat.rgb(side, side).withPlacement(placement);

    Letterbox box = Letterbox.of(imageWidth, imageHeight, input);

    assertThat(box).isEqualTo(new Letterbox(imageWidth, imageHeight, left, top, width, height));
    assertThat(box.imageX(left)).isZero();
    assertThat(box.imageX(left + width)).isEqualTo(imageWidth);
    assertThat(box.imageY(top + height)).isEqualTo(imageHeight);
    assertThat(box.imageY(top + height + 5)).as("clipped").isEqualTo(imageHeight);
  }
}
