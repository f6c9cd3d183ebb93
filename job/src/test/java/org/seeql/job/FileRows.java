package org.seeql.job;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.AttemptRows;
import org.seeql.database.ledger.SelectedRow;

/** Rows in a file of the attempt. The mark of the partition names the attempt, and so the file. */
final class FileRows implements AttemptRows {
  private final BufferedWriter writer;
  private boolean isComplete;

  /** Creates the file, which must not exist. */
  FileRows(Path directory, int partition, AttemptId attempt) throws IOException {
    this.writer =
        Files.newBufferedWriter(
            directory.resolve(name(partition, attempt)), StandardOpenOption.CREATE_NEW);
  }

  static String name(int partition, AttemptId attempt) {
    return "part-%d-%d-%d".formatted(partition, attempt.ownerEpoch(), attempt.attempt());
  }

  @Override
  public void add(SelectedRow image, List<Object> computed) throws IOException {
    writer.write(image.row() + " " + computed);
    writer.newLine();
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public void complete() throws IOException {
    writer.close();
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
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
