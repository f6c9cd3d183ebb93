package org.seeql.spark.function;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.seeql.spark.frame.ImageBytes;

/**
 * The processing of each image of a partition. Equal functions are executed once. Serialized to the
 * executors.
 */
interface ImageFunction extends Serializable {

  /** The type of an image's result. */
  StructType result();

  /** An absolute path or a URI to which relative paths refer; empty if paths are absolute. */
  String imageDir();

  /**
   * Processes images as rows are requested.
   *
   * @param rows rows that keep their values
   * @param image returns the image of a row; empty if the row has none
   */
  Iterator<Done> start(
      TaskContext task,
      Iterator<InternalRow> rows,
      Function<InternalRow, Optional<ImageBytes>> image,
      ImageMetrics metrics);

  /**
   * A row with the result of its image.
   *
   * @param result of type {@link #result}; empty if the row has no image
   */
  record Done(InternalRow row, Optional<InternalRow> result) {}
}
