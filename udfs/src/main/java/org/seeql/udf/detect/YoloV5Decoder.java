package org.seeql.udf.detect;

import java.nio.FloatBuffer;
import java.util.List;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.model.ModelOutputs;
import org.seeql.udf.model.OutputLayout;
import org.seeql.udf.model.OutputTensor;

/**
 * {@code [B, N, 5+C]}: centre x, centre y, width, height in pixels of the input, objectness, C
 * class probabilities. A score is objectness times the likeliest class's probability.
 */
final class YoloV5Decoder implements DetectionDecoder {
  private static final int OBJECTNESS = 4;
  private static final int FIRST_CLASS = 5;

  private final List<String> labels;

  YoloV5Decoder(List<String> labels) {
    this.labels = labels;
  }

  @Override
  public List<Detection> decode(
      ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
    OutputTensor output = OutputLayout.YOLOV5.predictions(outputs.tensors());
    int rows = output.size(1);
    int columns = output.size(2);
    FloatBuffer values = output.values();
    float confidence = (float) thresholds.confidence();
    float[] row = new float[columns];
    Candidates candidates = new Candidates();
    for (int i = 0; i < rows; i++) {
      int start = (image * rows + i) * columns;
      // no class can lift a score above the objectness
      if (values.get(start + OBJECTNESS) >= confidence) {
        values.get(start, row);
        int best = ClassScores.best(row, FIRST_CLASS, columns);
        float score = row[OBJECTNESS] * row[best];
        if (score >= confidence) {
          candidates.addCentred(row[0], row[1], row[2], row[3], best - FIRST_CLASS, score);
        }
      }
    }
    return candidates.suppressed(thresholds, letterbox, labels);
  }
}
