package org.seeql.datasets.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ImageRoots;
import org.seeql.datasets.export.YoloLabels.Size;
import org.seeql.planner.statement.TableName;

/**
 * Writes the objects of a data set, or the detections of a run, as a data set in the format of
 * Ultralytics YOLO: {@code data.yaml}, and for each image a label file. Classes are the categories
 * in the order of their ids; categories with the same name are one class. Rows are written as they
 * are read, so memory use does not grow with the data set.
 *
 * @see <a href="https://docs.ultralytics.com/datasets/detect/">Ultralytics' data set format</a>
 */
public final class YoloExport {
  /** The split of images that have none. */
  private static final String DEFAULT_SPLIT = "train";

  private static final List<String> SPLITS = List.of("train", "val", "test");
  private static final Set<String> OTHER_KEYS =
      Set.of("path", "names", "nc", "kpt_shape", "flip_idx", "download", "channels");
  private static final int MAX_KEYPOINTS = 999;

  private final DatabaseConnector database;

  /** What is done with the files of the images. */
  public enum ImageTransfer {
    /** Symbolic links refer to them. */
    LINK,
    COPY,
    NONE
  }

  /** What label files contain. */
  public enum LabelKind {
    BOXES,
    POLYGONS,
    KEYPOINTS
  }

  /**
   * What is exported.
   *
   * @param runId the run whose detections are exported in place of the annotations
   * @param split the split whose images are exported; all images if empty
   */
  public record Request(
      String dataSet,
      Optional<String> runId,
      Optional<String> split,
      ImageTransfer images,
      LabelKind labels) {
    public Request {
      requireNonNull(dataSet, "dataSet is null");
      requireNonNull(runId, "runId is null");
      requireNonNull(split, "split is null");
      requireNonNull(images, "images is null");
      requireNonNull(labels, "labels is null");
    }
  }

  /**
   * The outcome of an export.
   *
   * @param images the numbers of images by split
   * @param objects the number of written objects
   * @param crowds the number of omitted annotations of crowds, which YOLO does not have
   * @param withoutPolygon the number of objects whose boxes were written as polygons
   * @param missingFiles the number of images whose files do not exist
   * @param leftOut the number of omitted detections for each class without a category
   */
  public record Summary(
      SortedMap<String, Long> images,
      long objects,
      long crowds,
      long withoutPolygon,
      long missingFiles,
      SortedMap<String, Long> leftOut) {
    public Summary {
      images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
      leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }
  }

  public YoloExport(DatabaseConnector database) {
    this.database = requireNonNull(database, "database is null");
  }

  /**
   * Exports a data set.
   *
   * @param folder an empty folder
   * @throws RefusalException if there is no such data set, run or split, or if its images cannot be
   *     linked or copied
   */
  public Summary write(Request request, Path folder) throws IOException {
    String what =
        "Cannot export "
            + request.runId().map(id -> "run " + id).orElseGet(() -> request.dataSet());
    try (DatabaseSession session = DatabaseSession.openForReading(database)) {
      SystemSchema.migrate(database);
      Optional<DetectionRun> run = Optional.empty();
      if (request.runId().isPresent()) {
        run =
            Optional.of(DetectionRun.find(session, request.dataSet(), request.runId().get(), what));
      }
      Optional<Path> root =
          request.images() == ImageTransfer.NONE
              ? Optional.empty()
              : Optional.of(root(session, request.dataSet(), what));
      DataSetReading tables = DataSetReading.begin(session, request.dataSet(), what);
      tables.requireSplit(request.split());
      YoloLayout layout = new YoloLayout(folder, root, request.images());
      return new Writing(tables, request, run, layout, what).write(folder);
    } catch (SQLException e) {
      throw DatabaseErrors.refused(what, e);
    }
  }

