package org.seeql.job;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.AttemptRows;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.planner.statement.TableName;

/** Rows in a file of the attempt. The transaction of the commit records the name of the file. */
final class FileRows implements AttemptRows {
  private final Path file;
  private final TableName names;
  private final BufferedWriter writer;
  private boolean isComplete;

  FileRows(Path file, TableName names) throws IOException {
    this.file = file;
    this.names = names;
    this.writer = Files.newBufferedWriter(file);
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
  public void write(DatabaseSession transaction) throws SQLException {
    if (!isComplete) {
      throw new IllegalStateException("the file is not complete: " + file);
    }
    transaction.update(
        "INSERT INTO " + names.quoted() + " VALUES (?)", file.getFileName().toString());
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
