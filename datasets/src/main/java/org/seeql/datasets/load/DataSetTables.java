package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.planner.statement.TableName;

/**
 * The tables of a data set in one database. They are COCO's tables with COCO's names.
 *
 * <p>There are two additions to COCO. {@code images.image_id} is COCO's {@code id} of an image, so
 * that it has the same name in every table. {@code images.path} is the file's path relative to the
 * image root.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO's data format</a>
 */
public final class DataSetTables {

  /** The tables in an order in which each refers only to earlier ones. */
  public static final List<String> NAMES =
      List.of("info", "licenses", "categories", "images", "annotations");

  /** Longest file name: a key accepts 3,072 bytes, at four bytes per character. */
  public static final int LONGEST_FILE_NAME = 768;

  /** In this mode a backslash escapes, 0 is a valid id, and no value is truncated. */
  static final String SQL_MODE = "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO";

  static final int LONGEST_PATH = 2_048;
  static final int LONGEST_NAME = 255;
  static final int LONGEST_SPLIT = 64;

  // MySQL and MariaDB both have these collations, so an exported script loads into either.
  private static final String TEXT = "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  private static final String OPTIONS =
      " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "info", InfoRows.COLUMNS,
          "licenses", new LicenseRows().columns(),
          "categories", new CategoryRows().columns(),
          "images", new ImageRows("").columns(),
          "annotations", new AnnotationRows().columns());

  private final String database;

  DataSetTables(String database) {
    this.database = requireNonNull(database, "database is null");
  }

  String database() {
    return database;
  }

  TableName name(String table) {
    return TableName.of(database, table);
  }

  String quoted(String table) {
    return name(table).quoted();
  }

  /** Creates the tables and the database if they are missing. */
  void create(DatabaseSession session) throws SQLException {
    session.execute(
        "CREATE DATABASE IF NOT EXISTS " + TableName.quote(database) + " CHARACTER SET utf8mb4");
    create(
        session,
        "info",
        """
        year INT NULL, version TEXT NULL, description TEXT NULL, contributor TEXT NULL,
        url TEXT NULL, date_created TEXT NULL, split VARCHAR(%d) NULL
        """
            .formatted(LONGEST_SPLIT));
    create(session, "licenses", "id BIGINT NOT NULL PRIMARY KEY, name TEXT NULL, url TEXT NULL");
    create(
        session,
        "categories",
        """
        id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(%1$d) NOT NULL,
        supercategory VARCHAR(%1$d) NULL, extra JSON NULL, KEY name (name)
        """
            .formatted(LONGEST_NAME));
    create(
        session,
        "images",
        """
        image_id BIGINT NOT NULL PRIMARY KEY, license BIGINT NULL,
        file_name VARCHAR(%1$d) %2$s NOT NULL, path VARCHAR(%3$d) %2$s NOT NULL,
        coco_url TEXT NULL, height INT NOT NULL, width INT NOT NULL, date_captured TEXT NULL,
        flickr_url TEXT NULL, split VARCHAR(%4$d) NULL, extra JSON NULL,
        KEY file_name (file_name), KEY split (split)
        """
            .formatted(LONGEST_FILE_NAME, TEXT, LONGEST_PATH, LONGEST_SPLIT));
    create(
        session,
        "annotations",
        """
        id BIGINT NOT NULL PRIMARY KEY, image_id BIGINT NOT NULL, category_id BIGINT NOT NULL,
        segmentation JSON NULL, area DOUBLE NOT NULL,
        bbox JSON GENERATED ALWAYS AS
          (JSON_ARRAY(bbox_x, bbox_y, bbox_width, bbox_height)) VIRTUAL,
        bbox_x DOUBLE NOT NULL, bbox_y DOUBLE NOT NULL, bbox_width DOUBLE NOT NULL,
        bbox_height DOUBLE NOT NULL, iscrowd TINYINT NOT NULL DEFAULT 0,
        pose VARCHAR(%1$d) NULL, truncated TINYINT NULL, difficult TINYINT NULL, extra JSON NULL,
        KEY image_id (image_id), KEY category_id (category_id, image_id),
        CONSTRAINT annotations_image FOREIGN KEY (image_id) REFERENCES %2$s (image_id)
          ON DELETE CASCADE,
        CONSTRAINT annotations_category FOREIGN KEY (category_id) REFERENCES %3$s (id)
        """
            .formatted(LONGEST_NAME, quoted("images"), quoted("categories")));
  }

  private void create(DatabaseSession session, String table, String columns) throws SQLException {
    session.execute(
        "CREATE TABLE IF NOT EXISTS " + quoted(table) + " (" + columns.strip() + ")" + OPTIONS);
  }

  /**
   * Checks whether the existing tables are those of a data set.
   *
   * @throws RefusalException if one is not
   */
  void check(DatabaseSession session) throws SQLException {
    for (String table : NAMES) {
      Optional<ExistingTable> existing = ExistingTable.find(session, name(table));
      if (existing.isPresent()) {
        List<String> missing =
            COLUMNS.get(table).stream()
                .filter(column -> existing.get().findColumn(column).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
          throw new RefusalException(
              "Cannot import into %s: table %s exists and has no column %s; import into another database"
                  .formatted(database, name(table), String.join(", ", missing)));
        }
      }
    }
  }

  /** Whether a table exists and is not empty. */
  boolean hasRows(DatabaseSession session, String table) throws SQLException {
    return ExistingTable.find(session, name(table)).isPresent()
        && session
            .findFirst("SELECT 1 FROM " + quoted(table) + " LIMIT 1", row -> true)
            .orElse(false);
  }
}
