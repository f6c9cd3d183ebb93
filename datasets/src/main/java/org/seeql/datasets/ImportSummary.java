package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.seeql.planner.statement.TableName;

/**
 * What came of an import.
 *
 * @param table with its database
 * @param added images that are new in the table
 * @param known images that were there already
 * @param changed images that were there already, with a size that the file no longer has
 * @param skipped how many files were left out
 * @param examples the first of these, at most {@link #MOST_EXAMPLES}
 */
public record ImportSummary(
    TableName table,
    Path root,
    long added,
    long known,
    long changed,
    long skipped,
    List<SkippedFile> examples) {

  public static final int MOST_EXAMPLES = 100;

  public ImportSummary {
    requireNonNull(table, "table is null");
    requireNonNull(root, "root is null");
    examples = List.copyOf(examples);
  }

  /**
   * A file that was left out.
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
