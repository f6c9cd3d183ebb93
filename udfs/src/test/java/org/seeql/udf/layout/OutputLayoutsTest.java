package org.seeql.udf.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.image.InputFormat;

/** The guess of a layout from the outputs for a blank image. */
class OutputLayoutsTest {
  private static Optional<String> guess(int side, OutputTensor... outputs) {
    return OutputLayouts.guess(List.of(outputs), InputFormat.rgb(side, side))
        .map(OutputLayout::name);
  }

  private static OutputTensor tensor(float value, long... shape) {
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    float[] values = new float[size];
    Arrays.fill(values, value);
    return OutputTensor.of(
        "output", shape, FloatBuffer.wrap(values), OutputTensor.Numbers.FRACTIONS);
  }

  @Test
  void hasEachLayoutOnce() {
    assertThat(OutputLayouts.names())
        .isEqualTo("yolov5, yolov8, yolox, torchvision or classification");
  }

  // 640: 80² + 40² + 20² = 8400 cells, three anchors each: 25,200
  @ParameterizedTest
  @CsvSource({
    "640, 25200, 85, 320, yolov5",
    "416, 10647, 85, 200, yolov5",
    "640, 84, 8400, 320, yolov8",
    "416, 84, 3549, 200, yolov8",
    "640, 8400, 85, 0.5, yolox",
    "640, 8400, 85, 320, yolov5",
  })
  void guessesDetectorsByTheirGrid(int side, int rows, int columns, float value, String layout) {
    assertThat(guess(side, tensor(value, 1, rows, columns))).contains(layout);
  }

  @Test
  void guessesClassifiersByTheirTwoAxes() {
    assertThat(guess(224, tensor(0.001f, 1, 1000))).contains("classification");
  }

  @ParameterizedTest
  @CsvSource({"640, 100, 100, 320", "640, 7, 3, 320", "640, 300, 4, 320"})
  void doesNotGuessOtherShapes(int side, int rows, int columns, float value) {
    assertThat(guess(side, tensor(value, 1, rows, columns))).isEmpty();
  }

  @Test
  void doesNotGuessWithoutOutputs() {
    assertThat(guess(640)).isEmpty();
  }
}
