package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.planner.option.ResultShape;
import org.seeql.udf.model.ModelDescription;

/**
 * The columns of each result shape. A new shape needs a layout here and its rows in {@link
 * RowEncoder}, in the same order. What depends on the task is in {@link TaskResult}.
 */
public final class ResultLayouts {
  static final String RUN_ID = "run_id";
  private static final String FOUND = "found";
  private static final String EVIDENCE = "evidence";
  public static final String PACKED_ID = "image_id";
  public static final String PACKED_PATH = "file_name";
  public static final String PACKED_LABEL = "label";
  public static final String PACKED = "prediction";
  public static final String SPLIT = "split";
  public static final String CONTENT = "content";
  public static final String FEATURES = "features";

  // MySQL limits names to 64 characters. InnoDB allows 1,017 columns, and about a thousand of 8
  // bytes fit into a row
  private static final int LONGEST_NAME = 64;
  private static final int MAX_CLASSES = 900;

  private static final ResultColumn RUN = ResultColumn.computed(RUN_ID, ColumnType.text(32));
  private static final ResultColumn MODEL = ResultColumn.computed("model", ColumnType.text(255));

  private ResultLayouts() {}

  /** The result of TO RUN, except for the wide shape. */
  public static ResultLayout of(
      ResultShape shape, ModelDescription model, String idColumn, String pathColumn) {
    List<ResultColumn> columns = new ArrayList<>(images(idColumn, pathColumn));
    TaskResult<?> task = TaskResult.of(model);
    boolean isByImage = shape == ResultShape.IMAGE;
    columns.addAll(isByImage ? task.imageColumns() : task.longColumns());
    columns.add(MODEL);
    return new ResultLayout(
        isByImage ? ResultLayout.Shape.IMAGE : task.longShape(), columns, idColumn, pathColumn);
  }

  /**
   * One row per image with one column per class.
   *
   * @param covered the classes that the run can find; of an earlier result, it fills these columns
   * @param earlier the columns of the selection if it is an earlier wide result, all of which are
   *     kept; else empty
   * @param problems receives class names that cannot be columns
   */
  public static ResultLayout wide(
      ModelDescription model,
      Set<String> covered,
      List<String> earlier,
      String idColumn,
      String pathColumn,
      Consumer<String> problems) {
    List<ResultColumn> columns = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>();
    Set<String> own = new LinkedHashSet<>();
    (earlier.isEmpty() ? model.coveredLabels() : covered).forEach(label -> own.add(key(label)));
    for (String column : earlier) {
      boolean filled = own.contains(key(column));
      taken.add(key(column));
      if (key(column).equals(RUN_ID)) {
        columns.add(RUN);
      } else {
        columns.add(filled ? classColumn(column) : ResultColumn.selected(column, column));
      }
    }
    if (earlier.isEmpty()) {
      columns.addAll(images(idColumn, pathColumn));
      columns.forEach(column -> taken.add(key(column.name())));
    } else if (taken.add(RUN_ID)) {
      columns.add(0, RUN);
    }
    for (String label : model.coveredLabels()) {
      checkClassName(label, model, problems);
      if (taken.add(key(label))) {
        columns.add(classColumn(label));
      } else if (earlier.isEmpty()) {
        problems.accept(
            "Model '%s' has a class '%s' that cannot be a column of a wide result: the name is taken"
                    .formatted(model.name(), label)
                + "; use --result=long");
      }
    }
    if (columns.size() > MAX_CLASSES) {
      problems.accept(
          "A wide result would have %d columns (at most %d); use --result=long"
              .formatted(columns.size(), MAX_CLASSES));
    }
    return new ResultLayout(ResultLayout.Shape.WIDE, columns, idColumn, pathColumn);
  }

  /**
   * The result of TO PREDICT: the selected columns and the prediction.
   *
   * @param column the name of the prediction
   * @param selected all columns of the selection
   */
  public static ResultLayout prediction(
      ModelDescription model,
      String column,
      List<String> selected,
      String idColumn,
      String pathColumn,
      Consumer<String> problems) {
    List<ResultColumn> columns = new ArrayList<>();
    selected.forEach(name -> columns.add(ResultColumn.selected(name, name)));
    List<ResultColumn> predicted = TaskResult.of(model).predictionColumns(column);
    for (ResultColumn added : predicted) {
      if (selected.stream().anyMatch(name -> name.equalsIgnoreCase(added.name()))) {
        problems.accept(
            "The SELECT has a column '%s' already; choose another name for the prediction: TO PREDICT"
                    .formatted(added.name())
                + " table.column");
      }
    }
    columns.addAll(predicted);
    return new ResultLayout(ResultLayout.Shape.PREDICTION, columns, idColumn, pathColumn);
  }

