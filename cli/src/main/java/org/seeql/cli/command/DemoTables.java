package org.seeql.cli.command;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.DataSetSummary;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.load.OnError;
import org.seeql.datasets.record.Section;
import org.seeql.planner.statement.TableName;

/**
 * The demo's data sets. Each split has its own database, because its pictures serve another
 * purpose.
 */
final class DemoTables {

  /** The database with the pictures of the tour. */
  static final String SHOW = "demo";

  /** The database with the pictures that measure the models. */
  static final String PROFILE = "demo_profile";

  // Referencing tables come before referenced ones. An earlier version of the demo created truth.
  private static final List<String> TABLES =
      List.of("truth", "annotations", "images", "categories", "licenses", "info");

  private DemoTables() {}

  /**
   * Imports a split and replaces an earlier import: the pictures may now be in another checkout.
   *
   * @return the number of pictures
   */
  static long load(
      DatabaseConnector database,
      String name,
      Path pictures,
      Path annotations,
      ProgressDisplay progress) {
    deleteRecords(database, name);
    DataSetSummary summary =
        new DataSetImport(database, new DataSetImportDisplay(progress), problem -> {})
            .run(
                List.of(new CocoFile(annotations, annotations.toString())),
                new DataSetRequest(name, pictures.toString(), Optional.empty(), OnError.FAIL));
    progress.clear();
    Counts images = summary.counts().get(Section.IMAGES);
    return images.added() + images.known();
  }

  private static void deleteRecords(DatabaseConnector database, String name) {
    try (DatabaseSession session = DatabaseSession.open(database)) {
      SystemSchema.migrate(database);
      for (String table : TABLES) {
        session.execute("DROP TABLE IF EXISTS " + TableName.of(name, table).quoted());
      }
      session.update(
          "DELETE FROM "
              + SystemSchema.table("image_roots")
              + " WHERE database_name = ? AND table_name = 'images'",
          name);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot remove the pictures of an earlier demo", e);
    }
  }
}
