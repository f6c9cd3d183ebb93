package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.seeql.job.model.VisionTasks;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.model.ModelDescription;

/**
 * The type of the predictions of one task in frames, and their values. A prediction is an array of
 * structs, or of numbers for a vector. Numbers are equal to those that {@code TO RUN} writes.
 * Stateless.
 *
 * @param <P> the predictions of the task
 */
public abstract class PredictionType<P extends Prediction> {
  private final Class<P> predictions;

  PredictionType(Class<P> predictions) {
    this.predictions = requireNonNull(predictions, "predictions is null");
  }

  /** The type of the predictions of a model. */
  public static PredictionType<?> of(ModelDescription model) {
    return switch (VisionTasks.of(model)) {
      case DETECT -> new DetectionType(model.geometry());
      case CLASSIFY -> new ClassType();
      case TAG -> new TagType();
      case EMBED -> new VectorType();
    };
  }

  /** The type of an element of the array. */
  public abstract DataType element();

  /** The elements of a prediction, as {@link #values} returns them. */
  abstract List<?> elements(P prediction);

  /**
   * The elements of a prediction. A value is a string, a number, or the list of the values of a
   * struct, in the order of its fields.
   *
   * @param prediction of a model with this task; not a failure
   */
  public final List<Object> values(Prediction prediction) {
    return Collections.unmodifiableList(elements(predictions.cast(prediction)));
  }

  static StructField required(String name, DataType type) {
    return new StructField(name, type, false, Metadata.empty());
  }

  /**
   * The double with the same decimal digits: 0.9 stays 0.9, where a cast gives 0.8999999761581421.
   * Numbers in frames are therefore equal to those in a result table.
   */
  static double exact(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
