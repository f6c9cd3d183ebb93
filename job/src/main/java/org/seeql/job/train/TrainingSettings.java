package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredJson;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.plan.Estimator;
import org.seeql.planner.plan.TrainOptions;

/**
 * The settings of a training that its run does not contain. Stored in {@code trainings} so that the
 * training can be resumed.
 *
 * @param options with the name of the data set
 * @param classes of the model, in order
 */
public record TrainingSettings(TrainOptions options, List<String> classes) {
  static final String TABLE = SystemSchema.table("trainings");
  private static final TypeReference<Stored> STORED = new TypeReference<>() {};

  public TrainingSettings {
    requireNonNull(options, "options is null");
    classes = List.copyOf(classes);
    if (options.dataset().isEmpty()) {
      throw new IllegalArgumentException("the data set is missing");
    }
  }

  /** The stored form; missing strings are empty. */
  private record Stored(
      String estimator,
      String model,
      String label,
      String layer,
      double holdout,
      long seed,
      List<String> classes,
      String dataset,
      double confidence) {}

  /** Stores the settings of a run. */
  public void save(DatabaseSession session, String runId) throws SQLException {
    Stored stored =
        new Stored(
            options.estimator().name(),
            options.model(),
            options.label(),
            options.layer().orElse(""),
            options.holdout(),
            options.seed(),
            classes,
            options.dataset().orElseThrow(),
            options.confidence());
    session.update(
        "INSERT INTO " + TABLE + " (run_id, settings) VALUES (?, ?)",
        runId,
        StoredJson.write(stored));
  }

  /**
   * Loads the settings of a run.
   *
   * @throws RefusalException if they no longer exist, or a newer version has written them
   */
  public static TrainingSettings load(DatabaseSession session, String runId) throws SQLException {
    Optional<String> text =
        session.findFirst(
            "SELECT settings FROM " + TABLE + " WHERE run_id = ?", row -> row.getString(1), runId);
    if (text.isEmpty()) {
      throw new RefusalException(
          "Cannot resume run %s: the settings of the training no longer exist; run its statement again"
              .formatted(runId));
    }
    Stored stored = StoredJson.read(text.get(), STORED, "the training " + runId + " of " + TABLE);
    return new TrainingSettings(
        new TrainOptions(
            StoredWord.ofRun(runId, "estimator", stored.estimator(), Estimator::valueOf),
            stored.model(),
            stored.label(),
            stored.layer().isEmpty() ? Optional.empty() : Optional.of(stored.layer()),
            stored.holdout(),
            stored.seed(),
            stored.classes(),
            Optional.of(stored.dataset()),
            stored.confidence()),
        stored.classes());
  }
}
