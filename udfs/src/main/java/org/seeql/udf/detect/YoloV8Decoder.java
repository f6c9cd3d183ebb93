package org.seeql.udf.detect;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.model.ModelOutputs;
import org.seeql.udf.model.OutputLayout;
import org.seeql.udf.model.OutputTensor;

/**
 * {@code [B, 4+C, N]}: centre x, centre y, width, height in pixels of the input, C class
 * probabilities, each a row of N candidates. A score is the likeliest class's probability.
 */
final class YoloV8Decoder implements DetectionDecoder {
  private static final int FIRST_CLASS = 4;

  private final List<String> labels;

  YoloV8Decoder(List<String> labels) {
    this.labels = labels;
  }

  @Override
  public List<Detection> decode(
      ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
    OutputTensor output = OutputLayout.YOLOV8.predictions(outputs.tensors());
    int rows = output.size(1);
    int count = output.size(2);
    FloatBuffer values = output.values();
    int start = image * rows * count;
    float[] scores = new float[count];
    int[] classes = new int[count];
    likeliest(values, start, rows, scores, classes);

    float confidence = (float) thresholds.confidence();
    Candidates candidates = new Candidates();
    for (int i = 0; i < count; i++) {
      if (scores[i] >= confidence) {
        candidates.addCentred(
            values.get(start + i),
            values.get(start + count + i),
            values.get(start + 2 * count + i),
            values.get(start + 3 * count + i),
            classes[i],
            scores[i]);
      }
    }
    return candidates.suppressed(thresholds, letterbox, labels);
  }

  /** Class by class, since that is the order in memory. */
  private static void likeliest(
      FloatBuffer values, int start, int rows, float[] scores, int[] classes) {
    int count = scores.length;
    float[] row = new float[count];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    for (int r = FIRST_CLASS; r < rows; r++) {
      values.get(start + r * count, row);
      for (int i = 0; i < count; i++) {
        if (row[i] > scores[i]) {
          scores[i] = row[i];
          classes[i] = r - FIRST_CLASS;
        }
      }
    }
  }
}
