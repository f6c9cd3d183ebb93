package org.seeql.job.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.StoredJson;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * What {@code trainings} stores about a completed training.
 *
 * @param findings a label for each line, in order
 * @param columns of the table of classes; the first one is the class
 * @param classes the rows of that table; a measure that is undefined is null
 * @param steps the fits with each regularisation
 * @param lambda the regularisation of the model
 * @param confusion for a classifier: the number of images of the holdout by label, then by answer
 * @param mistakes the worst ones on the holdout
 * @param seconds the durations of the stages
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StoredTraining(
    Map<String, String> findings,
    List<String> columns,
    List<List<Object>> classes,
    List<Step> steps,
    double lambda,
    Optional<List<List<Long>>> confusion,
    List<Mistake> mistakes,
    Map<String, Double> seconds) {
  private static final TypeReference<Stored> STORED = new TypeReference<>() {};

  public StoredTraining {
    findings = new LinkedHashMap<>(findings);
    columns = List.copyOf(columns);
    classes = classes.stream().<List<Object>>map(ArrayList::new).toList();
    steps = List.copyOf(steps);
    confusion = confusion.map(List::copyOf);
    mistakes = List.copyOf(mistakes);
    seconds = new LinkedHashMap<>(seconds);
  }

  /** One fit. Losses are mean negative logarithms of the probabilities of the right answers. */
  public record Step(
      double lambda,
      @JsonProperty("training_loss") double trainingLoss,
      @JsonProperty("validation_loss") double validationLoss,
      @JsonProperty("validation_accuracy") double validationAccuracy) {}

  /**
   * A wrong answer.
   *
   * @param label the class that the image shows, or does not show
   * @param answer the class that the model chose; for a tagger, {@code yes} or {@code no}
   * @param loss the negative logarithm of the probability of the right answer
   */
  public record Mistake(
      String id, String path, String label, String answer, double score, double loss) {}

  /** The JSON form. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Stored(
      Map<String, String> findings,
      List<String> columns,
      List<List<Object>> classes,
      List<Step> steps,
      double lambda,
      List<List<Long>> confusion,
      List<Mistake> mistakes,
      Map<String, Double> seconds) {}

  /** The training of a run. Empty if it has not completed. */
  public static Optional<StoredTraining> find(DatabaseSession session, String runId)
      throws SQLException {
    return session.findFirst(
        "SELECT report FROM " + TrainingSettings.TABLE + " WHERE run_id = ? AND report IS NOT NULL",
        row -> parse(row.getString(1), "the training of run " + runId),
        runId);
  }

  /**
   * Parses the stored JSON.
   *
   * @param origin where it comes from, in messages
   */
  static StoredTraining parse(String json, String origin) throws SQLException {
    Stored stored = StoredJson.read(json, STORED, origin);
    return new StoredTraining(
        stored.findings,
        stored.columns,
        stored.classes,
        stored.steps,
        stored.lambda,
        Optional.ofNullable(stored.confusion),
        stored.mistakes,
        stored.seconds);
  }
}
