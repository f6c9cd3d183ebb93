package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.seeql.database.RefusalException;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.job.inference.ImageTally;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.job.inference.PipelineSettings;
import org.seeql.job.inference.PredictionSettings;
import org.seeql.job.inference.StatementRows;
import org.seeql.planner.plan.RunOptions;

/**
 * Models over frames of images: local files, object stores, or the bytes themselves.
 *
 * <pre>{@code
 * Dataset<Row> images = spark.read().format("binaryFile").load("s3a://photos/2026/").select("path");
 * Dataset<Row> seen = Seeql.on(spark).detect(images, DetectOptions.model("yolo"));
 * seen.selectExpr("path", "explode(detections) AS d").select("path", "d.label", "d.box.*").show();
 * }</pre>
 *
 * <p>Frames are lazy: images are read when rows are asked for, a bounded number ahead, so that
 * {@code limit(10)} reads a few dozen of a million. One model an executor and device is loaded, and
 * shared by the tasks. Settings of Spark's: see {@link FrameTaskPlanner}. Thread-safe.
 */
public final class Seeql {
  private static final String DETECTIONS = "detections";
  private static final String CLASSES = "classes";
  private static final String ERROR = "error";

  private final FrameTaskPlanner planner;

  private Seeql(FrameTaskPlanner planner) {
    this.planner = requireNonNull(planner, "planner is null");
  }

  public static Seeql on(SparkSession spark) {
    return new Seeql(new FrameTaskPlanner(spark));
  }

  /**
   * The objects in images. The rows of the frame, in their order, with two columns more:
   *
   * <ul>
   *   <li>{@code detections}: {@code array<struct<label string, score double, box struct<x_min
   *       double, y_min double, x_max double, y_max double>, class_id int>>}, the best first; edges
   *       in pixels of the original image, turned as EXIF says; empty where nothing was seen, null
   *       where the image could not be read or decoded
   *   <li>{@code error}: {@code string}, why there are no detections; null where there are
   * </ul>
   *
   * @throws RefusalException if no model has the name, it does not detect, or the columns do not
   *     fit
   * @throws org.seeql.udf.InferenceException if a file is no model
   */
  public Dataset<Row> detect(Dataset<Row> images, DetectOptions options) {
    return predict(
        images,
        planner.detection(options),
        options.images(),
        options.onFailure(),
        DETECTIONS,
        PredictionTypes.DETECTION);
  }

  /**
   * The classes that images are likely of. The rows of the frame, in their order, with two columns
   * more:
   *
   * <ul>
   *   <li>{@code classes}: {@code array<struct<label string, score double, class_id int>>}, the
   *       likeliest first; null where the image could not be read or decoded
   *   <li>{@code error}: {@code string}, why there are no classes; null where there are
   * </ul>
   *
   * @throws RefusalException if no model has the name, it does not classify, or the columns do not
   *     fit
   * @throws org.seeql.udf.InferenceException if a file is no model
   */
  public Dataset<Row> classify(Dataset<Row> images, ClassifyOptions options) {
    return predict(
        images,
        planner.classification(options),
        options.images(),
        options.onFailure(),
        CLASSES,
        PredictionTypes.CLASS);
  }

  /**
   * What a statement without INTO shows: the rows that it would write, of a frame instead of a
   * selection. An image that fails has none.
   *
   * @param images with the columns that the layout takes over
   * @param layout as {@code org.seeql.job.inference.ResultLayouts} makes it for the statement
   * @param tally is told how many images failed
   * @param runId what a column {@code run_id} holds
   * @return the layout's columns, in its order
   */
  public Dataset<Row> predictions(
      Dataset<Row> images,
      ResultLayout layout,
      ModelAssignment models,
      RunOptions options,
      ImageTally tally,
      String runId) {
    PredictionSettings work =
        new PredictionSettings(
            layout,
            runId,
            models,
            PipelineSettings.of(options),
            planner.modelCache().toString(),
            planner.coresOfAnExecutor());
    return images.mapPartitions(
        new StatementRows(
            work, options.device(), planner.imageDir(options.imageDir()), tally, images.schema()),
        Encoders.row(StatementRows.columns(layout, images.schema())));
  }

  private static Dataset<Row> predict(
      Dataset<Row> images,
      FrameTaskSettings work,
      ImageColumn column,
      OnFailure onFailure,
      String added,
      StructType element) {
    StructType columns = images.schema();
    refuse(columns, added);
    refuse(columns, ERROR);
    DataType predicted = DataTypes.createArrayType(element, false);
    return images.mapPartitions(
        new PredictedRows(work, column.kind(), column.position(columns), onFailure),
        Encoders.row(columns.add(added, predicted).add(ERROR, DataTypes.StringType)));
  }

  private static void refuse(StructType columns, String added) {
    if (ImageColumn.find(added, columns).isPresent()) {
      throw new RefusalException(
          "The images have a column '%s' already, which is added; rename it: withColumnRenamed(…)"
              .formatted(added));
    }
  }
}
