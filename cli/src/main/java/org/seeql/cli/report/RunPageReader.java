package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.cli.report.RunPage.Failure;
import org.seeql.cli.report.RunPage.FailureCount;
import org.seeql.cli.report.RunPage.Failures;
import org.seeql.cli.report.RunPage.Findings;
import org.seeql.cli.report.RunPage.Gallery;
import org.seeql.cli.report.RunPage.Partition;
import org.seeql.cli.report.RunPage.Partitions;
import org.seeql.cli.report.RunPage.Run;
import org.seeql.cli.report.RunPage.Setting;
import org.seeql.cli.report.RunPage.Stage;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.PartitionRecords.Totals;
import org.seeql.database.ledger.PartitionState;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.RunState;
import org.seeql.job.find.FindRecords;
import org.seeql.planner.plan.InferencePlan;

/**
 * Reads the content of a run's page. The database computes the counts and every list is bounded, so
 * that memory does not depend on the number of images.
 */
final class RunPageReader {

  private static final int MAX_FAILURES = 10_000;
  private static final int LONGEST_TEXT = 300;
  private static final int MAX_PARTITIONS = 2_000;

  /** The prefix of steps of inference. Other names are stages. */
  private static final String STEP = "infer.";

  /** The time from the end of inference to the end of the run, in addition to publishing. */
  private static final double SLACK_SECONDS = 0.5;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, Double>> SECONDS =
      new TypeReference<>() {};

  private final DatabaseSession session;

