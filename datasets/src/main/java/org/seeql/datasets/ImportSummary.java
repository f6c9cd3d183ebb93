package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.seeql.planner.statement.TableName;

/**
 * The outcome of an import.
 *
 * @param table with its database
 * @param added images that are new in the table
 * @param known images that the table already contained
 * @param changed images that the table already contained with a different file size
 * @param skipped the number of skipped files
 * @param examples the first skipped files, at most {@link #MAX_EXAMPLES}
 */
public record ImportSummary(
    TableName table,
    Path root,
    long added,
    long known,
    long changed,
    long skipped,
    List<SkippedFile> examples) {

  public static final int MAX_EXAMPLES = 100;

  public ImportSummary {
    requireNonNull(table, "table is null");
    requireNonNull(root, "root is null");
    examples = List.copyOf(examples);
  }

  /**
   * A skipped file.
   *
   * @param path relative to the folder
   */
  public record SkippedFile(Path path, String reason) {
    public SkippedFile {
      requireNonNull(path, "path is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
