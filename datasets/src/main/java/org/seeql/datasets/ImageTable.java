package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ImageRoots;
import org.seeql.planner.statement.TableName;

/** The table in which a folder's images are registered. Not thread-safe. */
final class ImageTable {

  /** Longest file name: a unique key accepts 3,072 bytes, at four bytes per character. */
  static final int LONGEST_NAME = 768;

  private static final List<String> COLUMNS =
      List.of("file_name", "width", "height", "bytes", "sha256");

  private final DatabaseSession session;
  private final TableName name;

  private ImageTable(DatabaseSession session, TableName name) {
    this.session = requireNonNull(session, "session is null");
    this.name = requireNonNull(name, "name is null");
  }

  /**
   * Opens the table. Creates it and its database if they are missing.
   *
   * @param name with its database
   * @throws RefusalException if the table exists but is not a table for images
   */
  static ImageTable open(DatabaseSession session, TableName name) throws SQLException {
    session.execute(
        "CREATE DATABASE IF NOT EXISTS "
            + TableName.quote(name.database().orElseThrow())
            + " CHARACTER SET utf8mb4");
    // File names are compared byte by byte, as in the file system.
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + name.quoted()
            + " (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
            + " file_name VARCHAR("
            + LONGEST_NAME
            + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,"
            + " width INT NOT NULL, height INT NOT NULL, bytes BIGINT NOT NULL,"
            + " sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " UNIQUE KEY file_name (file_name)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4");
    ImageTable table = new ImageTable(session, name);
    table.requireColumns();
    return table;
  }

  private void requireColumns() throws SQLException {
    List<String> present =
        session.query(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND"
                + " table_name = ?",
            row -> row.getString(1).toLowerCase(Locale.ROOT),
            name.database().orElseThrow(),
            name.name());
    List<String> missing = COLUMNS.stream().filter(c -> !present.contains(c)).toList();
    if (!missing.isEmpty()) {
      throw new RefusalException(
          "Cannot import into "
              + name
              + ": the table exists and has no column "
              + String.join(", ", missing)
              + "; import into another table");
    }
  }

  /**
   * Records the folder of the images. A table has only one, because its file names are relative to
   * it.
   */
  void storeRoot(String root) throws SQLException {
    Optional<String> earlier =
        ImageRoots.find(session, List.of(name), Optional.empty()).stream().findFirst();
    if (earlier.isPresent() && !earlier.get().equals(root)) {
      throw new RefusalException(
          "Cannot import "
              + root
              + " into "
              + name
              + ": the table's images are in "
              + earlier.get()
              + ", and their names are relative to it; import into another table");
    }
    ImageRoots.put(session, name, root);
  }

  /** The given names that the table contains, with the size of their files in bytes. */
  Map<String, Long> find(List<String> names) throws SQLException {
    Map<String, Long> found = new HashMap<>();
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    session.query(
        "SELECT file_name, bytes FROM " + name.quoted() + " WHERE file_name IN (" + marks + ")",
        row -> found.put(row.getString(1), row.getLong(2)),
        names.toArray());
    return found;
  }

  /** Adds all images, or none on failure. */
  void add(List<ImageRecord> images) throws SQLException {
    if (images.isEmpty()) {
      return;
    }
    session.begin();
    try (PreparedStatement insert =
        session.prepare(
            "INSERT INTO "
                + name.quoted()
                + " (file_name, width, height, bytes, sha256) VALUES (?, ?, ?, ?, ?)")) {
      for (ImageRecord image : images) {
        insert.setString(1, image.fileName());
        insert.setInt(2, image.width());
        insert.setInt(3, image.height());
        insert.setLong(4, image.bytes());
        insert.setString(5, image.sha256());
        insert.addBatch();
      }
      insert.executeBatch();
      session.commit();
    } catch (SQLException | RuntimeException e) {
      session.rollBack(e);
      throw e;
    }
  }
}
