package org.seeql.job;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.ProgramCatalog;

/**
 * What holds for every statement of a session.
 *
 * @param commandLine options that were given beside the program; a statement's own come first
 * @param programs the programs that TO RUN knows
 * @param baseDirectory where relative paths of CREATE MODEL and image_dir start from
 * @param modelCache where models are kept by their checksum, on this machine and on the executors'
 * @param runId of the one run of this session, where who asks for it names it: asked again, it goes
 *     on with that run. Empty: every run gets an id of its own
 * @param lease how long a run stays its driver's without a heartbeat, after which another driver
 *     may take it over
 */
public record SessionOptions(
    OptionSet commandLine,
    ProgramCatalog programs,
    Path baseDirectory,
    Path modelCache,
    Optional<String> runId,
    Duration lease) {
  /** The lease of a run where nothing else is configured. */
  public static final Duration STANDARD_LEASE = Duration.ofSeconds(60);

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  public SessionOptions {
    requireNonNull(commandLine, "commandLine is null");
    requireNonNull(programs, "programs is null");
    baseDirectory = baseDirectory.toAbsolutePath().normalize();
    modelCache = modelCache.toAbsolutePath().normalize();
    runId.ifPresent(RunIds::require);
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException("lease is below 1 s: " + lease);
    }
  }

  /** Options of a session that names its runs itself. */
  public SessionOptions(
      OptionSet commandLine, ProgramCatalog programs, Path baseDirectory, Path modelCache) {
    this(commandLine, programs, baseDirectory, modelCache, Optional.empty(), STANDARD_LEASE);
  }

  /** The same options for a session whose one run has an id that is chosen. */
  public SessionOptions withRunId(String id) {
    return new SessionOptions(
        commandLine, programs, baseDirectory, modelCache, Optional.of(id), lease);
  }

  /** The same options with another lease; at least a second. */
  public SessionOptions withLease(Duration newLease) {
    return new SessionOptions(commandLine, programs, baseDirectory, modelCache, runId, newLease);
  }

  /** No options, the packaged programs, this folder, and a cache in the user's home. */
  public static SessionOptions standard() {
    return new SessionOptions(
        OptionSet.NONE,
        ProgramCatalog.standard(),
        Path.of(""),
        Path.of(System.getProperty("user.home"), ".cache", "seeql", "models"));
  }
}
