package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A layout of one tensor with three axes, one of which enumerates the candidate boxes. */
abstract class GridLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int AXES = 3;
  private static final int PROTOTYPE_AXES = 4;

  /** The axis with the coordinates and scores of a candidate. */
  abstract int candidateAxis();

  /** The number of values of a candidate before its class scores. */
  abstract int valuesBeforeClasses();

  /** Whether the shape and the coordinates are those of the layout. */
  abstract LayoutMatch matchGrid(OutputTensor boxes, OutputSample sample);

  @Override
  final LayoutMatch match(OutputSample sample) {
    Optional<OutputTensor> boxes = findBoxes(sample.outputs());
    if (boxes.isEmpty() || !fits(sample.outputs(), sample.input())) {
      return LayoutMatch.nothing();
    }
    LayoutMatch grid = matchGrid(boxes.get(), sample);
    if (grid.certainty() == LayoutMatch.Certainty.NONE) {
      return grid;
    }
    return findContradiction(sample).map(LayoutMatch::excluded).orElse(grid);
  }

  private Optional<String> findContradiction(OutputSample sample) {
    List<OutputTensor> outputs = sample.outputs();
    ExportMetadata metadata = sample.metadata();
    int classes = classes(outputs).orElse(0);
    if (metadata.isOther(TASK)) {
      return Optional.of("the file's task is " + metadata.task().orElseThrow());
    }
    Optional<OutputTensor> prototypes = findTensor(outputs, PROTOTYPE_AXES);
    if (prototypes.isPresent()) {
      return Optional.of("the output " + prototypes.get() + " contains prototypes of masks");
    }
    if (!metadata.names().isEmpty() && metadata.names().size() != classes) {
      return Optional.of(
          "the file names %d classes, but the output has %d"
              .formatted(metadata.names().size(), classes));
    }
    ValueRange scores = scoreRange(sample);
    return scores.isProbability()
        ? Optional.empty()
        : Optional.of("its class scores would be " + scores);
  }

  final OutputTensor boxes(List<OutputTensor> outputs) {
    return tensor(outputs, AXES);
  }

  static Optional<OutputTensor> findBoxes(List<OutputTensor> outputs) {
    return findTensor(outputs, AXES);
  }

  /** The range of some values of all candidates in all runs; the first is included. */
  final ValueRange range(OutputSample sample, int first, int end) {
    return ValueRange.over(sample, outputs -> range(boxes(outputs), first, end));
  }

  private ValueRange range(OutputTensor boxes, int first, int end) {
    return candidateAxis() == 1
        ? ValueRange.ofRows(boxes, first, end)
        : ValueRange.ofColumns(boxes, first, end);
  }

  /** The values from the objectness or, without one, from the first class score. */
  abstract int firstScore();

  @Override
  final ValueRange scoreRange(List<OutputTensor> outputs) {
    OutputTensor boxes = boxes(outputs);
    return range(boxes, firstScore(), boxes.size(candidateAxis()));
  }

  @Override
  public final OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.of(boxes(outputs).size(candidateAxis()) - valuesBeforeClasses());
  }

  @Override
  public final int images(List<OutputTensor> outputs) {
    return findBoxes(outputs).map(tensor -> tensor.size(0)).orElse(0);
  }

  @Override
  public final OutputTensor scores(List<OutputTensor> outputs) {
    return boxes(outputs);
  }

  @Override
  public final Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.of(boxes(outputs));
  }
}
