package org.seeql.udf.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * Four tensors in any order: boxes {@code [B, N, 4]}, scores {@code [B, N]}, class ids {@code [B,
 * N]} and the number of valid boxes of each image, {@code [B]} or {@code [B, 1]}. The model applies
 * non-maximum suppression itself. Further tensors are ignored if the four have their usual names.
 */
abstract class CountedBoxesLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int BOX = 4;

  /**
   * The usual names of the tensors.
   *
   * @param scoresFirst whether the scores usually precede the class ids
   */
  record Names(String boxes, String scores, String classes, String count, boolean scoresFirst) {}

  record Tensors(
      OutputTensor boxes, OutputTensor scores, OutputTensor classes, OutputTensor count) {
    private boolean areConsistent() {
      List<Long> rows = scores.shape();
      return rows.size() == 2
          && classes.shape().equals(rows)
          && boxes.shape().equals(List.of(rows.get(0), rows.get(1), (long) BOX))
          && isCount(count, rows.get(0));
    }

    private static boolean isCount(OutputTensor tensor, long images) {
      return tensor.shape().equals(List.of(images)) || tensor.shape().equals(List.of(images, 1L));
    }

    /** The number of valid boxes of an image; a model may report more than the tensor contains. */
    int valid(int image) {
      return Math.max(0, Math.min(boxes.size(1), (int) count.values().get(image)));
    }
  }

  abstract Names names();

  /** The form of the boxes, for messages. */
  abstract String form();

  /** Adds a box to the candidates. */
  abstract void add(
      Candidates candidates, float[] box, InputFormat input, int classId, float score);

  @Override
  final LayoutMatch match(OutputSample sample) {
    List<OutputTensor> outputs = sample.outputs();
    Optional<Tensors> tensors = findTensors(outputs);
    if (tensors.isEmpty()) {
      return LayoutMatch.nothing();
    }
    if (isNamed(outputs)) {
      return LayoutMatch.certain(
          "its outputs are named %s, %s, %s and %s"
              .formatted(names().boxes, names().scores, names().classes, names().count));
    }
    ValueRange scores = scoreRange(sample);
    return scores.isProbability()
        ? LayoutMatch.possible(
            "four outputs of boxes, scores, class ids and their number; the boxes are " + form())
        : LayoutMatch.excluded("its scores would be " + scores);
  }

  private boolean isNamed(List<OutputTensor> outputs) {
    return findNamed(outputs).isPresent();
  }

  private Optional<Tensors> findNamed(List<OutputTensor> outputs) {
    Names names = names();
    List<OutputTensor> found =
        Stream.of(names.boxes, names.scores, names.classes, names.count)
            .flatMap(name -> find(outputs, name).stream())
            .toList();
    return found.size() < 4
        ? Optional.empty()
        : Optional.of(new Tensors(found.get(0), found.get(1), found.get(2), found.get(3)))
            .filter(Tensors::areConsistent);
  }

  /** The tensor with a name; TensorFlow adds the number of an operator's output to it. */
  private static Optional<OutputTensor> find(List<OutputTensor> outputs, String name) {
    return outputs.stream()
        .filter(
            tensor ->
                tensor.name().toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "").equals(name))
        .findFirst();
  }

  private Optional<Tensors> findTensors(List<OutputTensor> outputs) {
    return findNamed(outputs).or(() -> findByShape(outputs));
  }

  /** Integers are the class ids. If both lists have the same type, their order decides. */
  private Optional<Tensors> findByShape(List<OutputTensor> outputs) {
    Optional<OutputTensor> boxes = findTensor(outputs, 3);
    if (outputs.size() != 4 || boxes.isEmpty()) {
      return Optional.empty();
    }
    long images = boxes.get().size(0);
    List<OutputTensor> counts =
        outputs.stream().filter(tensor -> Tensors.isCount(tensor, images)).toList();
    List<OutputTensor> lists =
        outputs.stream()
            .filter(tensor -> tensor.shape().size() == 2 && !Tensors.isCount(tensor, images))
            .toList();
    if (counts.size() != 1 || lists.size() != 2) {
      return Optional.empty();
    }
    OutputTensor first = lists.get(0);
    OutputTensor second = lists.get(1);
    boolean scoresFirst =
        first.numbers() == second.numbers()
            ? names().scoresFirst
            : second.numbers() == OutputTensor.Numbers.WHOLE;
    return Optional.of(
            scoresFirst
                ? new Tensors(boxes.get(), first, second, counts.get(0))
                : new Tensors(boxes.get(), second, first, counts.get(0)))
        .filter(Tensors::areConsistent);
  }

  private Tensors tensors(List<OutputTensor> outputs) {
    return findTensors(outputs)
        .orElseThrow(() -> new IllegalStateException("not counted boxes: " + outputs));
  }

  @Override
  public final boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTensors(outputs).isPresent();
  }

  @Override
  public final String expected(InputFormat input) {
    return "%s [B, N, 4], %s [B, N], %s [B, N] and %s [B]"
        .formatted(names().boxes, names().scores, names().classes, names().count);
  }

  @Override
  public final OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.empty();
  }

  @Override
  public final int images(List<OutputTensor> outputs) {
    return findTensors(outputs).map(tensors -> tensors.scores.size(0)).orElse(0);
  }

  @Override
  public final OutputTensor scores(List<OutputTensor> outputs) {
    return tensors(outputs).scores;
  }

  /** Only of the valid boxes: the others can have any score. */
  @Override
  final ValueRange scoreRange(List<OutputTensor> outputs) {
    Tensors tensors = tensors(outputs);
    ValueRange range = ValueRange.EMPTY;
    for (int image = 0; image < tensors.scores.size(0); image++) {
      range = range.and(ValueRange.ofRow(tensors.scores, image, tensors.valid(image)));
    }
    return range;
  }

  @Override
  public final Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.empty();
  }

  @Override
  public final DetectionDecoder decoder(
      List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(this, labels, input);
  }

  private record Decoder(CountedBoxesLayout layout, List<String> labels, InputFormat input)
      implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      Tensors tensors = layout.tensors(outputs.tensors());
      int start = image * tensors.boxes.size(1);
      float[] box = new float[BOX];
      Candidates candidates = new Candidates();
      for (int row = start; row < start + tensors.valid(image); row++) {
        float score = tensors.scores.values().get(row);
        if (score >= (float) thresholds.confidence()) {
          tensors.boxes.values().get(row * BOX, box);
          layout.add(candidates, box, input, (int) tensors.classes.values().get(row), score);
        }
      }
      return candidates.best(thresholds, letterbox, labels);
    }
  }
}
