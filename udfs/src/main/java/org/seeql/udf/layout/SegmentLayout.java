package org.seeql.udf.layout;

import java.util.List;
import java.util.OptionalInt;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.image.InputFormat;

/**
 * {@code [B, 4+C+M, N]} or {@code [B, N, 6+M]}, and prototypes of masks {@code [B, M, h, w]}: the
 * output of YOLO models for instance segmentation. A mask is the sum of the M prototypes,
 * multiplied by the coefficients of its box.
 */
final class SegmentLayout extends UprightHeadLayout {
  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return "segment";
  }

  @Override
  String task() {
    return "segment";
  }

  @Override
  String furtherValues() {
    return "mask coefficients";
  }

  @Override
  String counted(int values) {
    return "%d mask coefficients".formatted(values);
  }

  @Override
  boolean hasPrototypes() {
    return true;
  }

  @Override
  OptionalInt furtherValues(List<OutputTensor> outputs, ExportMetadata metadata) {
    return findTensor(outputs, PROTOTYPE_AXES)
        .map(prototypes -> OptionalInt.of(prototypes.size(1)))
        .orElse(OptionalInt.empty());
  }

  /** The prototypes prove it. */
  @Override
  boolean haveFurtherValues(OutputSample sample) {
    return true;
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTensor(outputs, PROTOTYPE_AXES).isPresent() && super.fits(outputs, input);
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, 4+C+M, N] or [B, N, 6+M], and [B, M, h, w]";
  }

  @Override
  public List<OutputTensor> fixedTensors(List<OutputTensor> outputs) {
    return List.of(boxes(outputs), tensor(outputs, PROTOTYPE_AXES));
  }

  @Override
  public GeometryKind geometry() {
    return GeometryKind.MASK;
  }

  @Override
  HeadCandidates candidates(FurtherValues further, ImageOutputs outputs) {
    return new MaskCandidates(
        further,
        new MaskPrototypes(
            tensor(outputs.tensors(), PROTOTYPE_AXES),
            outputs.image(),
            outputs.input(),
            outputs.letterbox()));
  }
}
