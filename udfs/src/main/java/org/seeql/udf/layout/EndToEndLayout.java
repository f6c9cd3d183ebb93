package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.Placement;

/**
 * {@code [B, N, 6]}: x min, y min, x max, y max, score, class id. The model applies non-maximum
 * suppression itself, or needs none: the output of YOLOv10 and YOLO26, and of exports with {@code
 * nms=True}. Rows with score 0 fill the tensor.
 *
 * <p>Ultralytics' RT-DETR (since 8.4) has centre x, centre y, width and height instead of the
 * corners, as fractions of the input.
 *
 * <p>Also {@code [N, 7]} or {@code [1, N, 7]}: the index of the image, x min, y min, x max, y max,
 * class id, score. It is the output of YOLOv7's end-to-end export. N depends on the images, so such
 * a model is run with one image per call.
 */
final class EndToEndLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int COLUMNS = 6;
  private static final int COLUMNS_WITH_IMAGE = 7;

  /** With that many valid boxes, the columns are not in this order by chance. */
  private static final int PROOF = 20;

  /** Boxes extend beyond the input only a little. */
  private static final float LARGEST_FRACTION = 2;

  /** The form of the boxes. */
  enum Form {
    PIXELS("end2end", "corners in pixels"),
    FRACTIONS("end2end_normalized", "corners in fractions of the input"),
    CENTRES("end2end_centered", "centre and size in fractions of the input");

    private final String layout;
    private final String description;

    Form(String layout, String description) {
      this.layout = layout;
      this.description = description;
    }
  }

  private final Form form;

  EndToEndLayout(Form form) {
    this.form = form;
  }

  @Override
  public String name() {
    return form.layout;
  }

  @Override
  List<String> aliases() {
    return form == Form.PIXELS ? List.of("yolov10", "yolo10", "yolo26") : List.of();
  }

  @Override
  LayoutMatch match(OutputSample sample) {
    if (!fits(sample.outputs(), sample.input())) {
      return LayoutMatch.nothing();
    }
    ExportMetadata metadata = sample.metadata();
    if (metadata.isOther(TASK)) {
      return LayoutMatch.excluded("the file's task is " + metadata.task().orElseThrow());
    }
    BoxTable.Rows rows =
        BoxTable.Rows.of(sample.runs().stream().map(EndToEndLayout::table).toList(), kind());
    if (form == Form.CENTRES && rows.count() == 0) {
      return LayoutMatch.nothing();
    }
    Optional<String> problem = rows.problem().or(() -> findOtherForm(rows));
    if (problem.isPresent()) {
      return LayoutMatch.excluded(problem.get());
    }
    String columns = form.description + ", score, class id";
    if (metadata.suppressed() && form == Form.PIXELS) {
      return LayoutMatch.certain(columns + "; the file says that its boxes are final");
    }
    return rows.count() >= PROOF
        ? LayoutMatch.certain("%s; %d valid boxes".formatted(columns, rows.count()))
        : LayoutMatch.possible("%s; %d valid boxes".formatted(columns, rows.count()));
  }

  private BoxTable.BoxKind kind() {
    return form == Form.CENTRES ? BoxTable.BoxKind.CENTRED : BoxTable.BoxKind.CORNERS;
  }

  /** Why the boxes have another form. */
  private Optional<String> findOtherForm(BoxTable.Rows rows) {
    boolean otherUnit =
        switch (form) {
          case PIXELS -> rows.count() > 0 && rows.largest() <= LARGEST_FRACTION;
          case FRACTIONS -> rows.largest() > LARGEST_FRACTION;
          case CENTRES -> !DetrLayout.areFractions(new ValueRange(rows.smallest(), rows.largest()));
        };
    if (otherUnit) {
      return Optional.of("its coordinates reach %.3g".formatted(rows.largest()));
    }
    return form == Form.CENTRES && !rows.isInverted()
        ? Optional.of(DetrLayout.CORNERS)
        : Optional.empty();
  }

  private static BoxTable table(List<OutputTensor> outputs) {
    OutputTensor tensor = findTable(outputs).orElseThrow();
    return new BoxTable(
        tensor, hasImage(tensor) ? BoxTable.Order.IMAGE_FIRST : BoxTable.Order.BOX_FIRST);
  }

  private static boolean hasImage(OutputTensor tensor) {
    return tensor.size(tensor.shape().size() - 1) == COLUMNS_WITH_IMAGE;
  }

  private static Optional<OutputTensor> findTable(List<OutputTensor> outputs) {
    return outputs.size() == 1 && isTable(outputs.get(0))
        ? Optional.of(outputs.get(0))
        : Optional.empty();
  }

  private static boolean isTable(OutputTensor tensor) {
    int axes = tensor.shape().size();
    return (axes == 3 && tensor.size(2) == COLUMNS)
        || (axes == 3 && tensor.size(2) == COLUMNS_WITH_IMAGE && tensor.size(0) == 1)
        || (axes == 2 && tensor.size(1) == COLUMNS_WITH_IMAGE);
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTable(outputs).isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, N, 6] or [N, 7]";
  }

  @Override
  public OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.empty();
  }

  @Override
  public int images(List<OutputTensor> outputs) {
    return findTable(outputs)
        .map(tensor -> tensor.shape().size() == 3 ? tensor.size(0) : 1)
        .orElse(0);
  }

  @Override
  public OutputTensor scores(List<OutputTensor> outputs) {
    return findTable(outputs).orElseThrow();
  }

  @Override
  ValueRange scoreRange(List<OutputTensor> outputs) {
    int column = hasImage(scores(outputs)) ? 6 : 4;
    return ValueRange.ofColumns(scores(outputs), column, column + 1);
  }

  /** The size of a tensor with seven columns is different in each call. */
  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return findTable(outputs).filter(tensor -> !hasImage(tensor));
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    InputFormat input = super.defaultInput(width, height, metadata);
    return form == Form.CENTRES ? input.withPlacement(Placement.STRETCH) : input;
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return form == Form.PIXELS
        ? new Decoder(form, labels, 1, 1)
        : new Decoder(form, labels, input.width(), input.height());
  }

  private record Decoder(Form form, List<String> labels, float width, float height)
      implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      OutputTensor tensor = outputs.tensors().get(0);
      BoxTable table = table(outputs.tensors());
      int rows = hasImage(tensor) ? table.rows() : tensor.size(1);
      Candidates candidates = new Candidates();
      for (int row = image * rows; row < (image + 1) * rows; row++) {
        if (table.isAbove(row, (float) thresholds.confidence())) {
          add(candidates, table, row);
        }
      }
      return candidates.best(thresholds, letterbox, labels);
    }

    private void add(Candidates candidates, BoxTable table, int row) {
      float first = table.box(row, 0) * width;
      float second = table.box(row, 1) * height;
      float third = table.box(row, 2) * width;
      float fourth = table.box(row, 3) * height;
      int classId = (int) table.classId(row);
      if (form == Form.CENTRES) {
        candidates.addCentred(first, second, third, fourth, classId, table.score(row));
      } else {
        candidates.add(first, second, third, fourth, classId, table.score(row));
      }
    }
  }
}
