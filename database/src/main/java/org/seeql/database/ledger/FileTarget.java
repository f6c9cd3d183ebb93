package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.seeql.planner.statement.TableName;

/**
 * A folder of Parquet files as the target of a run, written {@code parquet.`/path`} as in Spark.
 *
 * @param folder absolute and normalized
 */
public record FileTarget(Path folder) {
  /** The database part of its name. */
  public static final String FORMAT = "parquet";

  /** The most characters of a path, see {@code runs.target_table}. */
  public static final int LONGEST_PATH = 500;

  public FileTarget {
    requireNonNull(folder, "folder is null");
  }

  /** Whether a name is that of a folder, and not that of a table in a database of this name. */
  public static boolean isWritten(TableName name) {
    return name.name().contains("/")
        && name.database().filter(d -> d.toLowerCase(Locale.ROOT).equals(FORMAT)).isPresent();
  }

  /** The folder of a name; empty if it is not an absolute path below the root. */
  public static Optional<FileTarget> find(TableName name) {
    if (!isWritten(name) || !name.name().startsWith("/")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new FileTarget(Path.of(name.name()).normalize()))
          .filter(target -> target.folder().getParent() != null);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The name by which runs and targets record the folder. */
  public TableName name() {
    return TableName.of(FORMAT, folder.toString());
  }
}
