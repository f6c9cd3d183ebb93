package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.seeql.cli.report.RunPage.Answer;
import org.seeql.cli.report.RunPage.Run;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunState;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.detect.GeometryKind;

/**
 * A query that returns one row per answer, independent of the shape of the run's result. Its
 * columns are {@code image} and {@code file} (text, compared bytewise), {@code label}, {@code
 * score}, and {@code x_min}, {@code y_min}, {@code x_max}, {@code y_max}, which are NULL for
 * answers without a box.
 *
 * @param sql without enclosing parentheses
 * @param detailed the same query with one more column for each of {@code outlines}, whose values
 *     are large
 * @param outlines what objects have in addition to boxes
 * @param parameters the values of its placeholders
 */
record ResultView(
    Answer answer,
    String sql,
    String detailed,
    List<GeometryKind> outlines,
    List<Object> parameters) {

  static final String RUN_ID = "run_id";

  /** The column of {@code detailed} that explanations have in addition. */
  static final String MAP = "map";

  private static final Set<String> ABOUT_THE_RUN = Set.of(RUN_ID, "model");

  ResultView {
    requireNonNull(answer, "answer is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(detailed, "detailed is null");
    outlines = List.copyOf(outlines);
    parameters = List.copyOf(parameters);
  }

  /** A view of answers without outlines. */
  ResultView(Answer answer, String sql, List<Object> parameters) {
    this(answer, sql, sql, List.of(), parameters);
  }

  /** A view, and the reason why it has no rows of this run, if any. */
  record Located(ResultView view, Optional<String> missing) {}

  /**
   * Locates the rows of a run. They are staged until the run succeeds, and published afterwards.
   */
  static Located locate(DatabaseSession session, RunRecord record, Run run) throws SQLException {
    TableName written = record.result().written();
    boolean staged = exists(session, written);
    TableName table = staged ? written : record.target().orElse(written);
    ResultView view = of(record, table);
    return new Located(view, missing(session, record, run, table));
  }

  private static Optional<String> missing(
      DatabaseSession session, RunRecord record, Run run, TableName table) throws SQLException {
    String wrote = "The run wrote %s.".formatted(Wording.count(run.counts().rows(), "row"));
    if (record.target().filter(FileTarget::isWritten).isPresent()) {
      return Optional.of("The rows are in Parquet files, which the report does not read. " + wrote);
    }
    if (!exists(session, table)) {
      if (run.state() != RunState.SUCCEEDED) {
        return Optional.of("No result was published, and no partial result is kept.");
      }
      return Optional.of(
          record.target().isEmpty()
              ? "The statement has no INTO: its rows were printed and not stored. " + wrote
              : "The table %s no longer exists. %s".formatted(table, wrote));
    }
    boolean hasRunIds = record.layout().columns().stream().anyMatch(c -> c.name().equals(RUN_ID));
    boolean ofThisRun =
        hasRunIds
            ? run.counts().rows() == 0 || hasRows(session, table, run.id())
            : isWrittenBy(session, table, run.id());
    return ofThisRun
        ? Optional.empty()
        : Optional.of(
            "%s contains no rows of this run: they were replaced, deleted or never published."
                    .formatted(table)
                + " "
                + wrote);
  }

  private static boolean exists(DatabaseSession session, TableName table) throws SQLException {
    return comment(session, table).isPresent();
  }

  /** The comment of a result table names the run that wrote it. */
  private static boolean isWrittenBy(DatabaseSession session, TableName table, String runId)
      throws SQLException {
    return comment(session, table).filter(c -> c.startsWith("SeeQL run " + runId)).isPresent();
  }

  private static Optional<String> comment(DatabaseSession session, TableName table)
      throws SQLException {
    return session.findFirst(
        "SELECT table_comment FROM information_schema.tables"
            + " WHERE table_schema = ? AND table_name = ?",
        row -> row.getString(1),
        table.database().orElseThrow(),
        table.name());
  }

  private static boolean hasRows(DatabaseSession session, TableName table, String runId)
      throws SQLException {
    return columns(session, table).contains(RUN_ID)
        && session
            .findFirst(
                "SELECT 1 FROM " + table.quoted() + " WHERE run_id = ? LIMIT 1", row -> true, runId)
            .isPresent();
  }

  private static List<String> columns(DatabaseSession session, TableName table)
      throws SQLException {
    return session.query(
        "SELECT column_name FROM information_schema.columns"
            + " WHERE table_schema = ? AND table_name = ?",
        row -> row.getString(1).toLowerCase(Locale.ROOT),
        table.database().orElseThrow(),
        table.name());
  }

  private static ResultView of(RunRecord record, TableName table) {
    ResultLayout layout = record.layout();
    List<String> answers =
        layout.computedColumns().stream()
            .map(ResultColumn::name)
            .filter(name -> !ABOUT_THE_RUN.contains(name))
            .toList();
    ResultSource source = new ResultSource(table, layout, record.runId());
    return switch (layout.shape()) {
      case DETECTION ->
          source.view(
              Answer.BOX,
              "label, score, x_min, y_min, x_max, y_max",
              "",
              outlines(answers, kind -> "t." + TableName.quote(kind.column())));
      case CLASS -> source.classes(task(record));
      case VECTOR -> throw withoutClasses(record, table);
      case IMAGE -> {
        if (task(record) == VisionTask.EMBED) {
          throw withoutClasses(record, table);
        }
        yield source.json(jsonColumn(layout), task(record));
      }
      case PREDICTION ->
          switch (task(record)) {
            case DETECT -> source.json(jsonColumn(layout), VisionTask.DETECT);
            case TAG -> source.json(jsonColumn(layout), VisionTask.TAG);
            case EMBED -> throw withoutClasses(record, table);
            case CLASSIFY ->
                source.view(
                    Answer.LABEL,
                    "%s AS label, %s AS score, %s"
                        .formatted(
                            TableName.quote(answers.get(0)),
                            TableName.quote(answers.get(1)),
                            ResultSource.NO_BOX),
                    "");
          };
      case WIDE -> source.wide(answers);
      case FOUND -> source.found(jsonColumn(layout));
      case EXPLANATION ->
          source.explained(task(record) == VisionTask.DETECT ? Answer.BOX : Answer.PRESENCE);
      case PACKED, FEATURES, EVALUATION, MATCHES ->
          throw new IllegalStateException("an evaluation has no rows of answers");
    };
  }

  private static RefusalException withoutClasses(RunRecord record, TableName table) {
    return new RefusalException(
        "Cannot report on run %s: its result consists of vectors, which cannot be drawn; use SELECT * FROM %s"
            .formatted(record.runId(), table));
  }

  /** The outlines that are columns, each with its expression. */
  static Map<GeometryKind, String> outlines(
      List<String> columns, Function<GeometryKind, String> expression) {
    Map<GeometryKind, String> outlines = new EnumMap<>(GeometryKind.class);
    for (GeometryKind kind : GeometryKind.values()) {
      if (kind != GeometryKind.NONE && columns.contains(kind.column())) {
        outlines.put(kind, expression.apply(kind));
      }
    }
    return outlines;
  }

  private static VisionTask task(RunRecord record) {
    return VisionTask.find(record.task())
        .orElseThrow(() -> new IllegalStateException("unknown task: " + record.task()));
  }

  private static String jsonColumn(ResultLayout layout) {
    return layout.computedColumns().stream()
        .filter(column -> column.type().kind() == ColumnType.Kind.JSON)
        .map(ResultColumn::name)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A result of JSON has no such column"));
  }
}
