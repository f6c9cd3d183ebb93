package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ImageRoots;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.image.PhotoMetadata;
import org.seeql.udf.image.PhotoMetadata.Position;

/** The table in which a folder's images are registered. Not thread-safe. */
final class ImageTable {

  /** Longest file name: a unique key accepts 3,072 bytes, at four bytes per character. */
  static final int LONGEST_NAME = 768;

  private static final List<String> COLUMNS =
      List.of("file_name", "width", "height", "bytes", "sha256");

  /** Columns that tables of earlier versions do not have, and their types. */
  private static final Map<String, String> LATER_COLUMNS =
      new TreeMap<>(
          Map.of(
              "taken", "DATETIME NULL",
              "camera", "VARCHAR(" + PhotoMetadata.LONGEST_CAMERA + ") CHARACTER SET utf8mb4 NULL",
              "latitude", "DOUBLE NULL",
              "longitude", "DOUBLE NULL",
              "missing_since", "DATETIME NULL"));

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private static final String KEY = "image_id";

  /** The key of tables that an earlier version created. */
  private static final String EARLIER_KEY = "id";

  private static final int ROWS_PER_UPDATE = 1000;

  private final DatabaseSession session;
  private final TableName name;
  private final String key;
  private final long newestAtOpening;

  private ImageTable(DatabaseSession session, TableName name, String key) throws SQLException {
    this.session = requireNonNull(session, "session is null");
    this.name = requireNonNull(name, "name is null");
    this.key = requireNonNull(key, "key is null");
    this.newestAtOpening =
        session
            .query(
                "SELECT COALESCE(MAX(%s), 0) FROM %s".formatted(key, name.quoted()),
                row -> row.getLong(1))
            .get(0);
  }

  /**
   * A row of the table.
   *
   * @param bytes the size of its file when it was added
   */
  record StoredFile(long id, String name, long bytes) {}

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
            + " (image_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
            + " file_name VARCHAR("
            + LONGEST_NAME
            + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,"
            + " width INT NOT NULL, height INT NOT NULL, bytes BIGINT NOT NULL,"
            + " sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " UNIQUE KEY file_name (file_name)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4");
    List<String> present = columns(session, name);
    requireColumns(name, present);
    for (Map.Entry<String, String> column : LATER_COLUMNS.entrySet()) {
      if (!present.contains(column.getKey())) {
        session.execute(
            "ALTER TABLE %s ADD COLUMN %s %s"
                .formatted(name.quoted(), column.getKey(), column.getValue()));
      }
    }
    return new ImageTable(session, name, present.contains(KEY) ? KEY : EARLIER_KEY);
  }

  private static List<String> columns(DatabaseSession session, TableName name) throws SQLException {
    return session.query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND"
            + " table_name = ?",
        row -> row.getString(1).toLowerCase(Locale.ROOT),
        name.database().orElseThrow(),
        name.name());
  }

  private static void requireColumns(TableName name, List<String> present) {
    List<String> missing =
        new ArrayList<>(COLUMNS.stream().filter(c -> !present.contains(c)).toList());
    if (!present.contains(KEY) && !present.contains(EARLIER_KEY)) {
      missing.add(0, KEY);
    }
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

  /** The rows of the given files that the table contains, by their names. */
  Map<String, StoredFile> find(List<String> names) throws SQLException {
    Map<String, StoredFile> found = new HashMap<>();
    if (names.isEmpty()) {
      return found;
    }
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    session.query(
        "SELECT %s, file_name, bytes FROM %s WHERE file_name IN (%s)"
            .formatted(key, name.quoted(), marks),
        row -> found.put(row.getString(2), storedFile(row)),
        names.toArray());
    return found;
  }

  private static StoredFile storedFile(ResultSet row) throws SQLException {
    return new StoredFile(row.getLong(1), row.getString(2), row.getLong(3));
  }

  /**
   * Marks the rows whose file is missing, unless they are marked already. Rows that were added
   * after the table was opened are not marked: their files may be newer than the list of files.
   *
   * @param exists whether the file of a row exists
   * @return the number of rows that are marked now or before
   */
  long markMissing(Predicate<StoredFile> exists) throws SQLException {
    List<Long> marked =
        ids("missing_since IS NULL AND %s <= %d".formatted(key, newestAtOpening), exists.negate());
    update("missing_since = CURRENT_TIMESTAMP", marked);
    return session
        .query(
            "SELECT COUNT(*) FROM " + name.quoted() + " WHERE missing_since IS NOT NULL",
            row -> row.getLong(1))
        .get(0);
  }

  /**
   * Clears the mark of rows whose file exists again.
   *
   * @return the number of these rows
   */
  long clearMissing(LongPredicate exists) throws SQLException {
    List<Long> returned = ids("missing_since IS NOT NULL", row -> exists.test(row.id()));
    update("missing_since = NULL", returned);
    return returned.size();
  }

  private List<Long> ids(String condition, Predicate<StoredFile> wanted) throws SQLException {
    List<Long> ids = new ArrayList<>();
    session.query(
        "SELECT %s, file_name, bytes FROM %s WHERE %s".formatted(key, name.quoted(), condition),
        row -> {
          StoredFile stored = storedFile(row);
          return wanted.test(stored) && ids.add(stored.id());
        });
    return ids;
  }

  private void update(String assignment, List<Long> ids) throws SQLException {
    for (int from = 0; from < ids.size(); from += ROWS_PER_UPDATE) {
      List<Long> some = ids.subList(from, Math.min(ids.size(), from + ROWS_PER_UPDATE));
      session.execute(
          "UPDATE %s SET %s WHERE %s IN (%s)"
              .formatted(
                  name.quoted(),
                  assignment,
                  key,
                  some.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
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
                + " (file_name, width, height, bytes, sha256, taken, camera, latitude, longitude)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (ImageRecord image : images) {
        insert.setString(1, image.fileName());
        insert.setInt(2, image.width());
        insert.setInt(3, image.height());
        insert.setLong(4, image.bytes());
        insert.setString(5, image.sha256());
        PhotoMetadata metadata = image.metadata();
        insert.setString(6, metadata.taken().map(TIME::format).orElse(null));
        insert.setString(7, metadata.camera().orElse(null));
        insert.setObject(8, metadata.position().map(Position::latitude).orElse(null));
        insert.setObject(9, metadata.position().map(Position::longitude).orElse(null));
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
