package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.seeql.database.RefusalException;
import org.seeql.planner.option.OptionSet;

/**
 * The arguments of a call: an image first, then constants. Options can be {@code 'yolo'} (a model),
 * {@code 'model=yolo, confidence=0.4'}, {@code map('model', 'yolo')}, or named arguments: {@code
 * model => 'yolo', confidence => 0.4}.
 *
 * @param usage the syntax of the function, for people
 * @param image the path, or the bytes
 * @param constants the arguments after the image, without names
 * @param named options given with {@code =>}
 */
record FunctionArguments(
    String function,
    String usage,
    Expression image,
    List<Expression> constants,
    List<NamedArgumentExpression> named) {
  FunctionArguments {
    requireNonNull(function, "function is null");
    requireNonNull(usage, "usage is null");
    requireNonNull(image, "image is null");
    constants = List.copyOf(constants);
    named = List.copyOf(named);
  }

  /**
   * Sorts arguments.
   *
   * @throws RefusalException if the first argument is not an image
   */
  static FunctionArguments of(String function, String usage, List<Expression> arguments) {
    List<Expression> positional = new ArrayList<>();
    List<NamedArgumentExpression> named = new ArrayList<>();
    for (Expression argument : arguments) {
      if (argument instanceof NamedArgumentExpression option) {
        named.add(option);
      } else {
        positional.add(argument);
      }
    }
    if (positional.isEmpty()) {
      throw new RefusalException("Cannot call %s without an image: %s".formatted(function, usage));
    }
    Expression image = positional.get(0);
    requireImage(function, usage, image.dataType());
    return new FunctionArguments(
        function, usage, image, positional.subList(1, positional.size()), named);
  }

  private static void requireImage(String function, String usage, DataType type) {
    if (!(type instanceof StringType || type instanceof BinaryType || type instanceof NullType)) {
      throw new RefusalException(
          "%s takes a path (string) or the bytes of a file (binary), not %s: %s"
              .formatted(function, type.simpleString(), usage));
    }
  }

  /**
   * The string at a position after the image, from 0.
   *
   * @throws RefusalException if the argument is missing, or is not a constant
   */
  String text(int place, String what) {
    if (place >= constants.size()) {
      throw new RefusalException("Cannot call %s without %s: %s".formatted(function, what, usage));
    }
    return constant(constants.get(place), what);
  }

  /**
   * All options.
   *
   * @param place position of the options without names, after the image, from 0
   * @throws RefusalException if an argument is not a constant, or there are too many
   */
  OptionSet options(int place) {
    if (constants.size() > place + 1) {
      throw new RefusalException("Too many arguments for %s: %s".formatted(function, usage));
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (place < constants.size()) {
      options.putAll(unnamed(constants.get(place)));
    }
    for (NamedArgumentExpression option : named) {
      options.put(option.key(), constant(option.value(), "the option " + option.key()));
    }
    return OptionSet.of(options, function + "(…)");
  }

  private Map<String, String> unnamed(Expression options) {
    if (options.dataType() instanceof MapType) {
      return ofMap(options);
    }
    String text = constant(options, "options");
    return text.contains("=") ? ofText(text) : Map.of("model", text.strip());
  }

  private Map<String, String> ofMap(Expression options) {
    MapData map =
        (MapData)
            constant(
                options,
                "options",
                DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));
    ArrayData names = map.keyArray();
    ArrayData values = map.valueArray();
    Map<String, String> read = new LinkedHashMap<>();
    for (int i = 0; i < map.numElements(); i++) {
      String name = names.getUTF8String(i).toString();
      if (values.isNullAt(i)) {
        throw new RefusalException("The option '%s' of %s is NULL".formatted(name, function));
      }
      read.put(name, values.getUTF8String(i).toString());
    }
    return read;
  }

  private Map<String, String> ofText(String text) {
    Map<String, String> read = new LinkedHashMap<>();
    for (String option : text.split(",", -1)) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new RefusalException(
            "Cannot read the options '%s' of %s: '%s' is not of the form name=value"
                .formatted(text, function, option.strip()));
      }
      read.put(option.substring(0, equals).strip(), option.substring(equals + 1).strip());
    }
    return read;
  }

  private String constant(Expression value, String what) {
    return constant(value, what, DataTypes.StringType).toString();
  }

  private Object constant(Expression value, String what, DataType type) {
    if (!value.foldable()) {
      throw new RefusalException(
          "%s takes a constant for %s, not %s: %s".formatted(function, what, value.sql(), usage));
    }
    return Optional.ofNullable(Cast$.MODULE$.apply(value, type, false).eval(null))
        .orElseThrow(
            () ->
                new RefusalException(
                    "%s takes a constant for %s, not NULL: %s".formatted(function, what, usage)));
  }
}
