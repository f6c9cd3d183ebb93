package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.Placement;

/**
 * Two tensors in any order: boxes {@code [B, Q, 4]} (centre x, centre y, width, height as fractions
 * of the input) and scores {@code [B, Q, C]}, for Q queries. It is the output of DETR, RT-DETR,
 * D-FINE and RF-DETR. Also one tensor {@code [B, Q, 4+C]} with probabilities, the output of
 * Ultralytics' RT-DETR. Each query is one box of its best class, and needs no suppression.
 *
 * <p>The last class of a DETR means that there is no object. Such a model has one label less than
 * classes, and its classes exclude each other. RF-DETR has an unused last class, too, but its
 * classes are independent.
 *
 * @see <a href="https://github.com/facebookresearch/detr/blob/main/models/detr.py#L258">PostProcess
 *     of DETR</a>
 * @see <a href="https://rfdetr.roboflow.com/latest/exports/onnx/">RF-DETR's outputs in ONNX</a>
 */
final class DetrLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int AXES = 3;
  private static final int BOX = 4;

  /** Models of this kind have 100 to 900 queries. More boxes are those of a grid. */
  private static final int MOST_QUERIES = 1000;

  /** Boxes extend beyond the input only a little. */
  private static final float LEAST = -0.1f;

  private static final float MOST = 1.1f;

  /** Why boxes are not given by their centres. */
  static final String CORNERS = "all its boxes can be corners";

  private static final float ROUNDING = 0.01f;

  private static final Set<String> BOXES = Set.of("pred_boxes", "boxes", "dets", "bboxes");
  private static final Set<String> SCORES =
      Set.of("logits", "pred_logits", "scores", "labels", "pred_scores");

  /**
   * Where the boxes and the scores are.
   *
   * @param firstScore the column of the first score
   */
  private record Tensors(OutputTensor boxes, OutputTensor scores, int firstScore) {
    int queries() {
      return boxes.size(1);
    }

    int classes() {
      return scores.size(2) - firstScore;
    }

    boolean areNamed(Set<String> namesOfBoxes, Set<String> namesOfScores) {
      return namesOfBoxes.contains(boxes.name().toLowerCase(Locale.ROOT))
          && namesOfScores.contains(scores.name().toLowerCase(Locale.ROOT));
    }

    /** Whether the names are those of RF-DETR's export. */
    boolean isRfDetr() {
      return areNamed(Set.of("dets"), Set.of("labels"));
    }
  }

  @Override
  public String name() {
    return "detr";
  }

  @Override
  List<String> aliases() {
    return List.of("rtdetr", "rfdetr", "dfine");
  }

  private static Optional<Tensors> findTensors(List<OutputTensor> outputs) {
    List<Tensors> pairs = pairs(outputs);
    if (pairs.size() > 1) {
      pairs = pairs.stream().filter(pair -> pair.areNamed(BOXES, SCORES)).toList();
    }
    if (pairs.size() == 1) {
      return Optional.of(pairs.get(0));
    }
    return outputs.size() == 1
        ? findTensor(outputs, AXES)
            .filter(tensor -> tensor.size(2) > BOX)
            .map(tensor -> new Tensors(tensor, tensor, BOX))
        : Optional.empty();
  }

  /** A model for four classes has two tensors of the same shape, and so two pairs. */
  private static List<Tensors> pairs(List<OutputTensor> outputs) {
    List<Tensors> pairs = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      for (int j = 0; j < outputs.size(); j++) {
        if (i != j && arePair(outputs.get(i), outputs.get(j))) {
          pairs.add(new Tensors(outputs.get(i), outputs.get(j), 0));
        }
      }
    }
    return pairs;
  }

  private static boolean arePair(OutputTensor boxes, OutputTensor scores) {
    return boxes.shape().size() == AXES
        && scores.shape().size() == AXES
        && boxes.size(2) == BOX
        && scores.size(2) > 0
        && boxes.shape().subList(0, 2).equals(scores.shape().subList(0, 2));
  }

  private static Tensors tensors(List<OutputTensor> outputs) {
    return findTensors(outputs)
        .orElseThrow(() -> new IllegalStateException("not boxes and scores: " + outputs));
  }

  @Override
  LayoutMatch match(OutputSample sample) {
    Optional<Tensors> found = findTensors(sample.outputs());
    if (found.isEmpty() || isGrid(found.get(), sample.input())) {
      return LayoutMatch.nothing();
    }
    Tensors tensors = found.get();
    ValueRange coordinates =
        ValueRange.over(sample, outputs -> ValueRange.ofColumns(tensors(outputs).boxes, 0, BOX));
    if (!areFractions(coordinates)) {
      return isGridOfPixels(tensors, sample.input())
          ? LayoutMatch.nothing()
          : LayoutMatch.excluded("the coordinates of its boxes would be " + coordinates);
    }
    return findContradiction(tensors, sample)
        .map(LayoutMatch::excluded)
        .orElseGet(
            () ->
                LayoutMatch.certain(
                    "%d boxes in fractions of the input, by centre and size, with scores for %d classes"
                        .formatted(tensors.queries(), tensors.classes())));
  }

  static boolean areFractions(ValueRange coordinates) {
    return coordinates.isWithin(LEAST, MOST);
  }

  /** Whether a tensor has the shape of a YOLO layout whose values can be 0 to 1. */
  private static boolean isGrid(Tensors tensors, InputFormat input) {
    OutputTensor boxes = tensors.boxes;
    boolean offsets = boxes.size(1) == GridCells.standard(input);
    boolean columns =
        boxes.size(2) > boxes.size(1) && GridCells.possible(input).contains(boxes.size(2));
    return tensors.firstScore > 0 && (offsets || columns);
  }

  /** Whether a tensor has the shape of a YOLO layout with boxes in pixels. */
  private static boolean isGridOfPixels(Tensors tensors, InputFormat input) {
    OutputTensor boxes = tensors.boxes;
    return tensors.firstScore > 0
        && (YoloV5Layout.hasAnchors(boxes, input)
            || GridCells.possible(input).contains(boxes.size(1)));
  }

  private Optional<String> findContradiction(Tensors tensors, OutputSample sample) {
    ExportMetadata metadata = sample.metadata();
    if (metadata.isOther(TASK)) {
      return Optional.of("the file's task is " + metadata.task().orElseThrow());
    }
    if (tensors.queries() > MOST_QUERIES) {
      return Optional.of(
          "it has %d boxes, more than %d".formatted(tensors.queries(), MOST_QUERIES));
    }
    if (sample.runs().stream().noneMatch(outputs -> hasCentres(tensors(outputs).boxes))) {
      return Optional.of(CORNERS);
    }
    int names = metadata.names().size();
    if (names > 0 && !labelCounts(sample.outputs()).contains(names)) {
      return Optional.of(
          "the file names %d classes, but the output has %d".formatted(names, tensors.classes()));
    }
    if (tensors.firstScore > 0 && tensors.classes() == 2 && hasClassIds(sample)) {
      return Optional.of("its last column consists of whole numbers, as class ids do");
    }
    ValueRange scores = scoreRange(sample);
    return tensors.firstScore == 0 || scores.isProbability()
        ? Optional.empty()
        : Optional.of("its class scores would be " + scores);
  }

  /** Whether a tensor of six columns is that of {@code end2end_centered}. */
  private static boolean hasClassIds(OutputSample sample) {
    for (List<OutputTensor> outputs : sample.runs()) {
      OutputTensor table = tensors(outputs).scores;
      for (int i = BOX + 1; i < table.count(); i += BOX + 2) {
        float value = table.values().get(i);
        if (value != Math.rint(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a box cannot be corners, because its third or fourth value is too small. */
  private static boolean hasCentres(OutputTensor boxes) {
    int columns = boxes.size(2);
    float[] box = new float[BOX];
    for (int row = 0; row < boxes.count() / columns; row++) {
      boxes.values().get(row * columns, box);
      if (box[2] < box[0] - ROUNDING || box[3] < box[1] - ROUNDING) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTensors(outputs).isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "boxes [B, Q, 4] and scores [B, Q, C], or [B, Q, 4+C]";
  }

  @Override
  public OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.of(tensors(outputs).classes());
  }

  /** The last class may have no label. */
  @Override
  public List<Integer> labelCounts(List<OutputTensor> outputs) {
    int classes = tensors(outputs).classes();
    return classes == 1 ? List.of(1) : List.of(classes, classes - 1);
  }

  @Override
  public int images(List<OutputTensor> outputs) {
    return findTensors(outputs).map(tensors -> tensors.boxes.size(0)).orElse(0);
  }

  @Override
  public OutputTensor scores(List<OutputTensor> outputs) {
    return tensors(outputs).scores;
  }

  @Override
  ValueRange scoreRange(List<OutputTensor> outputs) {
    Tensors tensors = tensors(outputs);
    return ValueRange.ofColumns(tensors.scores, tensors.firstScore, tensors.scores.size(2));
  }

  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    Tensors tensors = tensors(outputs);
    return tensors.firstScore > 0 ? Optional.of(tensors.boxes) : Optional.empty();
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return InputFormat.rgb(width, height).withPlacement(Placement.STRETCH);
  }

  /**
   * DETR and RF-DETR are trained with ImageNet's mean and deviation, RT-DETR and D-FINE without.
   */
  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return metadata.normalizationEvidence(TASK);
  }

  @Override
  public Set<Activation> activations() {
    return EnumSet.allOf(Activation.class);
  }

  @Override
  public Activation activation(OutputSample sample, int classes) {
    if (scoreRange(sample).isProbability()) {
      return Activation.NONE;
    }
    Tensors tensors = tensors(sample.outputs());
    return classes == tensors.classes() || tensors.isRfDetr()
        ? Activation.SIGMOID
        : Activation.SOFTMAX;
  }

  @Override
  public String activationEvidence(OutputSample sample, int classes) {
    return "%s; the output has %d classes for %d labels"
        .formatted(
            super.activationEvidence(sample, classes),
            tensors(sample.outputs()).classes(),
            classes);
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(labels, input, activation);
  }

  private record Decoder(List<String> labels, InputFormat input, Activation activation)
      implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      Tensors tensors = tensors(outputs.tensors());
      FloatBuffer boxes = tensors.boxes.values();
      FloatBuffer scores = tensors.scores.values();
      int queries = tensors.queries();
      float[] box = new float[BOX];
      float[] ofClasses = new float[tensors.classes()];
      int labelled = Math.min(labels.size(), ofClasses.length);
      Candidates candidates = new Candidates();
      for (int query = image * queries; query < (image + 1) * queries; query++) {
        scores.get(query * tensors.scores.size(2) + tensors.firstScore, ofClasses);
        switch (activation) {
          case NONE -> {}
          case SOFTMAX -> ClassScores.softmax(ofClasses);
          case SIGMOID -> ClassScores.sigmoid(ofClasses);
        }
        int best = ClassScores.best(ofClasses, 0, labelled);
        if (ofClasses[best] >= (float) thresholds.confidence()) {
          boxes.get(query * tensors.boxes.size(2), box);
          candidates.addCentred(
              box[0] * input.width(),
              box[1] * input.height(),
              box[2] * input.width(),
              box[3] * input.height(),
              best,
              ofClasses[best]);
        }
      }
      return candidates.best(thresholds, letterbox, labels);
    }
  }
}
