package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.seeql.chaos.Count;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Unit;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/** Kills random connections of a run, one after another, with KILL. */
final class ConnectionKill implements Scenario {
  private static final int MAX_PER_TRIAL = 8;
  private static final int LONGEST_PAUSE_MILLIS = 900;

  private final Detection detection;

  ConnectionKill(Detection detection) {
    this.detection = detection;
  }

  @Override
  public String name() {
    return "connection";
  }

  @Override
  public Unit unit() {
    return Unit.KILL;
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection, tally);
    Mode mode = Mode.random(random);
    Run run = detection.run("connection-" + number, mode);
    int kills = 1 + random.nextInt(Math.min(MAX_PER_TRIAL, max));
    SeeqlProcess process = detection.start(run);
    while (kills > 0 && process.isAlive()) {
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      if (killOne(detection.place(), random, command -> true).isPresent()) {
        tally.add(Count.DISTURBANCES, 1);
        kills--;
      }
    }
    ending.await(run, process);
    if (ending.finish(run)) {
      ending.compareAndClean(run);
    }
  }

  /** Kills idle connections, which include those that hold locks. */
  static int killIdle(Workplace place, Random random) throws SQLException {
    int killed = 0;
    for (int i = 0; i < MAX_PER_TRIAL; i++) {
      if (killOne(place, random, command -> command.equals("Sleep")).isPresent()) {
        killed++;
      }
    }
    return killed;
  }

  private record Connection(long id, String command) {}

  private static Optional<Connection> killOne(
      Workplace place, Random random, Predicate<String> isTarget) throws SQLException {
    try (DatabaseSession session = place.session()) {
      List<Connection> connections =
          session
              .query(
                  "SELECT id, command FROM information_schema.processlist WHERE id <>"
                      + " CONNECTION_ID() AND user = '"
                      + place.connector().user()
                      + "'",
                  row -> new Connection(row.getLong(1), row.getString(2)))
              .stream()
              .filter(c -> isTarget.test(c.command()))
              .toList();
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
}
