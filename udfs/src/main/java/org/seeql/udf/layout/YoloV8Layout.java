package org.seeql.udf.layout;

import java.util.List;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * {@code [B, 4+C, N]}: centre x, centre y, width, height in pixels of the input, C class
 * probabilities, each a row of N candidates. A score is the highest class probability. Also the
 * output of YOLOv9, YOLO11 and YOLO12.
 */
final class YoloV8Layout extends GridLayout {
  private static final long serialVersionUID = 1;
  private static final int FIRST_CLASS = 4;

  @Override
  public String name() {
    return "yolov8";
  }

  @Override
  List<String> aliases() {
    return List.of("yolov9", "yolov11", "yolo11", "yolov12", "yolo12");
  }

  @Override
  int candidateAxis() {
    return 1;
  }

  @Override
  int valuesBeforeClasses() {
    return FIRST_CLASS;
  }

  @Override
  int firstScore() {
    return FIRST_CLASS;
  }

  @Override
  LayoutMatch matchGrid(OutputTensor boxes, OutputSample sample) {
    if (boxes.size(2) <= boxes.size(1)
        || !GridCells.possible(sample.input()).contains(boxes.size(2))) {
      return LayoutMatch.nothing();
    }
    ValueRange centres = range(sample, 0, 2);
    if (!sample.metadata().is(TASK) && !YoloV5Layout.arePixels(centres)) {
      return LayoutMatch.excluded("the centres of its boxes would be at %s".formatted(centres));
    }
    return LayoutMatch.certain(
        "one box in pixels for each of %d grid cells, %d class scores of 0 to 1"
            .formatted(boxes.size(2), boxes.size(1) - FIRST_CLASS));
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findBoxes(outputs).filter(boxes -> boxes.size(1) > FIRST_CLASS).isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, 4+C, N]";
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(this, labels);
  }

  private record Decoder(YoloV8Layout layout, List<String> labels) implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      OutputTensor output = layout.boxes(outputs.tensors());
      CandidateColumns columns = new CandidateColumns(output, image);
      Candidates candidates = new Candidates();
      columns.forEachAbove(
          (float) thresholds.confidence(),
          output.size(1) - FIRST_CLASS,
          (i, classId, score) ->
              candidates.addCentred(
                  columns.value(0, i),
                  columns.value(1, i),
                  columns.value(2, i),
                  columns.value(3, i),
                  classId,
                  score));
      return candidates.suppressed(thresholds, letterbox, labels);
    }
  }
}
