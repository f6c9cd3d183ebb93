package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.cli.report.EvaluationPage.Criteria;
import org.seeql.cli.report.EvaluationPage.Matches;
import org.seeql.cli.report.EvaluationPage.Measures;
import org.seeql.cli.report.EvaluationPage.Timing;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunState;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.evaluate.PresenceCounts;

/** Reads what the page of an evaluation shows. */
final class EvaluationReader {
  static final String ALL = "(all)";

  private final DatabaseSession session;
  private final RunRecord run;
  private final RunState state;

  EvaluationReader(DatabaseSession session, RunRecord run, RunState state) {
    this.session = requireNonNull(session, "session is null");
    this.run = requireNonNull(run, "run is null");
    this.state = requireNonNull(state, "state is null");
  }

  /** Reads the measures only, of an evaluation that has finished. */
  EvaluationPage readMeasures(EvaluationSettings settings) throws SQLException {
    return measured(settings, criteria(settings));
  }

  private Criteria criteria(EvaluationSettings settings) {
    VisionTask task =
        VisionTask.find(run.task())
            .orElseThrow(() -> new IllegalStateException("unknown task: " + run.task()));
    return new Criteria(
        task, settings.dataset(), settings.options().confidence(), settings.options().matchIou());
  }

  EvaluationPage read() throws SQLException {
    EvaluationSettings settings =
        EvaluationSettings.find(session, run.runId())
            .orElseThrow(() -> new SQLException("the settings of the evaluation no longer exist"));
    Criteria criteria = criteria(settings);
    if (state != RunState.SUCCEEDED) {
      return none(criteria, "The evaluation has not finished: it has no measures yet.");
    }
    try {
      EvaluationPage page = measured(settings, criteria);
      return page.overall().isPresent() ? withMatches(page, settings) : page;
    } catch (SQLSyntaxErrorException e) {
      return none(
          criteria,
          "Cannot read the result as this run wrote it; its columns may have changed since: "
              + DatabaseErrors.message(e));
    }
  }

  private EvaluationPage measured(EvaluationSettings settings, Criteria criteria)
      throws SQLException {
    TableName target = settings.target();
    if (!hasRows(target)) {
      return none(
          criteria,
          "%s contains no rows of this evaluation: they were replaced or deleted."
              .formatted(target));
    }
    List<Measures> classes = measures(target, "class");
    OptionalDouble meanF1 = classes.stream().flatMapToDouble(c -> c.f1().stream()).average();
    return new EvaluationPage(
        criteria,
        measures(target, "overall").stream().findFirst().map(all -> all.withF1(meanF1)),
        classes,
        timings(target),
        Optional.empty(),
        Optional.empty());
  }

  private EvaluationPage withMatches(EvaluationPage page, EvaluationSettings settings)
      throws SQLException {
    TableName table = EvaluateStatement.matchesOf(settings.target());
    boolean hasMatches = hasRows(table);
    return new EvaluationPage(
        page.criteria(),
        page.overall(),
        page.classes(),
        page.timings(),
        hasMatches ? Optional.of(matches(table)) : Optional.empty(),
        hasMatches ? Optional.empty() : Optional.of(withoutMatches(settings, table)));
  }

  private static String withoutMatches(EvaluationSettings settings, TableName matches) {
    String rest =
        "Causes of errors, precision-recall curves, calibration, the confusion matrix and the worst"
            + " images need them.";
    return settings.options().keepMatches()
        ? "%s contains no rows of this evaluation: they were replaced or deleted. %s"
            .formatted(matches, rest)
        : "This evaluation kept no matches. %s Run the statement again with keep_matches = true."
            .formatted(rest);
  }

  private static EvaluationPage none(Criteria criteria, String why) {
    return new EvaluationPage(
        criteria, Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.of(why));
  }

  /** Whether a table has rows of the run. */
  boolean hasRows(TableName table) throws SQLException {
    return ExistingTable.find(session, table)
            .filter(t -> t.findColumn("run_id").isPresent())
            .isPresent()
        && session
            .findFirst(
                "SELECT 1 FROM " + table.quoted() + " WHERE run_id = ? LIMIT 1",
                row -> true,
                run.runId())
            .isPresent();
  }

  private List<Measures> measures(TableName target, String scope) throws SQLException {
    return session.query(
        "SELECT * FROM %s WHERE run_id = ? AND scope = ? ORDER BY objects DESC, class"
            .formatted(target.quoted()),
        row ->
            new Measures(
                Optional.ofNullable(row.getString("class")).orElse(ALL),
                row.getLong(scope.equals("class") ? "images_shown" : "images"),
                row.getLong("objects"),
                number(row, "accuracy"),
                number(row, "ap50"),
                number(row, "ap"),
                number(row, "object_precision"),
                number(row, "object_recall"),
                f1(row),
                number(row, "present_tpr"),
                number(row, "present_fpr")),
        run.runId(),
        scope);
  }

  /** Empty if neither an image nor an answer has the class. */
  private static OptionalDouble f1(ResultSet row) throws SQLException {
    double f1 =
        new PresenceCounts(
                row.getLong("present_tp"),
                row.getLong("present_fp"),
                row.getLong("present_fn"),
                row.getLong("present_tn"))
            .f1();
    return Double.isNaN(f1) ? OptionalDouble.empty() : OptionalDouble.of(f1);
  }

  private List<Timing> timings(TableName target) throws SQLException {
    return session.query(
        "SELECT device, engine, batch_size, seconds_per_image FROM %s WHERE run_id = ? AND scope ="
                .formatted(target.quoted())
            + " 'timing' ORDER BY device, batch_size",
        row -> new Timing(row.getString(1), row.getString(2), row.getInt(3), row.getDouble(4)),
        run.runId());
  }

  private Matches matches(TableName table) throws SQLException {
    MatchQueries queries = new MatchQueries(session, table, run.runId());
    Map<String, Long> objects = queries.objects();
    WorstImagesReader images = new WorstImagesReader(session, table, run);
    return new Matches(
        queries.counts(),
        queries.curves(objects),
        queries.bins(),
        new ConfusionReader(session, table, run.runId()).read(objects),
        images.read(),
        images.count());
  }

  /** A column that may be NULL. */
  static OptionalDouble number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
