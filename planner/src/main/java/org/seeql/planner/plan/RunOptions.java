package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seeql.planner.message.NearestNames;

/**
 * How a selection is run through a model. Each option has the same name in SQL, on the command line
 * and in {@code conf/programs.yaml}: the name of its component here, with underscores.
 *
 * @param imageDir folder or URI for relative paths; default: the one recorded at import
 * @param pathColumn column with an image's path; default: {@code path}, then {@code file_name}
 * @param idColumn column that identifies an image; default: {@code image_id}, then {@code id}, then
 *     the key
 * @param partitions the number of tasks for the selection; default: by rows and cores
 * @param batchSize the maximum number of images per model call; if empty, it is tuned during the
 *     run
 * @param mode how to handle an existing target; by default, only a table that a run of SeeQL wrote
 *     is replaced
 * @param confidence the minimum score, 0 to 1, of a detection that is kept
 * @param iou overlap, 0 to 1, above which non-maximum suppression drops the weaker of two boxes
 * @param maxDetections the maximum number of detections kept per image
 * @param topK the number of classes that a classifier returns, most probable first
 * @param exifRotation whether a photo is rotated according to its EXIF orientation
 * @param maxPixels an image with more pixels is refused before it is decoded
 * @param onlyNew whether to skip images for which the target has rows from the same model version
 * @param maxAttempts with {@code onlyNew}, how often an image may fail before it is skipped until
 *     its file changes
 * @param dataset database of the target if neither INTO nor the connection names one
 * @param repository origin of the model; recorded, but not used to load it
 */
