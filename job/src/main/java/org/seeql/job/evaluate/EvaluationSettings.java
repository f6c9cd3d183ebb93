package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredJson;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.statement.TableName;

/**
 * The settings of an evaluation that its run does not contain. Stored in {@code evaluations} so
 * that the evaluation can be resumed.
 *
 * @param options options, with the name of the data set
 * @param labelled the database with the tables of labels; empty if a column contains them
 * @param target the target with its database
 * @param mode how an existing target is written
 */
public record EvaluationSettings(
    EvaluationOptions options, Optional<String> labelled, TableName target, WriteMode mode) {
  private static final String TABLE = SystemSchema.table("evaluations");
  private static final TypeReference<Stored> STORED = new TypeReference<>() {};

  public EvaluationSettings {
    requireNonNull(options, "options is null");
    requireNonNull(labelled, "labelled is null");
    requireNonNull(mode, "mode is null");
    if (options.dataset().isEmpty() || target.database().isEmpty()) {
      throw new IllegalArgumentException("the data set or the target's database is missing");
    }
    if (labelled.isPresent() == options.label().isPresent()) {
      throw new IllegalArgumentException("labels must be either in tables or in a column");
    }
  }

  /** The stored form; missing strings are empty. */
  private record Stored(
      double confidence,
      double matchIou,
      String dataset,
      String label,
      String labelled,
      String targetDatabase,
      String targetTable,
      String mode,
      boolean keepMatches) {}

  public String dataset() {
    return options.dataset().orElseThrow();
  }

  /** Stores the settings of a run. */
  public void save(DatabaseSession session, String runId) throws SQLException {
    Stored stored =
        new Stored(
            options.confidence(),
            options.matchIou(),
            dataset(),
            options.label().orElse(""),
            labelled.orElse(""),
            target.database().orElseThrow(),
            target.name(),
            mode.name(),
            options.keepMatches());
    session.update(
        "INSERT INTO " + TABLE + " (run_id, settings) VALUES (?, ?)",
        runId,
        StoredJson.write(stored));
  }

  /**
   * Loads the settings of a run.
   *
   * @throws RefusalException if a newer version has written them
   */
  public static Optional<EvaluationSettings> find(DatabaseSession session, String runId)
      throws SQLException {
    Optional<String> text =
        session.findFirst(
            "SELECT settings FROM " + TABLE + " WHERE run_id = ?", row -> row.getString(1), runId);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Stored stored = StoredJson.read(text.get(), STORED, "the evaluation " + runId + " of " + TABLE);
    return Optional.of(
        new EvaluationSettings(
            new EvaluationOptions(
                stored.confidence(),
                stored.matchIou(),
                Optional.of(stored.dataset()),
                unlessEmpty(stored.label()),
                stored.keepMatches()),
            unlessEmpty(stored.labelled()),
            TableName.of(stored.targetDatabase(), stored.targetTable()),
            StoredWord.ofRun(runId, "mode", stored.mode(), WriteMode::valueOf)));
  }

  private static Optional<String> unlessEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
