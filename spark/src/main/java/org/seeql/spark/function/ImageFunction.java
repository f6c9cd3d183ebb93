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
 * What is done with each image of a partition. Two of them that are equal are done once. Travels to
 * the executors.
 */
interface ImageFunction extends Serializable {

  /** What comes of an image. */
  StructType result();

  /** An absolute path or a URI that relative paths start from; empty where paths are absolute. */
  String imageDir();

  /**
   * Does it, as rows are asked for.
   *
   * @param rows each of which keeps its values
   * @param image finds the image of a row; empty where the row has none
   */
  Iterator<Done> start(
      TaskContext task,
      Iterator<InternalRow> rows,
      Function<InternalRow, Optional<ImageBytes>> image,
      ImageMetrics metrics);

  /**
   * A row with what came of its image.
   *
   * @param result of type {@link #result}; empty where the row has no image
   */
  record Done(InternalRow row, Optional<InternalRow> result) {}
}
