package org.seeql.job.evaluate;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.udf.evaluate.PresenceCounts;
import org.seeql.udf.model.Device;

/**
 * A profile as stored in {@code model_profiles}.
 *
 * @param id the id of its row
 * @param maxDetections empty if the model is no detector, or in a profile of an earlier version
 */
record StoredProfile(
    long id,
    String model,
    int version,
    String dataset,
    double confidence,
    double nmsIou,
    OptionalInt maxDetections,
    long images,
    OptionalDouble accuracy,
    Instant created) {
  static final String TABLE = SystemSchema.table("model_profiles");
  static final String SELECT =
      "SELECT profile_id, model, model_version, dataset, confidence, nms_iou,"
          + " max_detections, images, accuracy, created FROM "
          + TABLE;

  /**
   * A class of a profile.
   *
   * @param label empty if the model does not know the class
   * @param labelled bits of the sample
   * @param answered bits of the sample
   */
  record StoredClass(
      String name,
      String label,
      long shown,
      PresenceCounts counts,
      OptionalDouble ap50,
      OptionalDouble ap,
      BitSet labelled,
      BitSet answered) {
    boolean isKnown() {
      return !label.isEmpty();
    }
  }

  /** A timing of a profile. */
  record StoredTiming(String device, int batchSize, double secondsPerImage) {}

  static StoredProfile read(ResultSet row) throws SQLException {
    return new StoredProfile(
        row.getLong("profile_id"),
        row.getString("model"),
        row.getInt("model_version"),
        row.getString("dataset"),
        row.getDouble("confidence"),
        row.getDouble("nms_iou"),
        integer(row, "max_detections"),
        row.getLong("images"),
        number(row, "accuracy"),
        row.getTimestamp("created").toInstant());
  }

  List<StoredClass> classes(DatabaseSession session) throws SQLException {
    return session.query(
        "SELECT class_name, label, images_shown, true_positives, false_positives,"
            + " false_negatives, true_negatives, ap50, ap, labelled, answered FROM "
            + SystemSchema.table("model_profile_classes")
            + " WHERE profile_id = ? ORDER BY class_name",
        row ->
            new StoredClass(
                row.getString("class_name"),
                row.getString("label") == null ? "" : row.getString("label"),
                row.getLong("images_shown"),
                new PresenceCounts(
                    row.getLong("true_positives"),
                    row.getLong("false_positives"),
                    row.getLong("false_negatives"),
                    row.getLong("true_negatives")),
                number(row, "ap50"),
                number(row, "ap"),
                BitSet.valueOf(row.getBytes("labelled")),
                row.getBytes("answered") == null
                    ? new BitSet()
                    : BitSet.valueOf(row.getBytes("answered"))),
        id);
  }

  /**
   * The scores of the sample's images for some classes.
   *
   * @param classes names; those that the model does not know are left out
   * @param images the number of images in the sample
   * @return by class, one score per image, 0 to 1; empty if an earlier version has written the
   *     profile
   * @throws SQLException also if stored scores are damaged
   */
  SortedMap<String, float[]> scores(DatabaseSession session, Collection<String> classes, int images)
      throws SQLException {
    SortedMap<String, float[]> scores = new TreeMap<>();
    for (String name : classes) {
      Optional<byte[]> packed =
          session.findFirst(
              "SELECT scores FROM "
                  + SystemSchema.table("model_profile_classes")
                  + " WHERE profile_id = ? AND class_name = ? AND scores IS NOT NULL",
              row -> row.getBytes(1),
              id,
              name);
      if (packed.isPresent()) {
        scores.put(name, unpack(packed.get(), images, name));
      }
    }
    return scores;
  }

  private float[] unpack(byte[] packed, int images, String className) throws SQLException {
    try {
      return PackedScores.unpack(packed, images);
    } catch (IOException e) {
      throw new SQLException(
          "Cannot read the scores of the class '%s' in the profile of model %s, version %d, on %s: %s; evaluate the model again"
              .formatted(className, model, version, dataset, e.getMessage()),
          e);
    }
  }

  /** The timings on a kind of device, by batch size. */
  List<StoredTiming> timings(DatabaseSession session, Device device) throws SQLException {
    return session.query(
        "SELECT device, batch_size, seconds_per_image FROM "
            + SystemSchema.table("model_profile_timings")
            + " WHERE profile_id = ? AND device LIKE ? ORDER BY batch_size, device",
        row -> new StoredTiming(row.getString(1), row.getInt(2), row.getDouble(3)),
        id,
        device.isGpu() ? "gpu%" : "cpu%");
  }

  /** The image ids of the sample; bit i of a class refers to the i-th id. */
  List<String> sampleIds(DatabaseSession session) throws SQLException {
    return session
        .findFirst(
            "SELECT sample_ids FROM " + TABLE + " WHERE profile_id = ?",
            row -> PresenceBits.unpack(row.getBytes(1)),
            id)
        .orElse(List.of());
  }

  /**
   * The timing for a batch size: that of the same size, else of the next smaller one, else of the
   * smallest. Without a batch size, the timing with the lowest cost.
   */
  static StoredTiming choose(List<StoredTiming> timings, OptionalInt batchSize) {
    if (batchSize.isEmpty()) {
      return timings.stream()
          .min(Comparator.comparingDouble(StoredTiming::secondsPerImage))
          .orElseThrow();
    }
    return timings.stream()
        .filter(t -> t.batchSize() <= batchSize.getAsInt())
        .reduce((first, second) -> second)
        .orElseGet(() -> timings.get(0));
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalDouble number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
