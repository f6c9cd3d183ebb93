package org.seeql.job.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type;

/** The columns of an existing Parquet file. */
public final class ParquetSchema {
  private ParquetSchema() {}

  /** The columns with their types, in order, as the specification writes them. */
  public static List<String> read(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFileMetaData().getSchema().getFields().stream().map(Type::toString).toList();
    } catch (RuntimeException e) {
      throw new IOException(file + " is not a Parquet file: " + e.getMessage(), e);
    }
  }
}
