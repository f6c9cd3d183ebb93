package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.option.FailureLimit;
import org.seeql.planner.option.OptionDefinition;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.OptionValues;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.option.WriteMode;

/**
 * How a selection is run through a model: the options of {@link OptionTable} with the scope RUN.
 *
 * @param values all options of that scope
 */
public record RunOptions(OptionValues values) {
  private static final OptionList OPTIONS = OptionTable.of(OptionScope.RUN);

  public RunOptions {
    requireNonNull(values, "values is null");
  }

  /**
   * Parses options, with the default for each that is absent.
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
    OPTIONS.reportUnknown(options, problems);
    RunOptions parsed = new RunOptions(withWholeVariation(OPTIONS.parse(options, problems)));
    if (parsed.onlyNew() && !parsed.mode().equals(Optional.of(WriteMode.APPEND))) {
      problems.accept("only_new needs mode=append: it adds to what the target has");
    }
    if (parsed.exactBatch() && parsed.batchSize().isEmpty()) {
      problems.accept("exact_batch needs batch_size: the number of images in each model call");
    }
    return parsed;
  }

  /** A variation has a latency and an accuracy, even if only its classes were specified. */
  private static OptionValues withWholeVariation(OptionValues values) {
    if (values.find(OptionTable.LATENCY).isEmpty()
        && values.find(OptionTable.ACCURACY).isEmpty()
        && values.find(OptionTable.CLASS_COVERAGE).isEmpty()) {
      return values;
    }
    return values
        .with(OptionTable.LATENCY, values.find(OptionTable.LATENCY).orElse(Duration.ZERO))
        .with(OptionTable.ACCURACY, values.find(OptionTable.ACCURACY).orElse(1.0));
  }

  /**
   * These options with another value of one option.
   *
   * @throws IllegalArgumentException if the option cannot have the value
   */
  public <T> RunOptions with(OptionDefinition<T> option, T value) {
    return new RunOptions(values.with(option, value));
  }

  /**
   * The options in the form of their attributes, by name, in the order of the table. Options
   * without a value are omitted, and so are those that are not stored with their default value.
   * {@link #parse} accepts the result.
   */
  public Map<String, String> toMap() {
    return values.toMap();
  }

  public Optional<String> imageDir() {
    return values.find(OptionTable.IMAGE_DIR);
  }

  public Optional<String> pathColumn() {
    return values.find(OptionTable.PATH_COLUMN);
  }

  public Optional<String> idColumn() {
    return values.find(OptionTable.ID_COLUMN);
  }

  public OptionalInt partitions() {
    return values.findInt(OptionTable.PARTITIONS);
  }

  /** The maximum number of images per model call; if empty, it is tuned during the run. */
  public OptionalInt batchSize() {
    return values.get(OptionTable.BATCH_SIZE);
  }

  /** Whether the batch size is exact, and not only the maximum. */
  public boolean exactBatch() {
    return values.get(OptionTable.EXACT_BATCH);
  }

  public DeviceChoice device() {
    return values.get(OptionTable.DEVICE);
  }

  /** If empty, an existing target is replaced only if a run of SeeQL wrote it. */
  public Optional<WriteMode> mode() {
    return values.find(OptionTable.MODE);
  }

  public ResultShape result() {
    return values.get(OptionTable.RESULT);
  }

  public double confidence() {
    return values.get(OptionTable.CONFIDENCE);
  }

  public double iou() {
    return values.get(OptionTable.IOU);
  }

  public int maxDetections() {
    return values.get(OptionTable.MAX_DETECTIONS);
  }

  public int topK() {
    return values.get(OptionTable.TOP_K);
  }

  public boolean l2Normalize() {
    return values.get(OptionTable.L2_NORMALIZE);
  }

  public FailureLimit maxFailedImages() {
    return values.get(OptionTable.MAX_FAILED_IMAGES);
  }

  public boolean exifRotation() {
    return values.get(OptionTable.EXIF_ROTATION);
  }

  public long maxPixels() {
    return values.get(OptionTable.MAX_PIXELS);
  }

  public boolean onlyNew() {
    return values.get(OptionTable.ONLY_NEW);
  }

  public int maxAttempts() {
    return values.get(OptionTable.MAX_ATTEMPTS);
  }

  public Optional<String> dataset() {
    return values.find(OptionTable.DATASET);
  }

  /** Empty if none of its options is set. */
  public Optional<Variation> variation() {
    return values
        .find(OptionTable.LATENCY)
        .map(
            latency ->
                new Variation(
                    latency,
                    values.get(OptionTable.ACCURACY),
                    values.find(OptionTable.CLASS_COVERAGE)));
  }
}
