package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetArrayStructFields;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/** Extracts the value of a function from the result of an image. */
interface ImageAnswer extends Serializable {
  /** The name of the function. */
  String function();

  DataType type(ImageFunction work);

  /** Extracts the value from the result of an image. */
  Expression of(Expression result);

  /** The function's arguments after the image, for people; empty if there are none. */
  default Optional<String> argument() {
    return Optional.empty();
  }

  /** A field of the result. */
  record Field(String function, int position) implements ImageAnswer {
    private static final long serialVersionUID = 1L;

    public Field {
      requireNonNull(function, "function is null");
    }

    @Override
    public DataType type(ImageFunction work) {
      return work.result().fields()[position].dataType();
    }

    @Override
    public Expression of(Expression result) {
      return new GetStructField(result, position, Option.empty());
    }
  }

  /** The whole result. */
  record All(String function) implements ImageAnswer {
    private static final long serialVersionUID = 1L;

    public All {
      requireNonNull(function, "function is null");
    }

    @Override
    public DataType type(ImageFunction work) {
      return work.result();
    }

    @Override
    public Expression of(Expression result) {
      return result;
    }
  }

  /** Whether an object of a class was detected. */
  record Shows(String label) implements ImageAnswer {
    private static final long serialVersionUID = 1L;

    public Shows {
      requireNonNull(label, "label is null");
    }

    @Override
    public String function() {
      return "has_object";
    }

    @Override
    public DataType type(ImageFunction work) {
      return DataTypes.BooleanType;
    }

    @Override
    public Expression of(Expression result) {
      Expression predictions =
          new GetStructField(result, ModelImageFunction.PREDICTIONS, Option.empty());
      StructType detection = (StructType) ((ArrayType) predictions.dataType()).elementType();
      int position = detection.fieldIndex("label");
      Expression labels =
          new GetArrayStructFields(
              predictions, detection.fields()[position], position, detection.size(), false);
      return new ArrayContains(
          labels, new Literal(UTF8String.fromString(label), DataTypes.StringType));
    }

    @Override
    public Optional<String> argument() {
      return Optional.of("'" + label.replace("'", "\\'") + "'");
    }
  }
}
