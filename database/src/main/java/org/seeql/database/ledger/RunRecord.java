package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/**
 * A run as stored in {@code runs}: everything that is needed to resume it.
 *
 * @param models what processes the images
 * @param destination where the rows go
 * @param imageRoot the base of relative paths
 */
public record RunRecord(
    String runId,
    Request request,
    Models models,
    Destination destination,
    ResultLayout layout,
    String imageRoot) {
  public RunRecord {
    requireNonNull(runId, "runId is null");
    requireNonNull(request, "request is null");
    requireNonNull(models, "models is null");
    requireNonNull(destination, "destination is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(imageRoot, "imageRoot is null");
  }

  /**
   * The statement that requests a run.
   *
   * @param statement its text
   * @param kind its clause
   * @param program the program of TO RUN, or a word for the clause
   * @param options all options, with their defaults
   */
  public record Request(
      String statement, InferencePlan.Kind kind, String program, RunOptions options) {
    public Request {
      requireNonNull(statement, "statement is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(program, "program is null");
      requireNonNull(options, "options is null");
    }
  }

  /**
   * The models of a run.
   *
   * @param task {@code detect}, {@code classify} or {@code find}
   * @param names the name of the model, or the names of all models
   * @param version of the only model; 0 for several, whose versions are stored with their plan
   */
  public record Models(String task, String names, int version) {
    public Models {
      requireNonNull(task, "task is null");
      requireNonNull(names, "names is null");
    }
  }

  /**
   * The target of a run.
   *
   * @param target with its database; empty if the rows are only shown
   * @param mode what happens to an existing target
   */
  public record Destination(Optional<TableName> target, WriteMode mode) {
    public Destination {
      requireNonNull(target, "target is null");
      requireNonNull(mode, "mode is null");
    }
  }

  public String statement() {
    return request.statement();
  }

  public InferencePlan.Kind kind() {
    return request.kind();
  }

  public String program() {
    return request.program();
  }

  public RunOptions options() {
    return request.options();
  }

  public String task() {
    return models.task();
  }

  public String model() {
    return models.names();
  }

  public int modelVersion() {
    return models.version();
  }

  public Optional<TableName> target() {
    return destination.target();
  }

  public WriteMode mode() {
    return destination.mode();
  }

  /**
   * What the publication of a result may replace. Without the option {@code mode}, only results of
   * earlier runs are overwritten.
   *
   * @param written the write mode of the result
   */
  public Publication.Replacing replacing(WriteMode written) {
    if (written != WriteMode.OVERWRITE) {
      return Publication.Replacing.NOTHING;
    }
    boolean isRequested = options().mode().isPresent();
    return isRequested ? Publication.Replacing.EXISTING : Publication.Replacing.RESULTS;
  }

  /** The same run with other options. */
  public RunRecord withOptions(RunOptions options) {
    Request changed = new Request(statement(), kind(), program(), options);
    return new RunRecord(runId, changed, models, destination, layout, imageRoot);
  }

  /** The table that receives its rows. */
  public ResultTable result() {
    return new ResultTable(runId, target(), mode() == WriteMode.APPEND && target().isPresent());
  }
}
