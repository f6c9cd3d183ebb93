package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns of a result and where their values come from. Immutable.
 *
 * @param shape what a row is
 * @param columns in the order of the table
 * @param idColumn the column of the selection that names an image
 * @param pathColumn the column of the selection that holds an image's path
 */
public record ResultLayout(
    Shape shape, List<ResultColumn> columns, String idColumn, String pathColumn)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a row of a result is. */
  public enum Shape {
    /** One object that was seen. */
    DETECTION,
    /** One class that an image may be of. */
    CLASS,
    /** One image, with a column a class. */
    WIDE,
    /** One image, with all that was seen as JSON. */
    IMAGE,
    /** One selected row, with what was predicted. */
    PREDICTION,
    /** One selected row for which a predicate holds, with the reasons. */
    FOUND,
    /** One image, with all that was seen packed into bytes; of evaluations, which read them. */
    PACKED,
    /** One figure of an evaluation: of all classes, of one class, or of a batch size. */
    EVALUATION
  }

  public ResultLayout {
    requireNonNull(shape, "shape is null");
    // A list of its own: what List.copyOf gives is the JDK's to serialise
    columns = List.copyOf(new ArrayList<>(columns));
    requireNonNull(idColumn, "idColumn is null");
    requireNonNull(pathColumn, "pathColumn is null");
  }

  /** The columns that the run fills, in the order of the table. */
  public List<ResultColumn> computedColumns() {
    return columns.stream().filter(ResultColumn::computed).toList();
  }

  /** The columns that are taken over from the selection, in the order of the table. */
  public List<ResultColumn> selectedColumns() {
    return columns.stream().filter(column -> !column.computed()).toList();
  }

  /** Whether id and path are all that is taken over, which a task has at hand. */
  public boolean takesOnlyIdAndPath() {
    return Set.of(idColumn, pathColumn)
        .containsAll(selectedColumns().stream().map(ResultColumn::selected).toList());
  }

  /** The columns of the selection that are needed. */
  public List<String> neededColumns() {
    List<String> needed = new ArrayList<>(List.of(idColumn, pathColumn));
    selectedColumns().forEach(column -> needed.add(column.selected()));
    return needed.stream().distinct().toList();
  }
}
