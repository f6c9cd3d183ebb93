package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredJson;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.planner.plan.Estimator;
import org.seeql.planner.plan.TrainOptions;
import org.seeql.udf.train.HeadFit;
import org.seeql.udf.train.ImageSplit;
import org.seeql.udf.train.ImageSplit.Part;

/**
 * The images of a training with their features, labels and parts, in an order that depends only on
 * their content and ids.
 */
final class TrainingImages {
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final int FETCHED_AT_ONCE = 500;

  /** The vectors of weights that the optimiser keeps. */
  private static final int VECTORS_OF_A_FIT = 40;

  /** The share of the memory that features may occupy: standardising them doubles their size. */
  private static final double MEMORY_SHARE = 0.25;

  private final List<TrainingImage> images;
  private final List<Part> parts;

  private TrainingImages(List<TrainingImage> images, List<Part> parts) {
    this.images = List.copyOf(images);
    this.parts = List.copyOf(parts);
  }

  /**
   * One image.
   *
   * @param id as text
   * @param content the SHA-256 of its file
   * @param classes the numbers of its classes
   * @param part the part to which the user assigns it
   * @param features must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // as large as memory allows
  record TrainingImage(
      String id,
      String path,
      String content,
      BitSet classes,
      Optional<Part> part,
      float[] features) {}

  /**
   * Reads the images of a run. Images of other labels than the classes of a classifier are left
   * out.
   */
  static TrainingImages read(
      DatabaseConnector connector, RunRecord run, TrainingSettings settings, int features)
      throws SQLException {
    Reader reader = new Reader(settings, run);
    try (DatabaseSession session = DatabaseSession.openForReading(connector);
        Statement statement = session.createStatement()) {
      reader.requireMemory(session, features);
      statement.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet rows = statement.executeQuery(reader.query())) {
        while (rows.next()) {
          reader.add(rows);
        }
      }
    }
    List<TrainingImage> images =
        reader.images.stream()
            .sorted(Comparator.comparing(TrainingImage::content).thenComparing(TrainingImage::id))
            .toList();
    TrainOptions options = settings.options();
    return new TrainingImages(
        images,
        new ImageSplit(options.holdout(), options.seed())
            .split(
                images.stream()
                    .map(i -> new ImageSplit.Image(i.content(), i.classes(), i.part()))
                    .toList()));
  }

  /** Reads the table of the run. */
  private static final class Reader {
    private final TrainingSettings settings;
    private final RunRecord run;
    private final boolean hasSplit;
    private final List<TrainingImage> images = new ArrayList<>();

    Reader(TrainingSettings settings, RunRecord run) {
      this.settings = requireNonNull(settings, "settings is null");
      this.run = requireNonNull(run, "run is null");
      this.hasSplit =
          run.layout().selectedColumns().stream()
              .anyMatch(column -> column.name().equals(ResultLayouts.SPLIT));
    }

    void requireMemory(DatabaseSession session, int features) throws SQLException {
      long count =
          session
              .findFirst(
                  "SELECT COUNT(*) FROM " + run.result().written().quoted(), row -> row.getLong(1))
              .orElse(0L);
      int outputs =
          settings.options().estimator() == Estimator.CLASSIFIER ? settings.classes().size() : 1;
      double needed =
          (double) count * (features * Float.BYTES + outputs * Integer.BYTES)
              + (double) VECTORS_OF_A_FIT * Double.BYTES * outputs * (features + 1);
      double most = Runtime.getRuntime().maxMemory() * MEMORY_SHARE;
      if (needed > most) {
        throw new RefusalException(
            "Cannot fit %d images with %d features in the memory of this process: they need %.0f MiB, and at most %.0f MiB are used; train on fewer images, or set a larger -Xmx in SEEQL_JAVA_OPTS"
                .formatted(count, features, needed / (1 << 20), most / (1 << 20)));
      }
    }

    String query() {
      return "SELECT %s, %s, CONVERT(%s USING utf8mb4), %s, %s, %s FROM %s"
          .formatted(
              ResultLayouts.PACKED_ID,
              ResultLayouts.PACKED_PATH,
              ResultLayouts.PACKED_LABEL,
              hasSplit ? ResultLayouts.SPLIT : "NULL",
              ResultLayouts.CONTENT,
              ResultLayouts.FEATURES,
              run.result().written().quoted());
    }

    void add(ResultSet row) throws SQLException {
      String id = row.getString(1);
      BitSet classes = new BitSet();
      labels(row.getString(3)).stream()
          .filter(Objects::nonNull)
          .mapToInt(settings.classes()::indexOf)
          .filter(number -> number >= 0)
          .forEach(classes::set);
      if (settings.options().estimator() == Estimator.CLASSIFIER && classes.isEmpty()) {
        return;
      }
      images.add(
          new TrainingImage(
              id,
              row.getString(2),
              row.getString(5),
              classes,
              Optional.ofNullable(row.getString(4)).flatMap(Part::of),
              features(row.getBytes(6))));
    }

    /** The labels of an image, of which those of a tagger can be null. */
    private List<String> labels(String stored) throws SQLException {
      if (stored == null) {
        return List.of();
      }
      return settings.options().estimator() == Estimator.CLASSIFIER
          ? List.of(stored)
          : StoredJson.read(stored, TEXTS, "the labels of run " + run.runId());
    }

    private static float[] features(byte[] bytes) {
      float[] features = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(features);
      return features;
    }
  }

  int count() {
    return images.size();
  }

  /** The images of a part. */
  List<TrainingImage> of(Part part) {
    List<TrainingImage> chosen = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      if (parts.get(i) == part) {
        chosen.add(images.get(i));
      }
    }
    return chosen;
  }

  HeadFit.Examples examples(Part part) {
    List<TrainingImage> chosen = of(part);
    return new HeadFit.Examples(
        chosen.stream().map(TrainingImage::features).toArray(float[][]::new),
        chosen.stream().map(TrainingImage::classes).toList());
  }

  /** The number of images of a part that show a class. */
  long count(Part part, int number) {
    return of(part).stream().filter(image -> image.classes().get(number)).count();
  }
}
