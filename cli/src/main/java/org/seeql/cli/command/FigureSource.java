package org.seeql.cli.command;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.EmbeddedDatabaseException;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunFigures;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.LoggedFigures;
import org.seeql.launcher.cluster.RunStatus;

/**
 * Reads the figures of a run's statements. The source is the database if one is selected and
 * reachable, else the cluster.
 */
final class FigureSource {
  private final DatabaseOptions database;
  private final Invocation invocation;

  FigureSource(DatabaseOptions database, Invocation invocation) {
    this.database = database;
    this.invocation = invocation;
  }

  /**
   * Figures and their source.
   *
   * @param byStatement figures by statement number
   * @param source a human-readable description of where the image counts come from
   */
  record Figures(Map<Integer, RunFigures> byStatement, String source) {
    Figures {
      byStatement = Map.copyOf(byStatement);
    }

    Optional<RunFigures> of(int statement) {
      return Optional.ofNullable(byStatement.get(statement));
    }
  }

  /** The committed figures from the database. Empty without a database. */
  Figures committed(RunStatus status) {
    return read(status, why -> new Figures(Map.of(), "from the cluster only" + why));
  }

  /** The committed figures from the database; without one, the figures that the drivers logged. */
  Figures of(Cluster cluster, RunStatus status) {
    return read(status, why -> logged(cluster, status, why));
  }

  /**
   * Queries the database.
   *
   * @param otherwise receives the reason why the database cannot answer, as the end of a sentence
   */
  private Figures read(RunStatus status, Function<String, Figures> otherwise) {
    try {
      return database
          .openIfNamed(invocation)
          .map(open -> read(open, status))
          .orElseGet(() -> otherwise.apply("; add --database=URL to count the committed images"));
    } catch (RefusalException | EmbeddedDatabaseException e) {
      return otherwise.apply(": " + e.getMessage());
    }
  }

  /** The figures that drivers logged. Only drivers whose pods still exist contribute. */
  static Figures logged(Cluster cluster, RunStatus status) {
    return logged(cluster, status, "");
  }

  private static Figures logged(Cluster cluster, RunStatus status, String why) {
    Map<Integer, RunFigures> figures = new HashMap<>();
    LoggedFigures.of(cluster, status.summary().run())
        .forEach((statement, found) -> figures.put(statement, figures(found)));
    return new Figures(figures, "images from the drivers' logs" + why);
  }

  private static RunFigures figures(LoggedFigures found) {
    return new RunFigures(
        OptionalLong.of(found.selected()),
        found.through() - found.failed(),
        found.failed(),
        found.imagesPerSecond(),
        "");
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
            ? "from the cluster only: no statement of the run in the database has started inference"
            : "images from the database, the rest from the cluster");
  }
}
