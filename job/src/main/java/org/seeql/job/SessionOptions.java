package org.seeql.job;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.ProgramCatalog;

/**
 * Options that apply to every statement of a session.
 *
 * @param commandLine options given with the program; options of the statement take precedence
 * @param programs the programs available to TO RUN
 * @param baseDirectory the directory to which relative paths of CREATE MODEL and image_dir refer
 * @param modelCache the folder for models, by checksum, on this machine and on the executors'
 *     machines
 * @param trainedModels the folder that receives the files of models that TO TRAIN trains
 * @param runId the id of the session's only run, if the user chose one. A second request with the
 *     same id resumes that run. Empty: every run gets a new id
 * @param lease how long a driver owns a run without a heartbeat; afterwards another driver may take
 *     it over
 * @param databaseWait how long a run waits for a database that it has lost, before it fails
 */
public record SessionOptions(
    OptionSet commandLine,
    ProgramCatalog programs,
    Path baseDirectory,
    Path modelCache,
    Path trainedModels,
    Optional<String> runId,
    Duration lease,
    Duration databaseWait) {
  /** The default lease of a run. */
  public static final Duration STANDARD_LEASE = Duration.ofSeconds(60);

  private static final Duration STANDARD_DATABASE_WAIT = Duration.ofSeconds(30);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  public SessionOptions {
    requireNonNull(commandLine, "commandLine is null");
    requireNonNull(programs, "programs is null");
    baseDirectory = baseDirectory.toAbsolutePath().normalize();
    modelCache = modelCache.toAbsolutePath().normalize();
    trainedModels = trainedModels.toAbsolutePath().normalize();
    runId.ifPresent(RunIds::require);
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException("lease is below 1 s: " + lease);
    }
    if (databaseWait.isNegative()) {
      throw new IllegalArgumentException("databaseWait is negative: " + databaseWait);
    }
  }

  /** Options of a session that generates its run ids. */
  public SessionOptions(
      OptionSet commandLine, ProgramCatalog programs, Path baseDirectory, Path modelCache) {
    this(
        commandLine,
        programs,
        baseDirectory,
        modelCache,
        modelCache.toAbsolutePath().resolveSibling("trained"),
        Optional.empty(),
        STANDARD_LEASE,
        STANDARD_DATABASE_WAIT);
  }

  /** The same options for a session whose only run has a chosen id. */
  public SessionOptions withRunId(String id) {
    return new SessionOptions(
        commandLine,
        programs,
        baseDirectory,
        modelCache,
        trainedModels,
        Optional.of(id),
        lease,
        databaseWait);
  }

  /** The same options with another folder for the files of trained models. */
  public SessionOptions withTrainedModels(Path folder) {
    return new SessionOptions(
        commandLine, programs, baseDirectory, modelCache, folder, runId, lease, databaseWait);
  }

  /** The same options with another lease of at least one second. */
  public SessionOptions withLease(Duration newLease) {
    return new SessionOptions(
        commandLine,
        programs,
        baseDirectory,
        modelCache,
        trainedModels,
        runId,
        newLease,
        databaseWait);
  }

  /** The same options with another time for which a run waits for a database that it has lost. */
  public SessionOptions withDatabaseWait(Duration newWait) {
    return new SessionOptions(
        commandLine, programs, baseDirectory, modelCache, trainedModels, runId, lease, newWait);
  }

  /**
   * No options, the packaged programs, the current folder, and a cache in the user's home folder.
   */
  public static SessionOptions standard() {
    return new SessionOptions(
        OptionSet.NONE,
        ProgramCatalog.standard(),
        Path.of(""),
        Path.of(System.getProperty("user.home"), ".cache", "seeql", "models"));
  }
}
