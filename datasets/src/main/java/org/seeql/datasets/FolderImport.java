package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/**
 * Registers a folder's images in a table: image_id, file_name relative to the folder, width and
 * height of the displayed image (rotated according to EXIF), bytes, sha256, and time, camera and
 * position of its EXIF data. Existing rows of the table are not changed, except the mark of missing
 * files. Files are registered in batches of a few hundred, so an interrupted import continues when
 * it is run again.
 */
public final class FolderImport {
  private final DatabaseConnector database;
  private final ImportListener listener;

  public FolderImport(DatabaseConnector database, ImportListener listener) {
    this.database = requireNonNull(database, "database is null");
    this.listener = requireNonNull(listener, "listener is null");
  }

  /**
   * Imports a folder of this machine.
   *
   * @param table as for {@link #run(FileTree, TableName, VanishedFiles)}
   * @throws RefusalException if there is no such folder or the database rejects a statement
   */
  public ImportSummary run(Path folder, TableName table) {
    return run(LocalFiles.of(folder), table, VanishedFiles.IGNORE);
  }

  /**
   * Imports a whole folder.
   *
   * @param table created if it is missing, together with its database; without a database, the
   *     table is in the connection's database
   * @throws RefusalException if the folder cannot be listed or the database rejects a statement
   */
  public ImportSummary run(FileTree files, TableName table, VanishedFiles vanished) {
    try (DatabaseSession session = DatabaseSession.open(database)) {
      SystemSchema.migrate(database);
      TableName full = withDatabase(session, table);
      ImageTable images = ImageTable.open(session, full);
      images.storeRoot(files.root());
      try (FolderScan scan = new FolderScan(files, full, images, listener)) {
        files.walk(scan);
        return scan.finish(vanished);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot import " + files.root() + " into " + table, e);
    } catch (IOException e) {
      throw new RefusalException("Cannot import " + files.root() + ": " + e.getMessage(), e);
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
}
