package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.planner.message.NearestNames;

/**
 * Finds the columns of a SELECT that contain the id and the path of an image. For one statement.
 */
final class ImageColumns {
  private static final List<String> PATHS = List.of("path", "file_name");
  private static final List<String> IDS = List.of("image_id", "id");

  private final SelectColumns columns;
  private final Consumer<String> problems;

  ImageColumns(SelectColumns columns, Consumer<String> problems) {
    this.columns = requireNonNull(columns, "columns is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** The path column: the option's value, else {@code path}, else {@code file_name}. */
  Optional<String> path(Optional<String> requested) {
    if (requested.isPresent()) {
      return named(requested.get(), "path_column");
    }
    return usual(PATHS)
        .or(() -> missing("path_column", "the path of an image", "'path' or 'file_name'"));
  }

  /**
   * The id column: the option's value, else {@code image_id}, else {@code id}, else the primary
   * key.
   */
  Optional<String> id(Optional<String> requested) {
    if (requested.isPresent()) {
      return named(requested.get(), "id_column");
    }
    return usual(IDS)
        .or(columns::primaryKey)
        .or(() -> missing("id_column", "the id of an image", "'image_id', 'id' or a primary key"));
  }

  private Optional<String> named(String name, String option) {
    Optional<String> found = columns.find(name);
    if (found.isEmpty()) {
      String unknown = NearestNames.unknown("column", name, columns.labels());
      problems.accept(unknown + "; it comes from " + option);
    }
    return found;
  }

  private Optional<String> usual(List<String> names) {
    return names.stream().flatMap(name -> columns.find(name).stream()).findFirst();
  }

  private Optional<String> missing(String option, String what, String usual) {
    problems.accept(
        "The SELECT has no column with %s: expected %s, found %s; use --%s=COLUMN"
            .formatted(what, usual, String.join(", ", columns.labels()), option));
    return Optional.empty();
  }
}
