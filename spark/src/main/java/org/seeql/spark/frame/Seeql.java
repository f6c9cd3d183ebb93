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
 * Runs models over frames of images: local files, object stores, or image bytes in the rows.
 *
 * <pre>{@code
 * Dataset<Row> images = spark.read().format("binaryFile").load("s3a://photos/2026/").select("path");
 * Dataset<Row> seen = Seeql.on(spark).detect(images, DetectOptions.model("yolo"));
 * seen.selectExpr("path", "explode(detections) AS d").select("path", "d.label", "d.box.*").show();
 * }</pre>
 *
 * <p>Frames are lazy: images are read when rows are requested, a bounded number ahead. {@code
 * limit(10)} reads a few dozen of a million images. A model is loaded once for each executor and
 * device, and shared by the tasks. For settings, see {@link FrameTaskPlanner}. Thread-safe.
 */
public final class Seeql {
  private static final String DETECTIONS = "detections";
  private static final String CLASSES = "classes";
  private static final String TAGS = "tags";
  private static final String EMBEDDING = "embedding";
  private static final String ERROR = "error";

  private final FrameTaskPlanner planner;

  private Seeql(FrameTaskPlanner planner) {
    this.planner = requireNonNull(planner, "planner is null");
  }

  public static Seeql on(SparkSession spark) {
    return new Seeql(new FrameTaskPlanner(spark));
  }

  /**
   * Detects objects in images. Returns the rows of the frame, in their order, with two additional
   * columns:
   *
   * <ul>
   *   <li>{@code detections}: {@code array<struct<label string, score double, box struct<x_min
   *       double, y_min double, x_max double, y_max double>, class_id int>>}, the best first. Edges
   *       are in pixels of the original image after EXIF rotation. For a model that reports them,
   *       the structs also have {@code mask}, {@code keypoints} or {@code corners}: the JSON that
   *       {@code TO RUN} writes, as a string. Empty if nothing was detected; null if the image
   *       could not be read or decoded
   *   <li>{@code error}: {@code string}, why {@code detections} is null; else null
   * </ul>
   *
   * @throws RefusalException if no model has the name, it is not a detector, or the columns do not
   *     fit
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public Dataset<Row> detect(Dataset<Row> images, DetectOptions options) {
    return predict(
        images, planner.detection(options), options.images(), options.onFailure(), DETECTIONS);
  }

  /**
   * Classifies images. Returns the rows of the frame, in their order, with two additional columns:
   *
   * <ul>
   *   <li>{@code classes}: {@code array<struct<label string, score double, class_id int>>}, the
   *       most likely first; null if the image could not be read or decoded
   *   <li>{@code error}: {@code string}, why {@code classes} is null; else null
   * </ul>
   *
   * @throws RefusalException if no model has the name, it is not a classifier, or the columns do
   *     not fit
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public Dataset<Row> classify(Dataset<Row> images, ClassifyOptions options) {
    return predict(
        images, planner.classification(options), options.images(), options.onFailure(), CLASSES);
  }

  /**
   * Finds the classes that apply to images. Returns the rows of the frame, in their order, with two
   * additional columns:
   *
   * <ul>
   *   <li>{@code tags}: {@code array<struct<label string, score double, class_id int>>}, the
   *       classes that reach the minimum score, the best first. Empty if none does; null if the
   *       image could not be read or decoded
   *   <li>{@code error}: {@code string}, why {@code tags} is null; else null
   * </ul>
   *
   * @throws RefusalException if no model has the name, it is not a tagger, or the columns do not
   *     fit
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public Dataset<Row> tag(Dataset<Row> images, TagOptions options) {
    return predict(images, planner.tagging(options), options.images(), options.onFailure(), TAGS);
  }

  /**
   * Computes the vectors of images. Returns the rows of the frame, in their order, with two
   * additional columns:
   *
   * <ul>
   *   <li>{@code embedding}: {@code array<float>}; null if the image could not be read or decoded
   *   <li>{@code error}: {@code string}, why {@code embedding} is null; else null
   * </ul>
   *
   * @throws RefusalException if no model has the name, it does not return vectors, or the columns
   *     do not fit
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public Dataset<Row> embed(Dataset<Row> images, EmbedOptions options) {
    return predict(
        images, planner.embedding(options), options.images(), options.onFailure(), EMBEDDING);
  }

  /**
   * The rows that a statement without INTO shows, from a frame instead of a selection. A failed
   * image has no rows.
   *
   * @param images a frame with the selected columns of the layout
   * @param layout the statement's layout, from {@code org.seeql.job.inference.ResultLayouts}
   * @param tally receives the number of failed images
   * @param runId the value of a column {@code run_id}
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
      String added) {
    StructType columns = images.schema();
    refuse(columns, added);
    refuse(columns, ERROR);
    DataType predicted =
        DataTypes.createArrayType(PredictionType.of(work.model()).element(), false);
    return images.mapPartitions(
        new PredictedRows(work, column.kind(), column.position(columns), onFailure),
        Encoders.row(columns.add(added, predicted).add(ERROR, DataTypes.StringType)));
  }

  private static void refuse(StructType columns, String added) {
    if (ImageColumn.find(added, columns).isPresent()) {
      throw new RefusalException(
          "The images already have a column '%s', which SeeQL adds; rename it with withColumnRenamed(…)"
              .formatted(added));
    }
  }
}