  RunPageReader(DatabaseSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  /** Reads an existing run. */
  RunPage read(String runId) throws SQLException {
    RunRecord record = RunRecords.find(session, runId).orElseThrow();
    Totals totals = PartitionRecords.totals(session, runId);
    Stored stored =
        session
            .findFirst(
                "SELECT r.*, UNIX_TIMESTAMP(started) AS started_at, UNIX_TIMESTAMP(finished) AS finished_at"
                    + " FROM "
                    + SystemSchema.table("runs")
                    + " r WHERE run_id = ?",
                row -> stored(row, record, totals),
                runId)
            .orElseThrow();
    List<Stage> stages = new ArrayList<>();
    List<Stage> work = new ArrayList<>();
    stored.seconds.forEach(
        (name, seconds) -> {
          Duration time = Duration.ofNanos(Math.round(seconds * 1e9));
          if (name.startsWith(STEP)) {
            work.add(new Stage(name.substring(STEP.length()), time));
          } else {
            stages.add(new Stage(name, time));
          }
        });
    boolean evaluates = record.kind() == InferencePlan.Kind.EVALUATE;
    boolean trains = record.kind() == InferencePlan.Kind.TRAIN;
    Result result = evaluates || trains ? none(RunPage.Answer.BOX, "") : result(record, stored.run);
    Optional<EvaluationPage> evaluation =
        evaluates
            ? Optional.of(new EvaluationReader(session, record, stored.run.state()).read())
            : Optional.empty();
    return new RunPage(
        stored.run,
        stages,
        work,
        timedImages(runId, stored.seconds),
        FindRecords.findReport(session, runId),
        evaluation,
        trains ? Optional.of(new TrainingReader(session, record).read()) : Optional.empty(),
        result.findings,
        result.gallery,
        failures(runId),
        record.options().toMap().entrySet().stream()
            .map(option -> new Setting(option.getKey(), option.getValue()))
            .toList(),
        partitions(runId, totals.partitions()));
  }

  private record Stored(Run run, Map<String, Double> seconds) {}

  private record Result(Findings findings, Gallery gallery) {}

  private static Stored stored(ResultSet row, RunRecord record, Totals totals) throws SQLException {
    int batchSize = row.getInt("batch_size");
    Run run =
        new Run(
            record.runId(),
            record.statement(),
            RunState.of(record.runId(), row.getString("state")),
            record.modelVersion() == 0
                ? record.model()
                : record.model() + "@" + record.modelVersion(),
            new RunPage.Environment(
                Optional.ofNullable(row.getString("engine")),
                Optional.ofNullable(row.getString("device")),
                Optional.ofNullable(row.getString("ran_on")),
                batchSize > 0 ? OptionalInt.of(batchSize) : OptionalInt.empty()),
            record.target().map(Object::toString),
            Optional.of(record.imageRoot()),
            new RunPage.Period(
                instant(row, "started_at").orElseThrow(), instant(row, "finished_at")),
            new RunPage.Counts(
                row.getLong("images"),
                totals.images() - totals.failed(),
                totals.failed(),
                totals.rows()),
            Optional.ofNullable(row.getString("error")));
    return new Stored(run, seconds(row.getString("stage_seconds")));
  }

  private static Map<String, Double> seconds(String json) throws SQLException {
    if (json == null) {
      return Map.of();
    }
    try {
      return JSON.readValue(json, SECONDS);
    } catch (JsonProcessingException e) {
      throw new SQLException("stage_seconds is not an object of numbers: " + json, e);
    }
  }

  /**
   * The number of images that the stage durations cover. A resumed run records only the durations
   * since it was resumed.
   */
  private long timedImages(String runId, Map<String, Double> seconds) throws SQLException {
    double time =
        seconds.getOrDefault("infer", 0.0) + seconds.getOrDefault("publish", 0.0) + SLACK_SECONDS;
    return session
        .findFirst(
            "SELECT COALESCE(SUM(p.images), 0) FROM %s p JOIN %s r ON r.run_id = p.run_id"
                    .formatted(SystemSchema.table("run_partitions"), SystemSchema.table("runs"))
                + " WHERE p.run_id = ?"
                + " AND UNIX_TIMESTAMP(p.committed) >= UNIX_TIMESTAMP(r.finished) - ?",
            row -> row.getLong(1),
            runId,
            time)
        .orElse(0L);
  }

  private Result result(RunRecord record, Run run) throws SQLException {
    ResultView.Located located = ResultView.locate(session, record, run);
    ResultView view = located.view();
    if (located.missing().isPresent()) {
      return none(view.answer(), located.missing().get());
    }
    try {
      FindingsReader reader = new FindingsReader(session, view);
      Findings findings = reader.read();
      GalleryReader gallery = new GalleryReader(session, view, record);
      return new Result(findings, gallery.read(findings));
    } catch (SQLSyntaxErrorException e) {
      return none(
          view.answer(),
          "Cannot read the result as this run wrote it; its columns may have changed since: "
              + DatabaseErrors.message(e));
    }
  }

  private static Result none(RunPage.Answer answer, String why) {
    return new Result(
        new Findings(answer, List.of(), 0, Optional.of(why)), new Gallery(List.of(), 0));
  }

  private Failures failures(String runId) throws SQLException {
    String table = SystemSchema.table("run_failures");
    List<Failure> listed =
        session.query(
            "SELECT COALESCE(LEFT(image_id, %1$d), ''), COALESCE(LEFT(path, %1$d), ''), stage,"
                    .formatted(LONGEST_TEXT)
                + " LEFT(reason, %d) FROM %s WHERE run_id = ? ORDER BY row_id LIMIT %d"
                    .formatted(LONGEST_TEXT, table, MAX_FAILURES),
            row ->
                new Failure(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
            runId);
    List<FailureCount> stages =
        session.query(
            "SELECT stage, COUNT(*) AS failed FROM "
                + table
                + " WHERE run_id = ? GROUP BY stage ORDER BY failed DESC, stage",
            row -> new FailureCount(row.getString(1), row.getLong(2)),
            runId);
    return new Failures(listed, stages);
  }

  private Partitions partitions(String runId, long count) throws SQLException {
    List<Partition> listed =
        session.query(
            "SELECT p.*, UNIX_TIMESTAMP(committed) AS committed_at FROM "
                + SystemSchema.table("run_partitions")
                + " p WHERE run_id = ? ORDER BY partition_id LIMIT "
                + MAX_PARTITIONS,
            row ->
                new Partition(
                    row.getInt("partition_id"),
                    row.getLong("first_row"),
                    row.getLong("last_row"),
                    PartitionState.of(runId, row.getString("state")),
                    row.getLong("images"),
                    row.getLong("failed"),
                    row.getLong("rows_written"),
                    Duration.ofNanos(Math.round(row.getDouble("seconds") * 1e9)),
                    instant(row, "committed_at")),
            runId);
    return new Partitions(listed, count);
  }

  /** Reads seconds since 1970, so that the time zones of server and driver do not matter. */
  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBigDecimal(column))
        .map(seconds -> Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
  }
}
