package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.List;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * {@code [B, N, 5+C]} before YOLOX's own decoding. Each candidate belongs to a cell of the grids
 * with strides 8, 16 and 32, in this order and row by row. Its centre is an offset from the cell's
 * corner in cells, and its size is the logarithm of a number of cells. Objectness and classes are
 * probabilities.
 *
 * @see <a
 *     href="https://github.com/Megvii-BaseDetection/YOLOX/blob/0.3.0/yolox/utils/demo_utils.py#L99">YOLOX's
 *     demo_postprocess</a>
 */
final class YoloXLayout extends YoloXGridLayout {
  private static final long serialVersionUID = 1;
  private static final int[] STRIDES = {8, 16, 32};

  @Override
  public String name() {
    return "yolox";
  }

  @Override
  LayoutMatch matchGrid(OutputTensor boxes, OutputSample sample) {
    if (!isTall(boxes)) {
      return LayoutMatch.nothing();
    }
    ValueRange offsets = range(sample, 0, 2);
    if (!areOffsets(offsets, sample.input())) {
      return LayoutMatch.excluded("the offsets in its grid cells would be " + offsets);
    }
    return LayoutMatch.certain(
        "one box for each of %d grid cells, with offsets from the cell".formatted(boxes.size(1)));
  }

  /** Decoded centres cover the whole input; raw ones are offsets of one or two cells. */
  private static boolean areOffsets(ValueRange centres, InputFormat input) {
    return Math.max(-centres.min(), centres.max()) < input.width() / 4f;
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(this, labels, input);
  }

  private record Decoder(YoloXLayout layout, List<String> labels, InputFormat input)
      implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      OutputTensor output = layout.boxes(outputs.tensors());
      int columns = output.size(2);
      int start = image * output.size(1) * columns;
      Candidates candidates = new Candidates();
      for (int stride : STRIDES) {
        start =
            addGrid(
                candidates,
                output.values(),
                start,
                columns,
                stride,
                (float) thresholds.confidence());
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
}
