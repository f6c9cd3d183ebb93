package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * Kills random connections of a run, one after another, with KILL. A connection that waits in a
 * pool is killed only if no other connection exists, and is not counted: a run replaces it
 * unnoticed.
 */
final class ConnectionKill extends KillScenario {
  private static final int MAX_PER_TRIAL = 8;
  private static final int LONGEST_PAUSE_MILLIS = 900;
  private static final int POLL_MILLIS = 5;
  private static final int MAX_POLLS = 200;

  ConnectionKill(DetectionStatement detection) {
    super("connection", detection);
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    Mode mode = Mode.random(random);
    DisturbedRun run = detection().run("connection-" + number, mode);
    int kills = 1 + random.nextInt(Math.min(MAX_PER_TRIAL, max));
    SeeqlProcess process = detection().start(run);
    // otherwise most kills would hit the first statements, which end the run
    Moment.random(random).await(detection(), run, process, random);
    while (kills > 0 && process.isAlive()) {
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      if (killOne(detection().place(), process, random).filter(Connection::isAtWork).isPresent()) {
        tally.add(Count.DISTURBANCES, 1);
        kills--;
      }
    }
    ending.await(run, process);
    if (ending.finish(run)) {
      ending.compareAndClean(run);
    }
  }

  /** Kills connections that execute no statement, which include those that hold locks. */
  static int killIdle(Workplace place, Random random) throws SQLException {
    int killed = 0;
    for (int i = 0; i < MAX_PER_TRIAL; i++) {
      try (DatabaseSession session = place.session()) {
        List<Connection> idle =
            Connection.list(place, session).stream().filter(c -> !c.executes()).toList();
        if (killOneOf(idle, session, random).isPresent()) {
          killed++;
        }
      }
    }
    return killed;
  }

  /** Statements and transactions are short, so this waits for one of them. */
  private static Optional<Connection> killOne(Workplace place, SeeqlProcess process, Random random)
      throws Exception {
    try (DatabaseSession session = place.session()) {
      List<Connection> all = Connection.list(place, session);
      List<Connection> atWork = atWork(all);
      for (int i = 0; atWork.isEmpty() && i < MAX_POLLS && process.isAlive(); i++) {
        Thread.sleep(POLL_MILLIS);
        all = Connection.list(place, session);
        atWork = atWork(all);
      }
      return killOneOf(atWork.isEmpty() ? all : atWork, session, random);
    }
  }

  private static List<Connection> atWork(List<Connection> connections) {
    return connections.stream().filter(Connection::isAtWork).toList();
  }

  private static Optional<Connection> killOneOf(
      List<Connection> connections, DatabaseSession session, Random random) {
    if (connections.isEmpty()) {
      return Optional.empty();
    }
    Connection one = connections.get(random.nextInt(connections.size()));
    try {
      session.execute("KILL " + one.id());
      return Optional.of(one);
    } catch (SQLException e) {
      // the connection has ended by itself
      return Optional.empty();
    }
  }
}
