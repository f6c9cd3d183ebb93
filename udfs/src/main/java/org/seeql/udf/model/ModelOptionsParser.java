package org.seeql.udf.model;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.ColorOrder;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.Normalization;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.image.Placement;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayouts;

/** Parses the options of {@code CREATE MODEL} and collects all problems. */
final class ModelOptionsParser {
  static final int MAX_BATCH = 1024;
  private static final int MAX_NAMES = 10;

  static final List<String> NAMES =
      List.of(
          "layout",
          "input_size",
          "labels",
          "color",
          "letterbox",
          "padding",
          "scale",
          "normalization",
          "mean",
          "std",
          "precision",
          "axes",
          "batch",
          "activation");

  /** Options on the location and description of a model, which this module does not use. */
  private static final List<String> NOT_READ_HERE = List.of("uri", "sha256", "description");

  /** Still accepted. */
  private static final String FORMER = "softmax";

  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> problems = new ArrayList<>();

  private ModelOptionsParser(Map<String, String> options) {
    this.options.putAll(options);
  }

  /**
   * The options of a model.
   *
   * @throws InferenceException with every problem
   */
  static ModelOptions parse(String model, Map<String, String> options) {
    ModelOptionsParser parser = new ModelOptionsParser(options);
    ModelOptions parsed = parser.parse();
    if (!parser.problems.isEmpty()) {
      throw new InferenceException(
          "Invalid options of model " + model + ": " + String.join("; ", parser.problems));
    }
    return parsed;
  }

  private ModelOptions parse() {
    options.keySet().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(
            name -> !NAMES.contains(name) && !NOT_READ_HERE.contains(name) && !name.equals(FORMER))
        .map(name -> "unknown option '" + name + "'; known: " + nearest(name))
        .forEach(problems::add);
    if (options.containsKey("normalization")
        && (options.containsKey("mean") || options.containsKey("std"))) {
      problems.add("normalization sets mean and std: use either normalization or mean and std");
    }
    return new ModelOptions(
        read(
            "layout",
            OutputLayouts.names(),
            text -> OutputLayouts.find(text).orElseThrow(IllegalArgumentException::new)),
        read("input_size", "640, or 640x480 for width x height", ModelOptionsParser::size),
        labels(),
        read("precision", "float32, float16 or uint8", ModelOptionsParser::precision),
        read("axes", "nchw or nhwc", text -> MemoryLayout.valueOf(upper(text))),
        read("batch", "1 to 1024", text -> integer(text, 1, MAX_BATCH)),
        read("activation", "none, softmax, sigmoid or auto", ModelOptionsParser::activation)
            .or(() -> read(FORMER, "true, false or auto", ModelOptionsParser::softmax))
            .flatMap(Function.identity()),
        preparation());
  }

  private ModelOptions.Preparation preparation() {
    return new ModelOptions.Preparation(
        read("color", "rgb or bgr", text -> ColorOrder.valueOf(upper(text))),
        read(
            "letterbox",
            "centered, top_left, stretch or center_crop",
            text -> Placement.valueOf(upper(text))),
        read("padding", "0 to 255", text -> integer(text, 0, 255)),
        read("scale", "a number above 0, or 1/255", ModelOptionsParser::scale),
        read(
            "normalization",
            "none, imagenet, half or clip",
            text -> Normalization.valueOf(upper(text))),
        read(
            "mean",
            "one number or three, for example 0.485,0.456,0.406",
            ModelOptionsParser::three),
        read(
            "std",
            "one number above 0 or three, for example 0.229,0.224,0.225",
            text -> positive(text)));
  }

  private <T> Optional<T> read(String name, String allowed, Function<String, T> parser) {
    String text = options.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text.trim()));
    } catch (IllegalArgumentException e) {
      problems.add("invalid " + name + ": '" + text + "' (" + allowed + ")");
      return Optional.empty();
    }
  }

  private Optional<List<String>> labels() {
    try {
      return Optional.ofNullable(options.get("labels")).map(text -> ClassLabels.load(text.trim()));
    } catch (InferenceException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static int integer(String text, int min, int max) {
    int value = Integer.parseInt(text);
    if (value < min || value > max) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static ModelOptions.Size size(String text) {
    String[] sides = text.toLowerCase(Locale.ROOT).split("x", -1);
    if (sides.length > 2) {
      throw new IllegalArgumentException(text);
    }
    return new ModelOptions.Size(
        integer(sides[0].trim(), 1, 8192), integer(sides[sides.length - 1].trim(), 1, 8192));
  }

  private static double scale(String text) {
    double scale = text.replace(" ", "").equals("1/255") ? 1 / 255.0 : Double.parseDouble(text);
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException(text);
    }
    return scale;
  }

  private static List<Double> three(String text) {
    List<Double> numbers =
        Arrays.stream(text.replaceAll("[\\[\\]()]", "").split(",", -1))
            .map(number -> Double.valueOf(number.trim()))
            .toList();
    if (numbers.size() == 1) {
      numbers = Collections.nCopies(3, numbers.get(0));
    }
    if (numbers.size() != 3 || !numbers.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(text);
    }
    return numbers;
  }

  private static List<Double> positive(String text) {
    List<Double> numbers = three(text);
    if (numbers.stream().anyMatch(number -> number <= 0)) {
      throw new IllegalArgumentException(text);
    }
    return numbers;
  }

  private static PixelType precision(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "float32", "fp32" -> PixelType.FLOAT32;
      case "float16", "fp16", "half" -> PixelType.FLOAT16;
      case "uint8" -> PixelType.UINT8;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** Empty for {@code auto}. */
  private static Optional<Activation> activation(String text) {
    return upper(text).equals("AUTO")
        ? Optional.empty()
        : Optional.of(Activation.valueOf(upper(text)));
  }

  /** The former spelling of {@code activation}. */
  private static Optional<Activation> softmax(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(Activation.SOFTMAX);
      case "false" -> Optional.of(Activation.NONE);
      case "auto" -> Optional.empty();
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String nearest(String name) {
    return NAMES.stream()
        .sorted(comparingInt(known -> LevenshteinDistance.getDefaultInstance().apply(name, known)))
        .limit(MAX_NAMES)
        .collect(joining(", "));
  }
}
