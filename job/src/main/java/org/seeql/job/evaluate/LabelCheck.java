package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.job.model.VisionTasks;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.evaluate.ClassMatching;
import org.seeql.udf.model.ModelDescription;

/** Finds and checks the labels with which an evaluation compares answers. For one statement. */
public final class LabelCheck {
  private static final String SPLIT = "split";

  private final DatabaseSession session;
  private final String select;
  private final List<TableName> tables;
  private final Consumer<String> problems;

  /**
   * Checks labels over what a session sees.
   *
   * @param select the selection
   * @param tables the tables that it reads, each with its database
   */
  public LabelCheck(
      DatabaseSession session, String select, List<TableName> tables, Consumer<String> problems) {
    this.session = requireNonNull(session, "session is null");
    this.select = requireNonNull(select, "select is null");
    this.tables = List.copyOf(tables);
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** The location of an evaluation's labels. */
  public record LabelLocation(EvaluationOptions options, Optional<String> database) {}

  /**
   * Finds the labels. Empty, with a reported problem, if there are no usable labels.
   *
   * @param idColumn the column of the selection that identifies an image
   */
  public Optional<LabelLocation> check(
      ModelDescription model, EvaluationOptions options, SelectColumns columns, String idColumn)
      throws SQLException {
    if (options.dataset().isEmpty() && tables.isEmpty()) {
      problems.accept(
          "The SELECT reads no table that could name the data set; add WITH dataset = 'NAME'");
      return Optional.empty();
    }
    try {
      EvaluationOptions named =
          new EvaluationOptions(
              options.confidence(),
              options.matchIou(),
              Optional.of(dataset(options, columns)),
              options.label(),
              options.keepMatches());
      return switch (VisionTasks.of(model)) {
        case DETECT -> tables(model, named, idColumn);
        case CLASSIFY -> column(model, named, columns, idColumn);
        case TAG -> tables(model, named, idColumn);
        case EMBED -> {
          problems.accept(
              "Cannot evaluate model '%s': it returns vectors, and labels are classes; evaluate a model that can detect, classify or tag"
                  .formatted(model.name()));
          yield Optional.empty();
        }
      };
    } catch (SQLException e) {
      if (DatabaseErrors.isConnectionLost(e)) {
        throw e;
      }
      problems.accept("Cannot query the labels: " + DatabaseErrors.message(e));
      return Optional.empty();
    }
  }

  /**
   * The data set of the option; else the name of the first table, followed by the split if all
   * images have the same one.
   */
  private String dataset(EvaluationOptions options, SelectColumns columns) throws SQLException {
    if (options.dataset().isPresent()) {
      return options.dataset().get();
    }
    Optional<String> split = columns.find(SPLIT);
    List<Optional<String>> splits =
        split.isEmpty()
            ? List.of()
            : session.query(
                "SELECT DISTINCT s.%s FROM (%s\n) AS s LIMIT 2"
                    .formatted(TableName.quote(split.get()), select),
                row -> Optional.ofNullable(row.getString(1)));
    String one = splits.size() == 1 ? splits.get(0).map(name -> "/" + name).orElse("") : "";
    return tables.get(0) + one;
  }

  private Optional<LabelLocation> tables(
      ModelDescription model, EvaluationOptions options, String idColumn) throws SQLException {
    if (options.label().isPresent()) {
      problems.accept(
          "Model '%s' cannot use LABEL, which is only for classifiers; remove LABEL: the labels of a model that can %s are in the tables annotations and categories"
              .formatted(model.name(), VisionTasks.of(model)));
      return Optional.empty();
    }
    LabelTables.Boxes boxes =
        VisionTasks.of(model) == VisionTask.DETECT
            ? LabelTables.Boxes.REQUIRED
            : LabelTables.Boxes.OPTIONAL;
    List<String> databases =
        tables.stream().flatMap(t -> t.database().stream()).distinct().toList();
    for (String database : databases) {
      Optional<LabelTables> found = LabelTables.find(session, database, boxes);
      if (found.isPresent()) {
        return checkClasses(model, List.copyOf(found.get().categories(session).values()), database)
                && checkImages(idColumn, Optional.of(found.get().annotations()))
            ? Optional.of(new LabelLocation(options, Optional.of(database)))
            : Optional.empty();
      }
    }
    problems.accept(
        "There are no labels for model '%s': no database of the SELECT%s has the tables annotations (%s) and categories (id, name); create them with `seeql import coco`"
            .formatted(
                model.name(),
                databases.isEmpty() ? "" : " (" + String.join(", ", databases) + ")",
                String.join(", ", boxes.columns())));
    return Optional.empty();
  }

  private Optional<LabelLocation> column(
      ModelDescription model, EvaluationOptions options, SelectColumns columns, String idColumn)
      throws SQLException {
    if (options.label().isEmpty()) {
      problems.accept(
          "Model '%s' is a classifier: add LABEL column, the column of the SELECT with the correct class"
              .formatted(model.name()));
      return Optional.empty();
    }
    Optional<String> column = columns.find(options.label().get());
    if (column.isEmpty()) {
      problems.accept(
          NearestNames.unknown("column", options.label().get(), columns.labels())
              + "; it comes from LABEL");
      return Optional.empty();
    }
    List<String> classes =
        session.query(
            "SELECT DISTINCT CONVERT(s.%1$s USING utf8mb4) COLLATE utf8mb4_bin FROM (%2$s\n) AS s WHERE s.%1$s IS NOT NULL"
                .formatted(TableName.quote(column.get()), select),
            row -> row.getString(1));
    if (classes.isEmpty()) {
      problems.accept(
          "No selected image has a label: the column '%s' is NULL in every row"
              .formatted(column.get()));
      return Optional.empty();
    }
    EvaluationOptions complete =
        new EvaluationOptions(
            options.confidence(),
            options.matchIou(),
            options.dataset(),
            column,
            options.keepMatches());
    return checkClasses(model, classes, "the column '" + column.get() + "'")
            && checkImages(idColumn, Optional.empty())
        ? Optional.of(new LabelLocation(complete, Optional.empty()))
        : Optional.empty();
  }

  private boolean checkClasses(ModelDescription model, List<String> classes, String where) {
    ClassMatching matching = ClassMatching.of(classes, model.coveredLabels());
    if (!matching.known().isEmpty()) {
      return true;
    }
    problems.accept(
        "Model '%s' and %s have no class in common: the classes of the model are %s; the labels are %s"
            .formatted(
                model.name(),
                where,
                NearestNames.listed(model.coveredLabels()),
                NearestNames.listed(classes)));
    return false;
  }

  private boolean checkImages(String idColumn, Optional<TableName> annotations)
      throws SQLException {
    String id = "s." + TableName.quote(idColumn);
    String isLabelled =
        annotations
            .map(
                t ->
                    "EXISTS (SELECT 1 FROM %s AS a WHERE a.image_id = %s)"
                        .formatted(t.quoted(), id))
            .orElse("TRUE");
    long[] counts =
        session
            .findFirst(
                "SELECT COUNT(*), COUNT(%1$s), COUNT(DISTINCT %1$s), COALESCE(SUM(%2$s), 0) FROM (%3$s\n) AS s"
                    .formatted(id, isLabelled, select),
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
            .orElseThrow();
    if (counts[0] == 0) {
      problems.accept("The SELECT returns no rows: there are no images to evaluate");
    } else if (counts[1] < counts[0]) {
      problems.accept(
          "The id column '%s' is NULL in %d rows; exclude these rows, or choose another column with id_column"
              .formatted(idColumn, counts[0] - counts[1]));
    } else if (counts[2] < counts[1]) {
      problems.accept(
          "The SELECT returns %d images in %d rows; an evaluation counts each image once: remove the duplicates with DISTINCT or GROUP BY"
              .formatted(counts[2], counts[1]));
    } else if (counts[3] == 0) {
      problems.accept(
          "None of the %d selected images has a row in %s: annotations.image_id must refer to the id column, here '%s'; choose another column with id_column"
              .formatted(counts[0], annotations.orElseThrow(), idColumn));
    } else {
      return true;
    }
    return false;
  }
}
