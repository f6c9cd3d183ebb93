package org.seeql.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.job.RunListener;
import org.seeql.job.RunProgress;
import org.seeql.job.SeeqlSession;
import org.seeql.job.SessionOptions;
import org.seeql.job.StatementResult;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.Statement;
import org.seeql.spark.SeeqlExtensions;

/** SeeQL with the embedded database and local Spark, configured as by the command line. */
public final class BenchSession implements AutoCloseable {
  private final EmbeddedDatabase database;
  private final SparkSession spark;
  private final SeeqlSession session;
  private final Timeline timeline = new Timeline();

  public BenchSession(Path folder, int cores) {
    database = EmbeddedDatabase.start(folder);
    spark =
        SparkSession.builder()
            .master("local[%d,4]".formatted(cores))
            .appName("SeeQL bench")
            .config("spark.sql.extensions", SeeqlExtensions.class.getName())
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    session =
        new SeeqlSession(database.connector(), () -> spark, SessionOptions.standard(), timeline);
  }

  /** Executes a program and returns the result of its last statement. */
  public StatementResult execute(String program) {
    StatementResult result = new StatementResult.Done("");
    for (Statement statement : ProgramParser.parse(program).statements()) {
      result = session.execute(statement);
    }
    return result;
  }

  /** The connection of the session's database. */
  public DatabaseConnector connector() {
    return database.connector();
  }

  /** Spark with SeeQL's functions, connected to the same database. */
  SparkSession spark() {
    DatabaseConnector connector = connector();
    spark.conf().set("spark.seeql.database", connector.url());
    spark.conf().set("spark.seeql.user", connector.user());
    spark.conf().set("spark.seeql.password", connector.password());
    return spark;
  }

  /** Executes a statement that runs a model. */
  StatementResult.RunSummary run(String statement) {
    timeline.points.clear();
    return (StatementResult.RunSummary) execute(statement);
  }

  /** The first column of the only row of a query. */
  public String value(String query) {
    try (StatementResult.Rows rows = (StatementResult.Rows) execute(query)) {
      return String.valueOf(rows.rows().next().get(0));
    }
  }

  /** Images per second of the latest run, from its first thousand images to its last commit. */
  double steadyRate() {
    return timeline.rateBeyond(1000);
  }

  @Override
  public void close() {
    session.close();
    spark.stop();
    database.close();
  }

  /** The completed images of a run over time. */
  private static final class Timeline implements RunListener {
    private record Point(long nanos, long images) {}

    private final List<Point> points = new ArrayList<>();

    @Override
    public synchronized void progress(RunProgress progress) {
      points.add(new Point(System.nanoTime(), progress.done() + progress.failed()));
    }

    synchronized double rateBeyond(long images) {
      Point last = points.get(points.size() - 1);
      Point first = points.stream().filter(p -> p.images() >= images).findFirst().orElse(last);
      return (last.images() - first.images()) * 1e9 / (last.nanos() - first.nanos());
    }
  }
}
