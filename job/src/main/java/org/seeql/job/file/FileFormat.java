package org.seeql.job.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats of files with rows. */
public enum FileFormat implements RowFile.Format {
  PARQUET(".parquet"),
  CSV(".csv"),
  JSON_LINES(".jsonl");

  private final String suffix;

  FileFormat(String suffix) {
    this.suffix = requireNonNull(suffix, "suffix is null");
  }

  /** The format that the end of a file's name determines. */
  public static Optional<FileFormat> findByName(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(format -> name.endsWith(format.suffix)).findFirst();
  }

  @Override
  public RowFile open(OutputStream out, List<FileColumn> columns) throws IOException {
    return switch (this) {
      case PARQUET -> new ParquetFile(out, columns);
      case CSV -> new CsvFile(out, columns);
      case JSON_LINES -> new JsonLinesFile(out, columns);
    };
  }
}
