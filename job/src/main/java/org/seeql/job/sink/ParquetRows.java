package org.seeql.job.sink;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.UncheckedSqlException;
import org.seeql.database.ledger.AttemptRows;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.job.file.FileFormat;
import org.seeql.job.file.RowFile;

/** Rows in a Parquet file of the attempt. The mark of the partition names the attempt. */
final class ParquetRows implements AttemptRows {
  private static final int BUFFERED_ROWS = 1_000;

  private final DatabaseConnector connector;
  private final String runId;
  private final ResultLayout layout;
  private final FileChannel channel;
  private final OutputStream out;
  private final List<Buffered> buffered = new ArrayList<>();
  private Optional<Writing> writing = Optional.empty();
  private boolean isComplete;

  private record Buffered(long row, List<Object> computed) {}

  private record Writing(SelectedValues values, RowFile file) {}

  /** Creates the file, which must not exist. */
  ParquetRows(DatabaseConnector connector, String runId, ResultLayout layout, Path file)
      throws IOException {
    this.connector = requireNonNull(connector, "connector is null");
    this.runId = requireNonNull(runId, "runId is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
  }

  @Override
  public void add(SelectedRow image, List<Object> computed) throws IOException, SQLException {
    buffered.add(new Buffered(image.row(), computed));
    if (buffered.size() >= BUFFERED_ROWS) {
      writeBuffered();
    }
  }

  /** Reads the selected values of the buffered rows, and writes the rows into the file. */
  private void writeBuffered() throws IOException, SQLException {
    try (DatabaseSession session = DatabaseSession.openForReading(connector)) {
      if (writing.isEmpty()) {
        SelectedValues values = SelectedValues.of(session, runId, layout);
        writing = Optional.of(new Writing(values, FileFormat.PARQUET.open(out, values.columns())));
      }
      Writing into = writing.get();
      Map<Long, List<Object>> selected =
          into.values()
              .read(connector, session, buffered.stream().map(Buffered::row).distinct().toList());
      for (Buffered row : buffered) {
        into.file().write(into.values().merge(selected.get(row.row()), row.computed()));
      }
      buffered.clear();
    }
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public void complete() throws IOException {
    try {
      writeBuffered(); // also without rows: the file then has only its columns
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
    writing.orElseThrow().file().close();
    out.flush();
    channel.force(true);
    channel.close();
    isComplete = true;
  }

  @Override
  public void write(DatabaseSession transaction) {
    if (!isComplete) {
      throw new IllegalStateException("the file is not complete");
    }
  }

  @Override
  public void clear() {
    throw new IllegalStateException("nothing was full");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
