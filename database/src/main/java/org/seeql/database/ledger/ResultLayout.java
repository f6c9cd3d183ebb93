package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of a result and the sources of their values. Immutable.
 *
 * @param shape what a row represents
 * @param columns in the order of the table
 * @param idColumn the column of the selection that identifies an image
 * @param pathColumn the column of the selection that contains an image's path
 */
public record ResultLayout(
    Shape shape, List<ResultColumn> columns, String idColumn, String pathColumn)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a row of a result represents. */
  public enum Shape {
    /** One detected object. */
    DETECTION,
    /** One candidate class of an image. */
    CLASS,
    /** The vector of one image. */
    VECTOR,
    /** One image, with one column per class. */
    WIDE,
    /** One image, with all its predictions as JSON. */
    IMAGE,
    /** One selected row, with its predictions. */
    PREDICTION,
    /** One selected row that satisfies a predicate, with the reasons. */
    FOUND,
    /** One answer about an image, with a map of the parts on which it depends. */
    EXPLANATION,
    /**
     * One image, with all its predictions packed into bytes. Only evaluations write and read it.
     */
    PACKED,
    /** One image, with the features of a backbone. Only trainings write and read it. */
    FEATURES,
    /** One figure of an evaluation: of all classes, of one class, or of a batch size. */
    EVALUATION,
    /** One detection or labelled object of an evaluation, or a pair of them. */
    MATCHES
  }

  public ResultLayout {
    requireNonNull(shape, "shape is null");
    // A list of its own: the JDK defines the serialized form of a list from List.copyOf.
    columns = List.copyOf(new ArrayList<>(columns));
    requireNonNull(idColumn, "idColumn is null");
    requireNonNull(pathColumn, "pathColumn is null");
  }

  /** The columns that the run computes, in the order of the table. */
  public List<ResultColumn.Computed> computedColumns() {
    return columns.stream()
        .flatMap(
            column ->
                column.<Stream<ResultColumn.Computed>>map(selected -> Stream.empty(), Stream::of))
        .toList();
  }

  /** The columns that are copied from the selection, in the order of the table. */
  public List<ResultColumn.Selected> selectedColumns() {
    return columns.stream()
        .flatMap(
            column ->
                column.<Stream<ResultColumn.Selected>>map(Stream::of, computed -> Stream.empty()))
        .toList();
  }

  /** Whether only the id and the path are copied, which a task already has. */
  public boolean takesOnlyIdAndPath() {
    return Set.of(idColumn, pathColumn)
        .containsAll(selectedColumns().stream().map(ResultColumn.Selected::selected).toList());
  }

  /** The columns of the selection that the run needs. */
  public List<String> neededColumns() {
    List<String> needed = new ArrayList<>(List.of(idColumn, pathColumn));
    selectedColumns().forEach(column -> needed.add(column.selected()));
    return needed.stream().distinct().toList();
  }
}
