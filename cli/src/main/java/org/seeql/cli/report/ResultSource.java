package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.cli.report.RunPage.Answer;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.detect.GeometryKind;

/** A table with the rows of a run, and the columns that identify the image of a row. */
record ResultSource(TableName table, ResultLayout layout, String runId) {
  /** NULL as DOUBLE. MySQL before 8.0.17 has no CAST to DOUBLE. */
  static final String NO_BOX =
      "NULL + 0e0 AS x_min, NULL + 0e0 AS y_min, NULL + 0e0 AS x_max, NULL + 0e0 AS y_max";

  /** Extracts the keys of a detection or a class that are stored as JSON. */
  private static final String ANSWERS =
      "JSON_TABLE(t.%s, '%s' COLUMNS (place FOR ORDINALITY, label VARCHAR(1000) PATH '$.label',"
          + " score DOUBLE PATH '$.score', x_min DOUBLE PATH '$.x_min',"
          + " y_min DOUBLE PATH '$.y_min', x_max DOUBLE PATH '$.x_max',"
          + " y_max DOUBLE PATH '$.y_max')) d";

  ResultView view(Answer answer, String columns, String from) {
    return view(answer, columns, from, Map.of());
  }

  ResultView view(Answer answer, String columns, String from, Map<GeometryKind, String> outlines) {
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

  /** Explained answers; the detailed query also has their maps. */
  ResultView explained(Answer answer) {
    String columns = "label, score, x_min, y_min, x_max, y_max";
    return new ResultView(
        answer,
        select(columns, ""),
        select(columns + ", t." + TableName.quote(ResultView.MAP), ""),
        List.of(),
        List.of(runId));
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
            ? ResultView.outlines(
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
        "k.label, %s + 0e0 AS score, %s".formatted(part.formatted(evidence, "confidence"), NO_BOX),
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
    return new ResultView(all.answer(), all.sql() + " AND t.place = 1", all.parameters());
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
    return layout.columns().stream().anyMatch(column -> column.name().equals(ResultView.RUN_ID));
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
