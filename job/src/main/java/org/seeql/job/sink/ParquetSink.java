package org.seeql.job.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SessionResult;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.AttemptRows;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.PartitionRecords.CommittedAttempt;
import org.seeql.database.ledger.Publication;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.TargetTransaction;
import org.seeql.job.file.ParquetSchema;
import org.seeql.planner.option.WriteMode;
import org.seeql.udf.InferenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parquet files in a folder that the driver and all executors see under the same path. */
final class ParquetSink implements ResultSink {
  private static final Logger LOG = LoggerFactory.getLogger(ParquetSink.class);
  private static final Duration MAX_PUBLICATION = Duration.ofMinutes(10);

  private final RunRecord run;
  private final ParquetFolder folder;

  ParquetSink(RunRecord run, FileTarget target) {
    this.run = requireNonNull(run, "run is null");
    this.folder = new ParquetFolder(target.folder(), run.runId());
  }

  @Override
  public String place() {
    return (run.mode() == WriteMode.OVERWRITE || !folder.targetExists()
            ? folder.staged()
            : folder.target())
        .toString();
  }

  @Override
  public boolean exists(DatabaseSession session) {
    return folder.exists();
  }

  @Override
  public boolean isPublished(DatabaseSession session) {
    return folder.isPublished();
  }

  @Override
  public void prepare(DatabaseSession session) throws IOException {
    folder.create();
  }

  @Override
  public PartitionSink partitions() {
    return new Files(folder.target().toString(), run.runId(), run.layout());
  }

  @Override
  public void publish(
      DatabaseConnector connector, RunOwner owner, PartitionRecords.Totals committed)
      throws IOException, SQLException {
    // No other driver takes the run over, and no other run changes the target, while this
    // transaction is open.
    try (TargetTransaction transaction = TargetTransaction.forPublication(connector, run)) {
      DatabaseSession session = transaction.session();
      owner.require(session);
      if (!folder.isPublished()) {
        // the session sends nothing while files are moved
        session.setMaxIdle(MAX_PUBLICATION);
        publish(connector, PartitionRecords.committedAttempts(session, run.runId()));
        session.setMaxIdle(DatabaseSession.MAX_IDLE);
      }
      transaction.commit();
    }
    try {
      folder.clean();
    } catch (IOException e) {
      LOG.warn("Cannot delete the unused files of run {}", run.runId(), e);
    }
  }

  private void publish(DatabaseConnector connector, List<CommittedAttempt> committed)
      throws IOException, SQLException {
    Optional<Path> missing = folder.findMissing(committed);
    if (missing.isPresent()) {
      throw new RefusalException(
          "a committed file does not exist on the driver's machine: %s; the folder must be shared by the driver and all executors"
              .formatted(missing.get()));
    }
    if (run.mode() == WriteMode.APPEND && folder.targetExists()) {
      requireSameColumns(committed);
      folder.append(committed);
      return;
    }
    if (folder.targetExists() && !mayReplace()) {
      throw new RefusalException(
          "folder %s was created during the run; rename it".formatted(folder.target()));
    }
    if (committed.isEmpty()) {
      writeEmpty(connector);
    }
    folder.replace(committed);
  }

  /** Readers take the columns of all files from one of them. */
  private void requireSameColumns(List<CommittedAttempt> committed) throws IOException {
    Optional<Path> added = folder.findFile(committed);
    List<Path> existing = folder.targetExists() ? folder.targetFiles() : List.of();
    if (added.isEmpty() || existing.isEmpty()) {
      return;
    }
    List<String> columns = ParquetSchema.read(existing.get(0));
    List<String> others = ParquetSchema.read(added.get());
    if (!columns.equals(others)) {
      throw new RefusalException(
          "Cannot append to %s: its files have the columns %s, but the result has %s; write into another folder"
              .formatted(folder.target(), String.join(", ", columns), String.join(", ", others)));
    }
  }

  /** Readers need at least one file to know the columns. */
  private void writeEmpty(DatabaseConnector connector) throws IOException, SQLException {
    folder.create();
    try (ParquetRows none =
        new ParquetRows(connector, run.runId(), run.layout(), folder.newEmptyFile())) {
      none.complete();
    }
  }

  private boolean mayReplace() throws IOException {
    Publication.Replacing replacing = run.replacing(run.mode());
    return replacing == Publication.Replacing.EXISTING
        ? folder.foreignFiles().isEmpty()
        : replacing == Publication.Replacing.RESULTS
            && folder.foreignFiles().isEmpty()
            && folder.isWrittenByRun();
  }

  @Override
  public Optional<SessionResult.Query> findShownRows(DatabaseConnector connector) {
    return Optional.empty();
  }

  @Override
  public void discard(DatabaseSession session) throws IOException {
    folder.clean();
  }

  /** Creates the files of attempts. */
  private record Files(String folder, String runId, ResultLayout layout) implements PartitionSink {
    private static final long serialVersionUID = 1L;

    @Override
    public AttemptRows open(DatabaseConnector connector, int partition, AttemptId attempt)
        throws IOException {
      ParquetFolder files = new ParquetFolder(Path.of(folder), runId);
      if (!files.exists()) {
        throw new InferenceException(
            "Cannot write into %s: the folder does not exist on %s; it must be shared by the driver and all executors"
                .formatted(files.staged(), InetAddress.getLocalHost().getHostName()));
      }
      return new ParquetRows(connector, runId, layout, files.attempt(partition, attempt));
    }
  }
}