  private static Path root(DatabaseSession session, String dataSet, String what)
      throws SQLException {
    Optional<String> root =
        ImageRoots.find(session, List.of(TableName.of(dataSet, "images")), Optional.empty())
            .stream()
            .findFirst();
    if (root.isEmpty()) {
      throw new RefusalException(what + ": the folder of its images is unknown; add --images=none");
    }
    if (root.get().contains("://")) {
      throw new RefusalException(
          "%s: its images are in %s, and only local files can be linked or copied; add --images=none"
              .formatted(what, root.get()));
    }
    return Path.of(root.get());
  }

  /** One export in progress. */
  private static final class Writing {
    private final DataSetReading tables;
    private final Request request;
    private final Optional<DetectionRun> run;
    private final YoloLayout layout;
    private final String what;
    private final Map<Long, Integer> classes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final TreeMap<String, Long> images = new TreeMap<>();
    private final TreeMap<String, Long> leftOut = new TreeMap<>();
    private final StringBuilder lines = new StringBuilder();
    private Optional<Image> image = Optional.empty();
    private int keypoints;
    private long objects;
    private long crowds;
    private long withoutPolygon;
    private long missingFiles;

    /** The image whose objects are being read. */
    private record Image(long id, String path, String split, Size size) {}

    Writing(
        DataSetReading tables,
        Request request,
        Optional<DetectionRun> run,
        YoloLayout layout,
        String what) {
      this.tables = tables;
      this.request = request;
      this.run = run;
      this.layout = layout;
      this.what = what;
    }

    Summary write(Path folder) throws SQLException, IOException {
      readClasses();
      if (request.labels() == LabelKind.KEYPOINTS) {
        keypoints = countKeypoints();
      }
      List<String> parameters = new ArrayList<>();
      tables.<IOException>read(select(parameters), parameters, this::row);
      finishImage();
      Files.writeString(folder.resolve("data.yaml"), yaml(), UTF_8);
      return new Summary(images, objects, crowds, withoutPolygon, missingFiles, leftOut);
    }

    private void readClasses() throws SQLException {
      Map<String, Integer> numbers = new LinkedHashMap<>();
      tables.<SQLException>read(
          "SELECT id, name FROM " + tables.quoted("categories") + " ORDER BY id",
          List.of(),
          row -> {
            Integer number = numbers.putIfAbsent(row.getString(2), numbers.size());
            classes.put(row.getLong(1), number == null ? numbers.size() - 1 : number);
          });
      names.addAll(numbers.keySet());
    }

    /** The largest number of keypoints of an object. */
    private int countKeypoints() throws SQLException {
      long[] values = {0};
      tables.<SQLException>read(
          "SELECT MAX(JSON_LENGTH(extra, '$.keypoints')) FROM " + tables.quoted("annotations"),
          List.of(),
          row -> values[0] = row.getLong(1));
      if (values[0] < 3 || values[0] / 3 > MAX_KEYPOINTS) {
        throw new RefusalException(
            "%s: its annotations have no keypoints, or more than %d; use --labels=boxes or --labels=polygons"
                .formatted(what, MAX_KEYPOINTS));
      }
      return (int) (values[0] / 3);
    }

    private String select(List<String> parameters) {
      String where = request.split().isPresent() ? " WHERE i.split = ?" : "";
      request.split().ifPresent(parameters::add);
      String columns = "SELECT i.image_id, i.path, i.width, i.height, i.split, ";
      if (run.isPresent()) {
        parameters.add(run.get().runId());
        return columns
            + "o.label, o.x_min, o.y_min, o.x_max - o.x_min, o.y_max - o.y_min FROM %s i JOIN %s o ON o.image_id = i.image_id%s %s o.run_id = ? ORDER BY i.image_id, o.score DESC"
                .formatted(
                    tables.quoted("images"),
                    run.get().table().quoted(),
                    where,
                    where.isEmpty() ? "WHERE" : "AND");
      }
      return columns
          + "o.category_id, o.bbox_x, o.bbox_y, o.bbox_width, o.bbox_height, o.iscrowd, o.segmentation, o.extra FROM %s i LEFT JOIN %s o ON o.image_id = i.image_id%s ORDER BY i.image_id, o.id"
              .formatted(tables.quoted("images"), tables.quoted("annotations"), where);
    }

