package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seeql.planner.statement.TableName;

/**
 * The outcome of an import.
 *
 * @param table with its database
 * @param root an absolute path, or a URI
 * @param added images that are new in the table
 * @param known images that the table already contained
 * @param changed images that the table already contained with a different file size
 * @param skipped the number of skipped files
 * @param vanished images of the table whose file no longer exists; 0 if they are not searched for
 * @param returned images that an earlier import marked as missing, and whose file exists again
 * @param unread the skipped files that a remote store did not return; empty if it returned all
 * @param examples the first skipped files, at most {@link #MAX_EXAMPLES}
 */
public record ImportSummary(
    TableName table,
    String root,
    long added,
    long known,
    long changed,
    long skipped,
    long vanished,
    long returned,
    Optional<Unread> unread,
    List<SkippedFile> examples) {

  public static final int MAX_EXAMPLES = 100;

  public ImportSummary {
    requireNonNull(table, "table is null");
    requireNonNull(root, "root is null");
    requireNonNull(unread, "unread is null");
    examples = List.copyOf(examples);
  }

  /**
   * Files that could not be read. The next import tries to read them again.
   *
   * @param files the number of these files
   */
  public record Unread(long files, SkippedFile first) {
    public Unread {
      requireNonNull(first, "first is null");
    }
  }

  /**
   * A skipped file.
   *
   * @param path relative to the folder
   */
  public record SkippedFile(String path, String reason) {
    public SkippedFile {
      requireNonNull(path, "path is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
