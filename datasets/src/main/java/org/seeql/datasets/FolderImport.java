package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.datasets.ImportSummary.SkippedFile;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.image.UndecodableImageException;

/**
 * Registers a folder's images in a table: id, file_name relative to the folder, width and height of
 * the displayed image (rotated according to EXIF), bytes and sha256. Existing rows of the table are
 * not changed. Files are registered in batches of a few hundred, so an interrupted import continues
 * when it is run again.
 */
public final class FolderImport {
  private static final int BATCH = 500;

  private final DatabaseConnector database;
  private final ImportListener listener;

  public FolderImport(DatabaseConnector database, ImportListener listener) {
    this.database = requireNonNull(database, "database is null");
    this.listener = requireNonNull(listener, "listener is null");
  }

  /**
   * Imports a whole folder.
   *
   * @param table created if it is missing, together with its database; without a database, the
   *     table is in the connection's database
   * @throws RefusalException if there is no such folder or the database rejects a statement
   */
  public ImportSummary run(Path folder, TableName table) {
    if (!Files.isDirectory(folder)) {
      throw new RefusalException(
          "Cannot import "
              + folder
              + ": "
              + (Files.exists(folder) ? "it is a file, not a folder" : "there is no such folder"));
    }
    try (DatabaseSession session = DatabaseSession.open(database)) {
      SystemSchema.migrate(database);
      Path root = folder.toRealPath();
      TableName full = withDatabase(session, table);
      ImageTable images = ImageTable.open(session, full);
      images.storeRoot(root.toString());
      FolderScan work = new FolderScan(root, full, images, FolderWalk.count(root));
      FolderWalk.walk(root, work);
      return work.finish();
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot import " + folder + " into " + table, e);
    } catch (IOException e) {
      throw new RefusalException("Cannot import " + folder + ": " + e.getMessage(), e);
    }
  }

  private static TableName withDatabase(DatabaseSession session, TableName table)
      throws SQLException {
    if (table.database().isPresent()) {
      return table;
    }
    return session
        .findCurrentDatabase()
        .map(database -> TableName.of(database, table.name()))
        .orElseThrow(
            () ->
                new RefusalException(
                    "Cannot import into "
                        + table
                        + ": the connection has no default database; name the database, as in DATABASE."
                        + table));
  }

  /** One import in progress. */
  private final class FolderScan implements FolderWalk.Visitor {
    private final Path root;
    private final TableName name;
    private final ImageTable table;
    private final long total;
    private final List<Path> batch = new ArrayList<>(BATCH);
    private final List<SkippedFile> examples = new ArrayList<>();
    private long done;
    private long added;
    private long known;
    private long changed;
    private long skipped;

    FolderScan(Path root, TableName name, ImageTable table, long total) {
      this.root = root;
      this.name = name;
      this.table = table;
      this.total = total;
    }

    @Override
    public void file(Path relative) throws IOException {
      if (fileName(relative).length() > ImageTable.LONGEST_NAME) {
        skipped(relative, "its path has more than " + ImageTable.LONGEST_NAME + " characters");
        return;
      }
      batch.add(relative);
      if (batch.size() == BATCH) {
        importBatch();
      }
    }

    @Override
    public void skipped(Path relative, String reason) {
      skipped++;
      if (examples.size() < ImportSummary.MAX_EXAMPLES) {
        examples.add(new SkippedFile(relative, reason));
      }
      advance();
    }

    ImportSummary finish() throws IOException {
      importBatch();
      return new ImportSummary(name, root, added, known, changed, skipped, examples);
    }

    private void importBatch() throws IOException {
      if (batch.isEmpty()) {
        return;
      }
      try {
        Map<String, Long> present =
            table.find(batch.stream().map(FolderScan.this::fileName).toList());
        List<ImageRecord> images = new ArrayList<>();
        for (Path relative : batch) {
          Long bytes = present.get(fileName(relative));
          if (bytes == null) {
            read(relative, images);
          } else {
            compare(relative, bytes);
          }
        }
        table.add(images);
        added += images.size();
        batch.clear();
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot import into " + name, e);
      }
    }

    private void read(Path relative, List<ImageRecord> images) {
      try {
        images.add(ImageRecord.read(root.resolve(relative), fileName(relative)));
        advance();
      } catch (UndecodableImageException e) {
        skipped(relative, e.getMessage());
      } catch (IOException e) {
        skipped(relative, "it cannot be read: " + e.getMessage());
      }
    }

    private void compare(Path relative, long bytes) {
      try {
        if (Files.size(root.resolve(relative)) == bytes) {
          known++;
        } else {
          changed++;
        }
        advance();
      } catch (IOException e) {
        skipped(relative, "it cannot be read: " + e.getMessage());
      }
    }

    private void advance() {
      done++;
      listener.progress(done, total);
    }

    /** The path as it is stored in tables, with slashes. */
    private String fileName(Path relative) {
      List<String> names = new ArrayList<>();
      relative.forEach(part -> names.add(part.toString()));
      return String.join("/", names);
    }
  }
}
