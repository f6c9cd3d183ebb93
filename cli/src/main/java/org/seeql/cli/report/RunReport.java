package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.RunRecords;

/**
 * Writes a run as one HTML file: its statement, speed, counts, pictures with findings, and
 * failures. The file stays below 15 MB for runs of any size and loads no other resources.
 */
public final class RunReport {

  private static final int RUNS_NAMED = 10;

  private RunReport() {}

  /**
   * Writes the page of a run in any state. An existing file is replaced.
   *
   * @throws RefusalException if the run does not exist, or the database or the file cannot be
   *     accessed
   */
  public static void write(DatabaseConnector database, String runId, Path html) {
    requireNonNull(runId, "runId is null");
    RunPage page = read(database, runId);
    String text = new PageTemplate().html(page, Instant.now(), ZoneId.systemDefault());
    write(html, text);
  }

  /** Writes a page into a file. */
  static void write(Path html, String text) {
    try {
      Path folder = html.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(html, text);
    } catch (IOException e) {
      throw new RefusalException("Cannot write the report " + html + ": " + e, e);
    }
  }

  private static RunPage read(DatabaseConnector database, String runId) {
    DatabaseSession session;
    try {
      session = DatabaseSession.open(database);
    } catch (SQLException e) {
      throw DatabaseErrors.cannotConnect(database, e);
    }
    try (session) {
      SystemSchema.migrate(database);
      if (RunRecords.state(session, runId).isEmpty()) {
        throw unknown(runId, RunRecords.latest(session, RUNS_NAMED), database);
      }
      return new RunPageReader(session).read(runId);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot report on run " + runId, e);
    }
  }

  private static RefusalException unknown(
      String runId, List<String> latest, DatabaseConnector database) {
    return new RefusalException(
        latest.isEmpty()
            ? "Unknown run '%s': there are no runs in %s".formatted(runId, database.address())
            : "Unknown run '%s'; the latest: %s".formatted(runId, String.join(", ", latest)));
  }
}
