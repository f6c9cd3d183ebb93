package org.seeql.job.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A Parquet file. A row group is retained in memory until it is complete. */
final class ParquetFile implements RowFile {
  // Spark's default is 128 MiB, which each concurrent task of an executor would need.
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final ParquetWriter<List<?>> writer;

  ParquetFile(OutputStream out, List<FileColumn> columns) throws IOException {
    this.writer =
        new Builder(new Stream(out), columns.stream().map(ParquetColumn::new).toList())
            .withConf(new Configuration(false))
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .build();
  }

  @Override
  public void write(List<?> cells) throws IOException {
    writer.write(cells);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<List<?>, Builder> {
    private final List<ParquetColumn> columns;

    private Builder(OutputFile file, List<ParquetColumn> columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract
    protected WriteSupport<List<?>> getWriteSupport(Configuration configuration) {
      return new Rows(columns);
    }
  }

  /** Writes the values of a row. */
  private static final class Rows extends WriteSupport<List<?>> {
    private final List<ParquetColumn> columns;
    private RecordConsumer out;

    private Rows(List<ParquetColumn> columns) {
      this.columns = columns;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract
    public WriteContext init(Configuration configuration) {
      List<Type> types = columns.stream().<Type>map(ParquetColumn::type).toList();
      return new WriteContext(new MessageType("row", types), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      this.out = consumer;
    }

    @Override
    public void write(List<?> cells) {
      out.startMessage();
      for (int i = 0; i < columns.size(); i++) {
        Object value = cells.get(i);
        if (value != null) {
          ParquetColumn column = columns.get(i);
          out.startField(column.column().name(), i);
          column.write(value, out);
          out.endField(column.column().name(), i);
        }
      }
      out.endMessage();
    }
  }

  /** A stream as the only content of a file. */
  private record Stream(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new CountedStream(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class CountedStream extends PositionOutputStream {
    private final OutputStream out;
    private long written;

    private CountedStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return written;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
