package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.image.InputFormat;

/** An output of YOLOX, with one candidate for each cell of its grids. */
abstract class YoloXGridLayout extends ObjectnessLayout {
  private static final long serialVersionUID = 1;

  @Override
  public final boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findBoxes(outputs)
        .filter(boxes -> boxes.size(2) > FIRST_CLASS && boxes.size(1) == GridCells.standard(input))
        .isPresent();
  }

  @Override
  public final String expected(InputFormat input) {
    return "[B, " + GridCells.standard(input) + ", 5+C]";
  }

  @Override
  public final InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return InputFormat.yolox(width, height);
  }

  @Override
  public final Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return Optional.of("YOLOX is trained with BGR pixel values of 0 to 255");
  }
}
