package org.seeql.spark.function;

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
import org.seeql.spark.frame.ImageBytes;
import org.seeql.spark.frame.RowHeaders;
import org.seeql.udf.image.EncodedImage;
import org.seeql.udf.image.ImageDescription;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.ImageFiles;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.image.ReadBudget.WaitPolicy;
import org.seeql.udf.image.UndecodableImageException;

/** Reads the header of the image's file. */
record HeaderImageFunction(String imageDir) implements ImageFunction {
  private static final long serialVersionUID = 1L;
  private static final StructType RESULT =
      new StructType()
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("format", DataTypes.StringType)
          .add("bytes", DataTypes.LongType)
          .add("orientation", DataTypes.IntegerType)
          .add("error", DataTypes.StringType);

  HeaderImageFunction {
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
    Optional<Long> bytes = Optional.empty();
    try (ImageFile file = image.open()) {
      bytes = Optional.of(file.length());
      return header(file);
    } catch (UndecodableImageException | IOException | RuntimeException e) {
      return failed(bytes, e);
    }
  }

  private static Header header(ImageFile file) throws IOException, UndecodableImageException {
    try (EncodedImage read =
        ImageFiles.read(file, Long.MAX_VALUE, ReadBudget.ofJvm(), WaitPolicy.UNLIMITED)) {
      ImageDescription described = ImageDescription.of(read.bytes());
      return new Header(
          CatalystValues.row(
              described.width(),
              described.height(),
              UTF8String.fromString(described.format()),
              (long) read.bytes().length,
              described.orientation(),
              null),
          false);
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
