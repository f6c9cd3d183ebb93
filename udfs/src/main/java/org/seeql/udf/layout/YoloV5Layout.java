package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.List;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * {@code [B, N, 5+C]}: centre x, centre y, width, height in pixels of the input, objectness, C
 * class probabilities. A score is the objectness times the highest class probability. Also the
 * output of YOLOv3 and YOLOv7.
 */
final class YoloV5Layout extends GridLayout {
  private static final long serialVersionUID = 1;
  private static final int OBJECTNESS = 4;
  private static final int FIRST_CLASS = 5;
  private static final int ANCHORS = 3;

  @Override
  public String name() {
    return "yolov5";
  }

  @Override
  List<String> aliases() {
    return List.of("yolov3", "yolov7");
  }

  @Override
  int candidateAxis() {
    return 2;
  }

  @Override
  int valuesBeforeClasses() {
    return FIRST_CLASS;
  }

  /** Three anchors per cell, or YOLOX candidates that the model has already decoded. */
  @Override
  boolean isCertain(List<OutputTensor> outputs, InputFormat input) {
    return findBoxes(outputs)
        .filter(YoloV5Layout::isTall)
        .filter(boxes -> hasAnchors(boxes, input) || isDecodedYolox(boxes, input))
        .isPresent();
  }

  private static boolean isDecodedYolox(OutputTensor boxes, InputFormat input) {
    return boxes.size(1) == GridCells.standard(input) && !YoloXLayout.isRaw(boxes, input);
  }

  /** Whether each row is a candidate with more values than its box and objectness. */
  static boolean isTall(OutputTensor boxes) {
    return boxes.size(1) > boxes.size(2) && boxes.size(2) > FIRST_CLASS;
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
  public DetectionDecoder decoder(List<String> labels, InputFormat input) {
    return new Decoder(this, labels);
  }

  private record Decoder(YoloV5Layout layout, List<String> labels) implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      OutputTensor output = layout.boxes(outputs.tensors());
      int rows = output.size(1);
      int columns = output.size(2);
      FloatBuffer values = output.values();
      float confidence = (float) thresholds.confidence();
      float[] row = new float[columns];
      Candidates candidates = new Candidates();
      for (int i = 0; i < rows; i++) {
        int start = (image * rows + i) * columns;
        // a score never exceeds the objectness
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
}
