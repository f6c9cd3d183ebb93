package org.seeql.udf.detect;

import java.nio.FloatBuffer;
import java.util.List;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.model.ModelOutputs;
import org.seeql.udf.model.OutputLayout;
import org.seeql.udf.model.OutputTensor;

/**
 * {@code [B, N, 5+C]} before YOLOX's own decoding: a candidate belongs to a cell of the grids of
 * strides 8, 16 and 32, in this order and row by row; its centre is an offset from the cell's
 * corner in cells, its size the logarithm of a number of cells. Objectness and classes are
 * probabilities.
 *
 * @see <a
 *     href="https://github.com/Megvii-BaseDetection/YOLOX/blob/0.3.0/yolox/utils/demo_utils.py#L99">YOLOX's
 *     demo_postprocess</a>
 */
final class YoloXDecoder implements DetectionDecoder {
  private static final int[] STRIDES = {8, 16, 32};
  private static final int OBJECTNESS = 4;
  private static final int FIRST_CLASS = 5;

  private final List<String> labels;
  private final InputFormat input;

  YoloXDecoder(List<String> labels, InputFormat input) {
    this.labels = labels;
    this.input = input;
  }

  @Override
  public List<Detection> decode(
      ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
    OutputTensor output = OutputLayout.YOLOX.predictions(outputs.tensors());
    int columns = output.size(2);
    int start = image * output.size(1) * columns;
    Candidates candidates = new Candidates();
    for (int stride : STRIDES) {
      start =
          addGrid(
              candidates, output.values(), start, columns, stride, (float) thresholds.confidence());
    }
    return candidates.suppressed(thresholds, letterbox, labels);
  }

  /** Returns where the next grid starts. */
  private int addGrid(
      Candidates candidates,
      FloatBuffer values,
      int start,
      int columns,
      int stride,
      float confidence) {
    int across = input.width() / stride;
    int down = input.height() / stride;
    float[] row = new float[columns];
    for (int cell = 0; cell < across * down; cell++) {
      int from = start + cell * columns;
      if (values.get(from + OBJECTNESS) >= confidence) {
        values.get(from, row);
        int best = ClassScores.best(row, FIRST_CLASS, columns);
        float score = row[OBJECTNESS] * row[best];
        if (score >= confidence) {
          int column = cell % across;
          int line = cell / across;
          candidates.addCentred(
              (row[0] + column) * stride,
              (row[1] + line) * stride,
              (float) Math.exp(row[2]) * stride,
              (float) Math.exp(row[3]) * stride,
              best - FIRST_CLASS,
              score);
        }
      }
    }
    return start + across * down * columns;
  }
}
