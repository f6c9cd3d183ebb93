package org.seeql.cli.command;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.job.JobException;
import org.seeql.job.embedded.EmbeddedDatabaseException;
import org.seeql.job.jdbc.DatabaseErrors;
import org.seeql.job.jdbc.DatabaseSession;
import org.seeql.job.jdbc.RunFigures;
import org.seeql.launcher.cluster.RunStatus;

/** The figures of a run's statements, from the database where one is named and answers. */
final class FigureSource {
  private final DatabaseOptions database;
  private final Invocation invocation;

  FigureSource(DatabaseOptions database, Invocation invocation) {
    this.database = database;
    this.invocation = invocation;
  }

  /**
   * Figures and where they are from.
   *
   * @param byStatement by the number of the statement
   * @param source for people: whose word the images are
   */
  record Figures(Map<Integer, RunFigures> byStatement, String source) {
    Figures {
      byStatement = Map.copyOf(byStatement);
    }

    Optional<RunFigures> of(int statement) {
      return Optional.ofNullable(byStatement.get(statement));
    }
  }

  Figures of(RunStatus status) {
    try {
      return database
          .openIfNamed(invocation)
          .map(open -> read(open, status))
          .orElseGet(
              () ->
                  new Figures(
                      Map.of(),
                      "from the cluster only; --database=URL counts the images of each statement"));
    } catch (JobException | EmbeddedDatabaseException e) {
      return new Figures(Map.of(), "from the cluster only: " + e.getMessage());
    }
  }

  private static Figures read(OpenDatabase database, RunStatus status) {
    String run = status.summary().run();
    List<String> ids = status.tasks().stream().map(t -> run + "-" + t.statement()).toList();
    Map<Integer, RunFigures> figures = new HashMap<>();
    try (database;
        DatabaseSession session = DatabaseSession.open(database.connector())) {
      RunFigures.of(session, ids)
          .forEach(
              (id, found) -> figures.put(Integer.valueOf(id.substring(run.length() + 1)), found));
    } catch (SQLException e) {
      throw DatabaseErrors.cannotConnect(database.connector(), e);
    }
    return new Figures(
        figures,
        figures.isEmpty()
            ? "from the cluster only: the database knows of no statement of it that has begun to infer"
            : "images from the database, the rest from the cluster");
  }
}