  /**
   * The input of an evaluation: one row per image. Its columns are the id as {@link #PACKED_ID},
   * the prediction as {@link #PACKED}, and the correct label as {@link #PACKED_LABEL} if there is
   * such a column.
   */
  public static ResultLayout packed(
      Optional<String> labelColumn, String idColumn, String pathColumn) {
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(ResultColumn.selected(PACKED_ID, idColumn));
    return packed(columns, labelColumn, idColumn, pathColumn);
  }

  /**
   * The same, with the path of the image as {@link #PACKED_PATH}. The path is stored because the
   * selection has no index by id.
   */
  public static ResultLayout packedWithPath(
      Optional<String> labelColumn, String idColumn, String pathColumn) {
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(ResultColumn.selected(PACKED_ID, idColumn));
    columns.add(ResultColumn.selected(PACKED_PATH, pathColumn));
    return packed(columns, labelColumn, idColumn, pathColumn);
  }

  private static ResultLayout packed(
      List<ResultColumn> columns,
      Optional<String> labelColumn,
      String idColumn,
      String pathColumn) {
    labelColumn.ifPresent(label -> columns.add(ResultColumn.selected(PACKED_LABEL, label)));
    columns.add(ResultColumn.computed(PACKED, ColumnType.BYTES));
    return new ResultLayout(ResultLayout.Shape.PACKED, columns, idColumn, pathColumn);
  }

  /**
   * The input of a training: one row per image. Its columns are the id as {@link #PACKED_ID}, the
   * path as {@link #PACKED_PATH}, the labels as {@link #PACKED_LABEL}, the user's split as {@link
   * #SPLIT} if there is one, the SHA-256 of the file as {@link #CONTENT}, and the features as
   * {@link #FEATURES}: float32, little-endian.
   */
  public static ResultLayout features(
      String labelColumn, Optional<String> splitColumn, String idColumn, String pathColumn) {
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(ResultColumn.selected(PACKED_ID, idColumn));
    columns.add(ResultColumn.selected(PACKED_PATH, pathColumn));
    columns.add(ResultColumn.selected(PACKED_LABEL, labelColumn));
    splitColumn.ifPresent(split -> columns.add(ResultColumn.selected(SPLIT, split)));
    columns.add(ResultColumn.computed(CONTENT, ColumnType.exactText(64)));
    columns.add(ResultColumn.computed(FEATURES, ColumnType.BYTES));
    return new ResultLayout(ResultLayout.Shape.FEATURES, columns, idColumn, pathColumn);
  }

  /**
   * The result of TO FIND: the selected columns and the evidence. If all images are kept, also
   * whether each image was found.
   *
   * @param selected all columns of the selection
   */
  public static ResultLayout found(
      ModelAssignment.Kept kept,
      List<String> selected,
      String idColumn,
      String pathColumn,
      Consumer<String> problems) {
    List<ResultColumn> columns = new ArrayList<>();
    selected.forEach(name -> columns.add(ResultColumn.selected(name, name)));
    List<ResultColumn> added = new ArrayList<>();
    if (kept == ModelAssignment.Kept.ALL) {
      added.add(ResultColumn.computed(FOUND, ColumnType.BOOLEAN));
    }
    added.add(ResultColumn.computed(EVIDENCE, ColumnType.JSON));
    for (ResultColumn column : added) {
      if (selected.stream().anyMatch(name -> name.equalsIgnoreCase(column.name()))) {
        problems.accept(
            "The SELECT has a column '%s', but TO FIND adds a column of this name; rename it with AS"
                .formatted(column.name()));
      }
    }
    columns.addAll(added);
    return new ResultLayout(ResultLayout.Shape.FOUND, columns, idColumn, pathColumn);
  }

  /** The result of TO EXPLAIN. Its rows are made by {@link ExplanationRows}. */
  public static ResultLayout explained(String idColumn, String pathColumn) {
    List<ResultColumn> columns = new ArrayList<>(images(idColumn, pathColumn));
    columns.addAll(ExplanationRows.COLUMNS);
    columns.add(MODEL);
    return new ResultLayout(ResultLayout.Shape.EXPLANATION, columns, idColumn, pathColumn);
  }

  private static List<ResultColumn> images(String idColumn, String pathColumn) {
    return List.of(
        RUN,
        ResultColumn.selected("image_id", idColumn),
        ResultColumn.selected("file_name", pathColumn));
  }

  private static ResultColumn classColumn(String name) {
    return ResultColumn.computed(name, ColumnType.DOUBLE.orZero());
  }

  private static void checkClassName(
      String label, ModelDescription model, Consumer<String> problems) {
    if (label.isBlank() || label.length() > LONGEST_NAME || !label.equals(label.stripTrailing())) {
      problems.accept(
          "Model '%s' has a class '%s' that cannot be a column of a wide result; use --result=long"
              .formatted(model.name(), label));
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