    private void row(ResultSet row) throws SQLException, IOException {
      long id = row.getLong(1);
      if (image.isEmpty() || image.get().id() != id) {
        finishImage();
        image =
            Optional.of(
                new Image(
                    id,
                    row.getString(2),
                    split(row.getString(5)),
                    new Size(row.getInt(3), row.getInt(4))));
      }
      Optional<Integer> number = run.isPresent() ? detectedClass(row) : annotatedClass(row);
      if (number.isPresent()) {
        lines.append(number.get()).append(' ').append(values(row)).append('\n');
        objects++;
      }
    }

    private String split(String name) {
      if (name == null) {
        return DEFAULT_SPLIT;
      }
      if (!name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*") || OTHER_KEYS.contains(name)) {
        throw new RefusalException(
            "%s: split '%s' cannot be the name of a folder and a key of data.yaml; change it in images.split"
                .formatted(what, name));
      }
      return name;
    }

    private Optional<Integer> detectedClass(ResultSet row) throws SQLException {
      String label = String.valueOf(row.getString(6));
      Long category = run.orElseThrow().categories().get(label);
      if (category == null) {
        leftOut.merge(label, 1L, Long::sum);
        return Optional.empty();
      }
      return Optional.of(classes.get(category));
    }

    /** Empty for an image without objects, and for a crowd. */
    private Optional<Integer> annotatedClass(ResultSet row) throws SQLException {
      long category = row.getLong(6);
      if (row.wasNull()) {
        return Optional.empty();
      }
      if (row.getInt(11) == 1) {
        crowds++;
        return Optional.empty();
      }
      return Optional.of(classes.get(category));
    }

    private String values(ResultSet row) throws SQLException {
      double x = row.getDouble(7);
      double y = row.getDouble(8);
      double width = row.getDouble(9);
      double height = row.getDouble(10);
      Size size = image.orElseThrow().size();
      if (run.isPresent() || request.labels() == LabelKind.BOXES) {
        return YoloLabels.box(x, y, width, height, size);
      }
      if (request.labels() == LabelKind.KEYPOINTS) {
        return YoloLabels.box(x, y, width, height, size)
            + " "
            + YoloLabels.keypoints(row.getString(13), keypoints, size);
      }
      Optional<String> polygon = YoloLabels.polygon(row.getString(12), size);
      if (polygon.isEmpty()) {
        withoutPolygon++;
      }
      return polygon.orElseGet(() -> YoloLabels.corners(x, y, width, height, size));
    }

    private void finishImage() throws IOException {
      if (image.isPresent()) {
        Image read = image.get();
        if (!layout.add(read.id(), read.path(), read.split(), lines.toString())) {
          missingFiles++;
        }
        images.merge(read.split(), 1L, Long::sum);
        lines.setLength(0);
      }
    }

    private String yaml() {
      StringBuilder yaml = new StringBuilder();
      yaml.append("# Data set ").append(request.dataSet().replaceAll("\\R", " "));
      yaml.append(", written by seeql export yolo\n");
      Set<String> splits = new LinkedHashSet<>(SPLITS);
      splits.addAll(images.keySet());
      for (String split : splits) {
        if (images.containsKey(split)) {
          yaml.append(split).append(": ").append(YoloLayout.images(split)).append('\n');
        } else if (!split.equals("test")) {
          yaml.append("# No image has the split %s, which Ultralytics needs.\n".formatted(split));
        }
      }
      if (keypoints > 0) {
        yaml.append("kpt_shape: [").append(keypoints).append(", 3]\n");
      }
      yaml.append("names:\n");
      for (int i = 0; i < names.size(); i++) {
        yaml.append("  ").append(i).append(": \"");
        JsonStringEncoder.getInstance().quoteAsString(names.get(i), yaml);
        yaml.append("\"\n");
      }
      return yaml.toString();
    }
  }
}
