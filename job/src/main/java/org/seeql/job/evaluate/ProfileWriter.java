package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;
import static org.seeql.job.evaluate.EvaluationTable.number;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.RunRecord;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.VisionTask;
import org.seeql.udf.evaluate.EvaluatedClass;
import org.seeql.udf.evaluate.Measurement;
import org.seeql.udf.evaluate.SampledImage;

/**
 * Stores a profile and replaces the one of the same model, version and data set. Timings on other
 * devices are kept. Uses the caller's transaction; for one thread.
 */
final class ProfileWriter {
  private static final String PROFILES = SystemSchema.table("model_profiles");
  private static final String CLASSES = SystemSchema.table("model_profile_classes");
  private static final String TIMINGS = SystemSchema.table("model_profile_timings");

  private final DatabaseSession session;
  private final RunRecord run;
  private final EvaluationOptions options;

  /**
   * A writer of the profile of a run's model.
   *
   * @param options with the name of the data set
   */
  ProfileWriter(DatabaseSession session, RunRecord run, EvaluationOptions options) {
    this.session = requireNonNull(session, "session is null");
    this.run = requireNonNull(run, "run is null");
    this.options = requireNonNull(options, "options is null");
  }

  void replace(Measurement measurement, List<ModelTiming> timings) throws SQLException {
    long profile = profile(measurement);
    session.update("DELETE FROM " + CLASSES + " WHERE profile_id = ?", profile);
    writeClasses(profile, measurement);
    for (ModelTiming timing : timings) {
      session.update(
          "DELETE FROM " + TIMINGS + " WHERE profile_id = ? AND device = ?",
          profile,
          timing.device());
    }
    writeTimings(profile, timings);
  }

  private long profile(Measurement measurement) throws SQLException {
    session.update(
        "INSERT INTO "
            + PROFILES
            + " (model, model_version, dataset, task, run_id, confidence, nms_iou, match_iou,"
            + " max_detections, images, accuracy, sample_images, sample_ids)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
            + " run_id = VALUES(run_id), confidence = VALUES(confidence),"
            + " nms_iou = VALUES(nms_iou), match_iou = VALUES(match_iou),"
            + " max_detections = VALUES(max_detections),"
            + " images = VALUES(images), accuracy = VALUES(accuracy),"
            + " sample_images = VALUES(sample_images), sample_ids = VALUES(sample_ids),"
            + " created = CURRENT_TIMESTAMP(3)",
        run.model(),
        run.modelVersion(),
        options.dataset().orElseThrow(),
        run.task(),
        run.runId(),
        options.confidence(),
        run.options().iou(),
        options.matchIou(),
        maxDetections(),
        measurement.images(),
        measurement.accuracy().isPresent() ? measurement.accuracy().getAsDouble() : null,
        measurement.sample().size(),
        PresenceBits.pack(measurement.sample().stream().map(SampledImage::id).toList()));
    return session
        .findFirst(
            "SELECT profile_id FROM "
                + PROFILES
                + " WHERE model = ? AND model_version = ? AND dataset = ?",
            row -> row.getLong(1),
            run.model(),
            run.modelVersion(),
            options.dataset().orElseThrow())
        .orElseThrow();
  }

  /** Null for a model that is no detector. */
  private Integer maxDetections() {
    return run.task().equals(VisionTask.DETECT.toString()) ? run.options().maxDetections() : null;
  }

  private void writeClasses(long profile, Measurement measurement) throws SQLException {
    try (PreparedStatement insert =
        session.prepare(
            "INSERT INTO "
                + CLASSES
                + " (profile_id, class_name, label, images_shown, objects, true_positives,"
                + " false_positives, false_negatives, true_negatives, ap50, ap,"
                + " object_precision, object_recall, labelled, answered, scores)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < measurement.classes().size(); i++) {
        bind(insert, profile, measurement, i);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void bind(
      PreparedStatement insert, long profile, Measurement measurement, int number)
      throws SQLException {
    EvaluatedClass c = measurement.classes().get(number);
    boolean known = c.label().isPresent();
    insert.setLong(1, profile);
    insert.setString(2, c.name());
    insert.setString(3, c.label().orElse(null));
    insert.setLong(4, c.presence().shown());
    insert.setLong(5, c.scores().objects());
    insert.setObject(6, known ? c.presence().truePositives() : null);
    insert.setObject(7, known ? c.presence().falsePositives() : null);
    insert.setObject(8, known ? c.presence().falseNegatives() : null);
    insert.setObject(9, known ? c.presence().trueNegatives() : null);
    insert.setObject(10, known ? number(c.scores().ap50()) : null);
    insert.setObject(11, known ? number(c.scores().ap()) : null);
    insert.setObject(12, known ? number(c.scores().precision()) : null);
    insert.setObject(13, known ? number(c.scores().recall()) : null);
    insert.setBytes(14, PresenceBits.column(measurement.sample(), SampledImage::labelled, number));
    insert.setBytes(
        15,
        known ? PresenceBits.column(measurement.sample(), SampledImage::answered, number) : null);
    insert.setBytes(16, known ? PackedScores.column(measurement.sample(), number) : null);
  }

  private void writeTimings(long profile, List<ModelTiming> timings) throws SQLException {
    for (ModelTiming timing : timings) {
      session.update(
          "INSERT INTO "
              + TIMINGS
              + " (profile_id, device, batch_size, engine, seconds_per_image, prepare_seconds,"
              + " model_seconds, postprocess_seconds, calls, load_seconds, memory_bytes)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          profile,
          timing.device(),
          timing.batchSize(),
          timing.engine(),
          timing.secondsPerImage(),
          timing.prepareSeconds(),
          timing.modelSeconds(),
          timing.postprocessSeconds(),
          timing.calls(),
          timing.loadSeconds(),
          timing.memoryBytes().isPresent() ? timing.memoryBytes().getAsLong() : null);
    }
  }
}
