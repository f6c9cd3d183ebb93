package org.seeql.job.train;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.model.RegisteredModel;

/** What {@code trainings} stores about the training of a model, for display. */
public final class TrainingRecord {
  private TrainingRecord() {}

  /** The training of a version of a model: labels and values, in display order. */
  public static Optional<Map<String, String>> find(DatabaseSession session, RegisteredModel model)
      throws SQLException {
    return session.findFirst(
        "SELECT t.run_id, t.report, r.statement, r.images, r.failed, r.finished FROM "
            + TrainingSettings.TABLE
            + " AS t JOIN "
            + SystemSchema.table("runs")
            + " AS r ON r.run_id = t.run_id WHERE t.model = ? AND t.model_version = ?",
        row -> read(row, model),
        model.description().name(),
        model.version());
  }

  private static Map<String, String> read(ResultSet row, RegisteredModel model)
      throws SQLException {
    StoredTraining report =
        StoredTraining.parse(
            row.getString("report"), "the training of " + model.description().name());
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("run", row.getString("run_id"));
    lines.put("finished", row.getTimestamp("finished").toInstant().toString());
    lines.put("statement", row.getString("statement"));
    lines.putAll(report.findings());
    lines.put("failed", row.getLong("failed") + " of " + row.getLong("images") + " images");
    report
        .classes()
        .forEach(values -> lines.put("class " + values.get(0), figures(report, values)));
    report
        .steps()
        .forEach(
            step ->
                lines.put(
                    "regularisation " + TrainingReport.decimal(step.lambda()),
                    format(
                        "training loss %.4f, validation loss %.4f, validation accuracy %.4f%s",
                        step.trainingLoss(),
                        step.validationLoss(),
                        step.validationAccuracy(),
                        step.lambda() == report.lambda() ? "; chosen" : "")));
    report.confusion().ifPresent(rows -> addConfusion(lines, report, rows));
    int number = 1;
    for (StoredTraining.Mistake mistake : report.mistakes()) {
      lines.put(
          "mistake " + number++,
          format(
              "%s (id %s): %s, answered %s with %.4f",
              mistake.path(), mistake.id(), mistake.label(), mistake.answer(), mistake.score()));
    }
    report
        .seconds()
        .forEach(
            (stage, seconds) -> {
              if (!stage.contains(".")) {
                lines.put("seconds of " + stage, format("%.2f", seconds));
              }
            });
    return lines;
  }

  private static String figures(StoredTraining report, List<Object> values) {
    List<String> figures = new ArrayList<>();
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) != null) {
        figures.add(report.columns().get(i) + " " + values.get(i));
      }
    }
    return String.join(", ", figures);
  }

  private static void addConfusion(
      Map<String, String> lines, StoredTraining report, List<List<Long>> rows) {
    for (int label = 0; label < rows.size(); label++) {
      List<String> answers = new ArrayList<>();
      for (int answer = 0; answer < rows.size(); answer++) {
        long images = rows.get(label).get(answer);
        if (images > 0) {
          answers.add(report.classes().get(answer).get(0) + " " + images);
        }
      }
      lines.put("answers for " + report.classes().get(label).get(0), String.join(", ", answers));
    }
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
