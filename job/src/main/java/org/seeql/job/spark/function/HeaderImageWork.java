package org.seeql.job.spark.function;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.seeql.job.frame.ImageBytes;
import org.seeql.job.frame.RowHeaders;
import org.seeql.udf.image.ImageDescription;
import org.seeql.udf.image.UndecodableImageException;

/** The header of the image's file is read. */
record HeaderImageWork(String imageDir) implements ImageWork {
  private static final long serialVersionUID = 1L;
  private static final StructType RESULT =
      new StructType()
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("format", DataTypes.StringType)
          .add("bytes", DataTypes.LongType)
          .add("orientation", DataTypes.IntegerType)
          .add("error", DataTypes.StringType);

  HeaderImageWork {
    requireNonNull(imageDir, "imageDir is null");
  }

  @Override
  public StructType result() {
    return RESULT;
  }

  @Override
  public Iterator<Done> start(
      TaskContext task,
      Iterator<InternalRow> rows,
      Function<InternalRow, Optional<ImageBytes>> image,
      ImageMetrics metrics) {
    RowHeaders<InternalRow, Header> headers =
        RowHeaders.open(task, rows, row -> image.apply(row).map(bytes -> () -> header(bytes)));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return headers.hasNext();
      }

      @Override
      public Done next() {
        RowHeaders.Read<InternalRow, Header> read = headers.next();
        read.header().ifPresent(header -> metrics.looked(header.failed()));
        return new Done(read.row(), read.header().map(Header::row));
      }
    };
  }

  private record Header(InternalRow row, boolean failed) {}

  private static Header header(ImageBytes image) {
    byte[] file;
    try {
      file = image.read();
    } catch (IOException | RuntimeException e) {
      return failed(Optional.empty(), e);
    }
    try {
      ImageDescription described = ImageDescription.of(file);
      return new Header(
          CatalystValues.row(
              described.width(),
              described.height(),
              UTF8String.fromString(described.format()),
              (long) file.length,
              described.orientation(),
              null),
          false);
    } catch (UndecodableImageException | RuntimeException e) {
      return failed(Optional.of((long) file.length), e);
    }
  }

  private static Header failed(Optional<Long> bytes, Exception e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new Header(
        CatalystValues.row(
            null, null, null, bytes.orElse(null), null, UTF8String.fromString(reason)),
        true);
  }

  @Override
  public String toString() {
    return "headers of files";
  }
}
