package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.seeql.planner.statement.TableName;

/**
 * A run in a list.
 *
 * @param clause the clause of its statement, such as {@code find}
 * @param images the number of selected images; empty before they are selected
 * @param failed the number of failed images; empty until the run ends
 * @param rows the number of rows of the result; empty until the run ends
 * @param duration from the start to the end, or until now; empty for an interrupted run
 * @param leftovers the tables of the run that are not its result
 */
public record ListedRun(
    String runId,
    Status status,
    String clause,
    String model,
    Optional<TableName> target,
    OptionalLong images,
    OptionalLong failed,
    OptionalLong rows,
    Instant started,
    Optional<Duration> duration,
    List<Leftover> leftovers) {
  private static final double MIB = 1 << 20;
  private static final double HUNDREDTHS = 100;

  public ListedRun {
    requireNonNull(runId, "runId is null");
    requireNonNull(status, "status is null");
    requireNonNull(clause, "clause is null");
    requireNonNull(model, "model is null");
    requireNonNull(target, "target is null");
    requireNonNull(images, "images is null");
    requireNonNull(failed, "failed is null");
    requireNonNull(rows, "rows is null");
    requireNonNull(started, "started is null");
    requireNonNull(duration, "duration is null");
    leftovers = List.copyOf(leftovers);
  }

  /** The state of a run, as far as it can be seen from here. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Its driver ended, or does not renew its lease, before the run ended. It can be resumed. */
    INTERRUPTED
  }

  /**
   * A table of a run that is not its result: a selection, or rows that were never published.
   *
   * @param bytes as estimated by the database
   */
  public record Leftover(TableName table, long bytes) {}

  /** The size of the leftover tables in MiB, with two decimals. */
  public double leftoverMebibytes() {
    return Math.round(leftoverBytes() / MIB * HUNDREDTHS) / HUNDREDTHS;
  }

  /** The size of the leftover tables, as estimated by the database. */
  public long leftoverBytes() {
    return leftovers.stream().mapToLong(Leftover::bytes).sum();
  }
}
