package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * A YOLO model that predicts more than a class for each box: further values V. Either {@code [B,
 * 4+C+V, N]}, the candidates of {@code yolov8} with further rows, or {@code [B, N, 6+V]}, the final
 * boxes of {@code end2end} with further columns.
 */
abstract class YoloHeadLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int AXES = 3;
  static final int PROTOTYPE_AXES = 4;
  private static final int BOX = 4;
  private static final int BOX_SCORE_CLASS = 6;

  /** The task in Ultralytics' metadata. */
  abstract String task();

  /** The name of the further values, for messages. */
  abstract String furtherValues();

  /** That number of further values, for messages: {@code 32 mask coefficients}. */
  abstract String counted(int values);

  /** The number of further values; empty if the outputs and the metadata do not determine it. */
  abstract OptionalInt furtherValues(List<OutputTensor> outputs, ExportMetadata metadata);

  /** The smallest number of further values, if the outputs do not determine it. */
  int leastFurtherValues() {
    return 1;
  }

  /**
   * Why that many further values cannot have this layout; empty if they can.
   *
   * @param count for each box
   */
  Optional<String> findProblem(int count, ExportMetadata metadata) {
    return Optional.empty();
  }

  /** Whether models with this layout have a further output of prototypes. */
  abstract boolean hasPrototypes();

  /** Whether candidates have values that cannot be class scores. Only for files without a task. */
  abstract boolean haveFurtherValues(OutputSample sample);

  /** The meaning of the first four values of a final box. */
  abstract BoxTable.BoxKind finalBoxes();

  @Override
  final LayoutMatch match(OutputSample sample) {
    ExportMetadata metadata = sample.metadata();
    if (metadata.isOther(task()) || !fits(sample.outputs(), sample.input())) {
      return LayoutMatch.nothing();
    }
    boolean isFinal = isFinal(boxes(sample.outputs()));
    if (metadata.is(task())) {
      return isFinal ? matchRows(sample) : matchColumns(sample);
    }
    if (findTensor(sample.outputs(), PROTOTYPE_AXES).isPresent() != hasPrototypes()) {
      return LayoutMatch.nothing();
    }
    LayoutMatch match = isFinal ? matchUnnamedRows(sample) : matchUnnamedColumns(sample);
    // otherwise the message would exclude this layout for most detectors
    return match.certainty() == LayoutMatch.Certainty.NONE ? LayoutMatch.nothing() : match;
  }

  /** Candidates of a file that names this task. */
  private LayoutMatch matchColumns(OutputSample sample) {
    OutputTensor boxes = boxes(sample.outputs());
    ExportMetadata metadata = sample.metadata();
    OptionalInt further = furtherValues(sample.outputs(), metadata);
    int values = boxes.size(1) - BOX;
    int names = metadata.names().size();
    int classes = further.isPresent() ? values - further.getAsInt() : Math.max(1, names);
    if (classes < 1 || classes > mostClasses(sample.outputs()) || (names > 0 && names != classes)) {
      return LayoutMatch.excluded(
          "the file names %d classes, but the output has %d values for each box, including %s"
              .formatted(names, values, furtherValues()));
    }
    Optional<String> problem = findProblem(values - classes, metadata);
    if (problem.isPresent()) {
      return LayoutMatch.excluded(problem.get());
    }
    ValueRange scores = rows(sample, BOX, BOX + classes);
    return scores.isProbability()
        ? LayoutMatch.certain(
            "the file's task is %s; one box in pixels for each of %d grid cells, %d class scores of 0 to 1, and %s"
                .formatted(task(), boxes.size(2), classes, counted(values - classes)))
        : LayoutMatch.excluded("its class scores would be " + scores);
  }

  private LayoutMatch matchUnnamedColumns(OutputSample sample) {
    OutputTensor boxes = boxes(sample.outputs());
    int classes = classes(sample.outputs()).orElse(1);
    return YoloV5Layout.arePixels(rows(sample, 0, 2))
            && rows(sample, BOX, BOX + classes).isProbability()
            && haveFurtherValues(sample)
        ? LayoutMatch.possible(
            "one box in pixels for each of %d grid cells, and %s"
                .formatted(boxes.size(2), furtherValues()))
        : LayoutMatch.nothing();
  }

  private LayoutMatch matchRows(OutputSample sample) {
    BoxTable.Rows rows = finalRows(sample);
    int further = boxes(sample.outputs()).size(2) - BOX_SCORE_CLASS;
    return rows.problem()
        .or(() -> findProblem(further, sample.metadata()))
        .map(LayoutMatch::excluded)
        .orElseGet(
            () ->
                LayoutMatch.certain(
                    "the file's task is %s; %d valid boxes, which are final, each with %s"
                        .formatted(task(), rows.count(), counted(further))));
  }

  private LayoutMatch matchUnnamedRows(OutputSample sample) {
    BoxTable.Rows rows = finalRows(sample);
    return rows.problem().isEmpty() && rows.count() > 0
        ? LayoutMatch.possible(
            "%d valid boxes, each with %s".formatted(rows.count(), furtherValues()))
        : LayoutMatch.nothing();
  }

  private BoxTable.Rows finalRows(OutputSample sample) {
    return BoxTable.Rows.of(
        sample.runs().stream().map(outputs -> table(boxes(outputs))).toList(), finalBoxes());
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTensor(outputs, AXES).filter(boxes -> fits(boxes, outputs, input)).isPresent();
  }

  private boolean fits(OutputTensor boxes, List<OutputTensor> outputs, InputFormat input) {
    OptionalInt further = furtherValues(outputs, ExportMetadata.NONE);
    int least = further.orElse(leastFurtherValues());
    if (isFinal(boxes)) {
      int found = boxes.size(2) - BOX_SCORE_CLASS;
      return (further.isPresent() ? found == least : found >= least)
          && findProblem(found, ExportMetadata.NONE).isEmpty();
    }
    return boxes.size(1) > BOX + least && GridCells.possible(input).contains(boxes.size(2));
  }

  /** A tensor has more boxes than values for each box. */
  private static boolean isFinal(OutputTensor boxes) {
    return boxes.size(1) >= boxes.size(2);
  }

  /** Whether the boxes are candidates with a score for each class. */
  final boolean hasCandidates(List<OutputTensor> outputs) {
    return !isFinal(boxes(outputs));
  }

  final OutputTensor boxes(List<OutputTensor> outputs) {
    return tensor(outputs, AXES);
  }

  private static BoxTable table(OutputTensor boxes) {
    return new BoxTable(boxes, BoxTable.Order.BOX_FIRST);
  }

  /** The range of some rows of all candidates in all runs; the first is included. */
  private ValueRange rows(OutputSample sample, int first, int end) {
    return ValueRange.over(sample, outputs -> ValueRange.ofRows(boxes(outputs), first, end));
  }

  /** The range of all scores and further values of candidates. */
  final ValueRange scoresAndFurtherValues(OutputSample sample) {
    return rows(sample, BOX, boxes(sample.outputs()).size(1));
  }

  @Override
  public final OptionalInt classes(List<OutputTensor> outputs) {
    OutputTensor boxes = boxes(outputs);
    OptionalInt further = furtherValues(outputs, ExportMetadata.NONE);
    return isFinal(boxes) || further.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(boxes.size(1) - BOX - further.getAsInt());
  }

  @Override
  public final int mostClasses(List<OutputTensor> outputs) {
    OutputTensor boxes = boxes(outputs);
    int least = furtherValues(outputs, ExportMetadata.NONE).orElse(leastFurtherValues());
    return isFinal(boxes) ? Integer.MAX_VALUE : boxes.size(1) - BOX - least;
  }

  @Override
  public final int images(List<OutputTensor> outputs) {
    return findTensor(outputs, AXES).map(tensor -> tensor.size(0)).orElse(0);
  }

  @Override
  public final OutputTensor scores(List<OutputTensor> outputs) {
    return boxes(outputs);
  }

  /** The scores of the first class, if the outputs do not determine the number of classes. */
  @Override
  final ValueRange scoreRange(List<OutputTensor> outputs) {
    OutputTensor boxes = boxes(outputs);
    return isFinal(boxes)
        ? ValueRange.ofColumns(boxes, BOX, BOX + 1)
        : ValueRange.ofRows(boxes, BOX, BOX + classes(outputs).orElse(1));
  }

  @Override
  public final Optional<OutputTensor> tensorOfEachImage(List<OutputTensor> outputs) {
    return Optional.of(boxes(outputs));
  }

  /** Masks also need the prototypes. */
  @Override
  public final Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return hasPrototypes() ? Optional.empty() : Optional.of(boxes(outputs));
  }

  @Override
  public final DetectionDecoder decoder(
      List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(this, labels, input, false);
  }

  /** The outputs of a model for one image. */
  record ImageOutputs(
      List<OutputTensor> tensors, int image, InputFormat input, Letterbox letterbox) {}

  /** Empty candidates whose detections have the geometry of the layout. */
  abstract HeadCandidates candidates(FurtherValues further, ImageOutputs outputs);

  /** Empty candidates whose detections have the geometry only if it costs nothing. */
  abstract HeadCandidates boxCandidates(FurtherValues further);

  /** The candidates have as many classes as there are labels. */
  private record Decoder(
      YoloHeadLayout layout, List<String> labels, InputFormat input, boolean onlyBoxes)
      implements DetectionDecoder {
    @Override
    public DetectionDecoder boxesOnly() {
      return new Decoder(layout, labels, input, true);
    }

    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      ImageOutputs ofImage = new ImageOutputs(outputs.tensors(), image, input, letterbox);
      OutputTensor boxes = layout.boxes(outputs.tensors());
      float confidence = (float) thresholds.confidence();
      return isFinal(boxes)
          ? rows(boxes, ofImage, confidence).best(thresholds, letterbox, labels)
          : columns(boxes, ofImage, confidence).suppressed(thresholds, letterbox, labels);
    }

    private HeadCandidates empty(FurtherValues further, ImageOutputs outputs) {
      return onlyBoxes ? layout.boxCandidates(further) : layout.candidates(further, outputs);
    }

    private HeadCandidates columns(OutputTensor boxes, ImageOutputs outputs, float confidence) {
      CandidateColumns columns = new CandidateColumns(boxes, outputs.image());
      HeadCandidates candidates = empty(FurtherValues.of(columns, boxes, labels.size()), outputs);
      columns.forEachAbove(
          confidence,
          labels.size(),
          (i, classId, score) ->
              candidates.addColumn(
                  new HeadCandidates.BoxValues(
                      columns.value(0, i),
                      columns.value(1, i),
                      columns.value(2, i),
                      columns.value(3, i)),
                  i,
                  classId,
                  score));
      return candidates;
    }

    private HeadCandidates rows(OutputTensor boxes, ImageOutputs outputs, float confidence) {
      BoxTable table = table(boxes);
      int rows = boxes.size(1);
      HeadCandidates candidates = empty(FurtherValues.of(table, boxes), outputs);
      for (int row = outputs.image() * rows; row < (outputs.image() + 1) * rows; row++) {
        if (table.isAbove(row, confidence)) {
          candidates.addFinal(
              new HeadCandidates.BoxValues(
                  table.box(row, 0), table.box(row, 1), table.box(row, 2), table.box(row, 3)),
              row,
              (int) table.classId(row),
              table.score(row));
        }
      }
      return candidates;
    }
  }
}
