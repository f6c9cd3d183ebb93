package org.seeql.udf.layout;

import java.nio.FloatBuffer;
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

  /** Rows with a lower score are not detections, and their other values prove nothing. */
  private static final float LEAST_SCORE = 1e-6f;

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
    Rows rows = new Rows();
    sample.runs().forEach(outputs -> rows.add(table(outputs)));
    if (form == Form.CENTRES && rows.count == 0) {
      return LayoutMatch.nothing();
    }
    if (rows.problem.isPresent()) {
      return LayoutMatch.excluded(rows.problem.get());
    }
    Optional<String> otherForm = form == Form.CENTRES ? rows.notCentres() : rows.notCorners(form);
    if (otherForm.isPresent()) {
      return LayoutMatch.excluded(otherForm.get());
    }
    String columns = form.description + ", score, class id";
    if (metadata.suppressed() && form == Form.PIXELS) {
      return LayoutMatch.certain(columns + "; the file says that its boxes are final");
    }
    return rows.count >= PROOF
        ? LayoutMatch.certain("%s; %d valid boxes".formatted(columns, rows.count))
        : LayoutMatch.possible("%s; %d valid boxes".formatted(columns, rows.count));
  }

  /** The detections of a sample, with the reason why they cannot be detections. */
  private static final class Rows {
    private int count;
    private float smallest;
    private float largest;
    private Optional<String> problem = Optional.empty();
    private Optional<String> centre = Optional.empty();

    void add(Table table) {
      for (int row = 0; row < table.rows; row++) {
        float score = table.score(row);
        if (!(score >= 0 && score <= 1)) {
          problem = Optional.of("the score of a row would be %.3g".formatted(score));
        } else if (score > LEAST_SCORE) {
          add(table, row);
        }
      }
    }

    private void add(Table table, int row) {
      float classId = table.classId(row);
      if (classId != Math.rint(classId) || classId < 0) {
        problem = Optional.of("the class id of a row would be %.3g".formatted(classId));
      }
      for (int corner = 0; corner < 2; corner++) {
        float min = table.coordinate(row, corner);
        float max = table.coordinate(row, corner + 2);
        if (!(max >= min)) {
          centre = Optional.of("a box would extend from %.3g to %.3g".formatted(min, max));
        }
        smallest = Math.min(smallest, Math.min(min, max));
        largest = Math.max(largest, Math.max(min, max));
      }
      count++;
    }

    /** Why the boxes are not corners in a unit. */
    Optional<String> notCorners(Form form) {
      if (centre.isPresent()) {
        return centre;
      }
      boolean pixels = largest > 2;
      return count > 0 && pixels != (form == Form.PIXELS)
          ? Optional.of("its coordinates reach %.3g".formatted(largest))
          : Optional.empty();
    }

    /** Why the boxes are not centres and sizes. */
    Optional<String> notCentres() {
      if (!DetrLayout.areFractions(new ValueRange(smallest, largest))) {
        return Optional.of("its coordinates reach %.3g".formatted(largest));
      }
      return centre.isPresent() ? Optional.empty() : Optional.of(DetrLayout.CORNERS);
    }
  }

  /** The rows of one tensor. */
  private static final class Table {
    private final FloatBuffer values;
    private final int rows;
    private final int columns;

    Table(OutputTensor tensor) {
      values = tensor.values();
      columns = columns(tensor);
      rows = tensor.count() / columns;
    }

    private float value(int row, int column) {
      return values.get(row * columns + column);
    }

    private boolean hasImage() {
      return columns == COLUMNS_WITH_IMAGE;
    }

    float coordinate(int row, int index) {
      return value(row, hasImage() ? index + 1 : index);
    }

    float score(int row) {
      return value(row, hasImage() ? 6 : 4);
    }

    float classId(int row) {
      return value(row, 5);
    }
  }

  private static Table table(List<OutputTensor> outputs) {
    return new Table(findTable(outputs).orElseThrow());
  }

  private static Optional<OutputTensor> findTable(List<OutputTensor> outputs) {
    return outputs.size() == 1 && isTable(outputs.get(0))
        ? Optional.of(outputs.get(0))
        : Optional.empty();
  }

  private static int columns(OutputTensor tensor) {
    return tensor.size(tensor.shape().size() - 1);
  }

  private static boolean isTable(OutputTensor tensor) {
    int axes = tensor.shape().size();
    return (axes == 3 && tensor.size(2) == COLUMNS)
        || (axes == 3 && tensor.size(2) == COLUMNS_WITH_IMAGE && tensor.size(0) == 1)
        || (axes == 2 && tensor.size(1) == COLUMNS_WITH_IMAGE);
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTable(outputs)
        .filter(tensor -> form != Form.CENTRES || columns(tensor) == COLUMNS)
        .isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return form == Form.CENTRES ? "[B, N, 6]" : "[B, N, 6] or [N, 7]";
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
    int column = table(outputs).hasImage() ? 6 : 4;
    return ValueRange.ofColumns(scores(outputs), column, column + 1);
  }

  /** The size of a tensor with seven columns is different in each call. */
  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return findTable(outputs).filter(tensor -> columns(tensor) == COLUMNS);
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    InputFormat input = super.defaultInput(width, height, metadata);
    return form == Form.CENTRES ? input.withPlacement(Placement.STRETCH) : input;
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(
        form,
        labels,
        form == Form.PIXELS ? 1 : input.width(),
        form == Form.PIXELS ? 1 : input.height());
  }

  private record Decoder(Form form, List<String> labels, float width, float height)
      implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      Table table = table(outputs.tensors());
      int rows = table.hasImage() ? table.rows : scoresOf(outputs).size(1);
      Candidates candidates = new Candidates();
      for (int row = image * rows; row < (image + 1) * rows; row++) {
        float score = table.score(row);
        if (score >= (float) thresholds.confidence() && score > 0) {
          add(candidates, table, row);
        }
      }
      return candidates.best(thresholds, letterbox, labels);
    }

    private void add(Candidates candidates, Table table, int row) {
      float first = table.coordinate(row, 0) * width;
      float second = table.coordinate(row, 1) * height;
      float third = table.coordinate(row, 2) * width;
      float fourth = table.coordinate(row, 3) * height;
      int classId = (int) table.classId(row);
      if (form == Form.CENTRES) {
        candidates.addCentred(first, second, third, fourth, classId, table.score(row));
      } else {
        candidates.add(first, second, third, fourth, classId, table.score(row));
      }
    }

    private static OutputTensor scoresOf(ModelOutputs outputs) {
      return outputs.tensors().get(0);
    }
  }
}
