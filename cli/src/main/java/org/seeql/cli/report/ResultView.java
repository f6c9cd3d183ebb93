package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seeql.cli.report.RunPage.Answer;
import org.seeql.cli.report.RunPage.Run;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ColumnType;
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

  private static final String RUN_ID = "run_id";
  private static final Set<String> ABOUT_THE_RUN = Set.of(RUN_ID, "model");
  private static final String NO_BOX =
      "CAST(NULL AS DOUBLE) AS x_min, CAST(NULL AS DOUBLE) AS y_min,"
          + " CAST(NULL AS DOUBLE) AS x_max, CAST(NULL AS DOUBLE) AS y_max";

  /** Extracts the keys of a detection or a class that are stored as JSON. */
  private static final String ANSWERS =
      "JSON_TABLE(t.%s, '%s' COLUMNS (place FOR ORDINALITY, label VARCHAR(1000) PATH '$.label',"
          + " score DOUBLE PATH '$.score', x_min DOUBLE PATH '$.x_min',"
          + " y_min DOUBLE PATH '$.y_min', x_max DOUBLE PATH '$.x_max',"
          + " y_max DOUBLE PATH '$.y_max')) d";

  ResultView {
    requireNonNull(answer, "answer is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(detailed, "detailed is null");
    outlines = List.copyOf(outlines);
    parameters = List.copyOf(parameters);
  }

  /** A view of answers without outlines. */
  private ResultView(Answer answer, String sql, List<Object> parameters) {
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
    Source source = new Source(table, layout, record.runId());
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
                            NO_BOX),
                    "");
          };
      case WIDE -> source.wide(answers);
      case FOUND -> source.found(jsonColumn(layout));
      case PACKED, EVALUATION, MATCHES ->
          throw new IllegalStateException("an evaluation has no rows of answers");
    };
  }

  private static RefusalException withoutClasses(RunRecord record, TableName table) {
    return new RefusalException(
        "Cannot report on run %s: its result consists of vectors, which cannot be drawn; use SELECT * FROM %s"
            .formatted(record.runId(), table));
  }

  /** The outlines that are columns, each with its expression. */
  private static Map<GeometryKind, String> outlines(
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

  /** A table with the rows of a run, and the columns that identify the image of a row. */
  private record Source(TableName table, ResultLayout layout, String runId) {

    ResultView view(Answer answer, String columns, String from) {
      return view(answer, columns, from, Map.of());
    }

    ResultView view(
        Answer answer, String columns, String from, Map<GeometryKind, String> outlines) {
      String more =
          outlines.entrySet().stream()
              .map(outline -> ", %s AS %s".formatted(outline.getValue(), outline.getKey().column()))
              .collect(Collectors.joining());
      return new ResultView(
          answer,
          select(columns, from),
          select(columns + more, from),
          List.copyOf(outlines.keySet()),
          hasRunIds() ? List.of(runId) : List.of());
    }

    private String select(String columns, String from) {
      String where = hasRunIds() ? " WHERE t.run_id = ?" : "";
      return "SELECT %s AS image, %s AS file, %s FROM %s t%s%s"
          .formatted(image(), file(), columns, table.quoted(), from, where);
    }

    /** All detections, or the most probable class. */
    ResultView json(String column, VisionTask task) {
      return switch (task) {
        case DETECT -> json(column, Answer.BOX, "$[*]");
        case CLASSIFY -> json(column, Answer.LABEL, "$[0]");
        case TAG -> json(column, Answer.PRESENCE, "$[*]");
        case EMBED -> throw new IllegalStateException("vectors have no classes");
      };
    }

    private ResultView json(String column, Answer answer, String elements) {
      return view(
          answer,
          "d.label, d.score, d.x_min, d.y_min, d.x_max, d.y_max",
          ", " + ANSWERS.formatted(TableName.quote(column), elements),
          answer == Answer.BOX
              ? outlines(
                  List.of("mask", "keypoints", "corners"),
                  kind ->
                      "JSON_EXTRACT(t.%s, CONCAT('$[', d.place - 1, '].%s'))"
                          .formatted(TableName.quote(column), kind.column()))
              : Map.of());
    }

    /** The classes with the answer yes. The score is the confidence of the evidence. */
    ResultView found(String column) {
      String part = "JSON_UNQUOTE(JSON_EXTRACT(t.%s, CONCAT('$.', JSON_QUOTE(k.label), '.%s')))";
      String evidence = TableName.quote(column);
      return view(
          Answer.PRESENCE,
          "k.label, CAST(%s AS DOUBLE) AS score, %s"
              .formatted(part.formatted(evidence, "confidence"), NO_BOX),
          ", JSON_TABLE(JSON_KEYS(t.%s), '$[*]' COLUMNS (label VARCHAR(255) PATH '$')) k WHERE %s = 'yes'"
              .formatted(evidence, part.formatted(evidence, "answer")));
    }

    /** The classes of an image that a task returns as answers. */
    ResultView classes(VisionTask task) {
      return switch (task) {
        case DETECT -> throw new IllegalStateException("a detector has no rows of classes");
        case CLASSIFY -> likeliest();
        case TAG -> view(Answer.PRESENCE, "label, score, " + NO_BOX, "");
        case EMBED -> throw new IllegalStateException("vectors have no classes");
      };
    }

    /** The first of the classes that a classifier returned for an image. */
    private ResultView likeliest() {
      ResultView all = view(Answer.LABEL, "label, score, " + NO_BOX, "");
      return new ResultView(all.answer, all.sql + " AND t.place = 1", all.parameters);
    }

    /** One column per class: its name is the label, and 0 means that the class is absent. */
    ResultView wide(List<String> classes) {
      List<Object> parameters = new ArrayList<>();
      List<String> parts = new ArrayList<>();
      for (String label : classes) {
        String column = "t." + TableName.quote(label);
        parts.add(
            "SELECT %s AS image, %s AS file, ? AS label, %s AS score, %s FROM %s t WHERE %s > 0%s"
                .formatted(
                    image(),
                    file(),
                    column,
                    NO_BOX,
                    table.quoted(),
                    column,
                    hasRunIds() ? " AND t.run_id = ?" : ""));
        parameters.add(label);
        if (hasRunIds()) {
          parameters.add(runId);
        }
      }
      return new ResultView(
          Answer.PRESENCE,
          parts.stream().collect(Collectors.joining(" UNION ALL ")),
          Collections.unmodifiableList(parameters));
    }

    private boolean hasRunIds() {
      return layout.columns().stream().anyMatch(column -> column.name().equals(RUN_ID));
    }

    private String image() {
      return column(layout.idColumn()).or(() -> column(layout.pathColumn())).orElse("''");
    }

    private String file() {
      return column(layout.pathColumn()).orElse("''");
    }

    private Optional<String> column(String selected) {
      return layout.selectedColumns().stream()
          .filter(column -> column.selected().equals(selected))
          .map(column -> "t." + TableName.quote(column.name()))
          .map("COALESCE(CONVERT(%s USING utf8mb4), '') COLLATE utf8mb4_bin"::formatted)
          .findFirst();
    }
  }
}