public record RunOptions(
    Optional<String> imageDir,
    Optional<String> pathColumn,
    Optional<String> idColumn,
    OptionalInt partitions,
    OptionalInt batchSize,
    DeviceChoice device,
    Optional<WriteMode> mode,
    ResultShape result,
    double confidence,
    double iou,
    int maxDetections,
    int topK,
    FailureLimit maxFailedImages,
    boolean exifRotation,
    long maxPixels,
    boolean onlyNew,
    int maxAttempts,
    Optional<String> dataset,
    Optional<String> repository,
    Optional<Variation> variation) {

  // YOLOv5's own defaults (AutoShape: conf, iou); 300 detections as in its validation
  static final double DEFAULT_CONFIDENCE = 0.25;
  private static final double DEFAULT_IOU = 0.45;
  private static final int DEFAULT_MAX_DETECTIONS = 300;
  private static final FailureLimit DEFAULT_MAX_FAILED = new FailureLimit.Percentage(10);
  // three bytes per pixel when decoded: 300 MB
  private static final long DEFAULT_MAX_PIXELS = 100_000_000;
  private static final int DEFAULT_MAX_ATTEMPTS = 3;
  private static final int MOST_PARTITIONS = 100_000;

  private static final Pattern PASSWORD = Pattern.compile("[^/]*://[^/]*:[^/]*@.*");

  private static final List<String> NAMES =
      List.of(
          "image_dir",
          "path_column",
          "id_column",
          "partitions",
          "batch_size",
          "device",
          "mode",
          "result",
          "confidence",
          "iou",
          "max_detections",
          "top_k",
          "max_failed_images",
          "exif_rotation",
          "max_pixels",
          "only_new",
          "max_attempts",
          "dataset",
          "repository",
          "latency",
          "accuracy",
          "class_coverage");

  public RunOptions {
    requireNonNull(device, "device is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(result, "result is null");
    requireNonNull(maxFailedImages, "maxFailedImages is null");
    requireNonNull(variation, "variation is null");
    if (!(confidence >= 0 && confidence <= 1 && iou >= 0 && iou <= 1)) {
      throw new IllegalArgumentException(
          "confidence and iou are not between 0 and 1: " + confidence + ", " + iou);
    }
    if (maxDetections < 1 || topK < 1 || maxPixels < 1 || maxAttempts < 1) {
      throw new IllegalArgumentException(
          "maxDetections, topK, maxPixels or maxAttempts is below 1");
    }
  }

  /** The names of all options, in the order of the components. */
  public static List<String> names() {
    return NAMES;
  }

  /** Options are stored with a run and shown. */
  private static boolean isWithoutPassword(String place, Consumer<String> problems) {
    boolean without = !PASSWORD.matcher(place).matches();
    if (!without) {
      problems.accept(
          "Invalid value for image_dir: it holds a password, which would be kept and shown; leave it out, and name the key of S3 by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    return without;
  }

  /**
   * Parses options, with the built-in default for each that is absent.
   *
   * @throws PlanningException with every unknown name and every invalid value
   */
  public static RunOptions parse(OptionSet options) {
    List<String> problems = new ArrayList<>();
    RunOptions parsed = parse(options, problems::add);
    if (!problems.isEmpty()) {
      throw new PlanningException(problems);
    }
    return parsed;
  }

  static RunOptions parse(OptionSet options, Consumer<String> problems) {
    for (Option option : options.options()) {
      if (!NAMES.contains(option.name())) {
        problems.accept(
            NearestNames.unknown("option", option.name(), NAMES)
                + "; it comes from "
                + option.origin());
      }
    }
    OptionSet spelled = options;
    if (options.find("mode").filter(m -> m.value().equalsIgnoreCase("replace")).isPresent()) {
      spelled = options.with("mode", "overwrite", options.find("mode").orElseThrow().origin());
    }
    OptionReader reader = new OptionReader(spelled, problems);
    Optional<WriteMode> mode = reader.choice("mode", WriteMode.class);
    boolean onlyNew = reader.flag("only_new").orElse(false);
    if (onlyNew && !mode.equals(Optional.of(WriteMode.APPEND))) {
      problems.accept("only_new needs mode=append: it adds to what the target has");
    }
    return new RunOptions(
        reader.text("image_dir").filter(place -> isWithoutPassword(place, problems)),
        reader.text("path_column"),
        reader.text("id_column"),
        reader
            .wholeNumber("partitions", 1, MOST_PARTITIONS)
            .map(n -> OptionalInt.of(n.intValue()))
            .orElse(OptionalInt.empty()),
        reader.wholeNumberOrAuto("batch_size").map(OptionalInt::of).orElse(OptionalInt.empty()),
        reader.choice("device", DeviceChoice.class).orElse(DeviceChoice.AUTO),
        mode,
        reader.choice("result", ResultShape.class).orElse(ResultShape.LONG),
        reader.fraction("confidence").orElse(DEFAULT_CONFIDENCE),
        reader.fraction("iou").orElse(DEFAULT_IOU),
        reader
            .wholeNumber("max_detections", 1, Integer.MAX_VALUE)
            .map(Long::intValue)
            .orElse(DEFAULT_MAX_DETECTIONS),
        reader.wholeNumber("top_k", 1, Integer.MAX_VALUE).map(Long::intValue).orElse(1),
        reader.failureLimit("max_failed_images").orElse(DEFAULT_MAX_FAILED),
        reader.flag("exif_rotation").orElse(true),
        reader.wholeNumber("max_pixels", 1, Long.MAX_VALUE).orElse(DEFAULT_MAX_PIXELS),
        onlyNew,
        reader
            .wholeNumber("max_attempts", 1, Integer.MAX_VALUE)
            .map(Long::intValue)
            .orElse(DEFAULT_MAX_ATTEMPTS),
        reader.text("dataset"),
        reader.text("repository"),
        variation(reader));
  }

  private static Optional<Variation> variation(OptionReader reader) {
    Optional<Duration> latency = reader.duration("latency");
    Optional<Double> accuracy = reader.fraction("accuracy");
    Optional<Set<Integer>> coverage = reader.ids("class_coverage");
    if (latency.isEmpty() && accuracy.isEmpty() && coverage.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Variation(latency.orElse(Duration.ZERO), accuracy.orElse(1.0), coverage));
  }

  /**
   * The options in the form of their attributes, by name, in the order of the components. Options
   * without a value are omitted. {@link #parse} accepts the result.
   */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    imageDir.ifPresent(v -> map.put("image_dir", v));
    pathColumn.ifPresent(v -> map.put("path_column", v));
    idColumn.ifPresent(v -> map.put("id_column", v));
    partitions.ifPresent(v -> map.put("partitions", Integer.toString(v)));
    map.put("batch_size", batchSize.isPresent() ? Integer.toString(batchSize.getAsInt()) : "auto");
    map.put("device", word(device));
    mode.ifPresent(v -> map.put("mode", word(v)));
    map.put("result", word(result));
    map.put("confidence", Double.toString(confidence));
    map.put("iou", Double.toString(iou));
    map.put("max_detections", Integer.toString(maxDetections));
    map.put("top_k", Integer.toString(topK));
    map.put("max_failed_images", maxFailedImages.text());
    map.put("exif_rotation", Boolean.toString(exifRotation));
    map.put("max_pixels", Long.toString(maxPixels));
    map.put("only_new", Boolean.toString(onlyNew));
    map.put("max_attempts", Integer.toString(maxAttempts));
    dataset.ifPresent(v -> map.put("dataset", v));
    repository.ifPresent(v -> map.put("repository", v));
    variation.ifPresent(
        v -> {
          map.put("latency", v.latency().toNanos() / 1e6 + "ms");
          map.put("accuracy", Double.toString(v.accuracy()));
          v.classCoverage()
              .ifPresent(
                  ids ->
                      map.put(
                          "class_coverage",
                          ids.stream().map(String::valueOf).collect(Collectors.joining(","))));
        });
    return map;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
