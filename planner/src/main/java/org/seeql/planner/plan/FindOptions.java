package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.option.OptionDefinition;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.OptionValues;

/**
 * The options of TO FIND in addition to those of every run.
 *
 * @param values the options of {@link OptionTable} that TO FIND has and other runs do not have
 */
public record FindOptions(OptionValues values) {
  private static final Map<Bound, OptionDefinition<Double>> BOUNDS =
      new EnumMap<>(
          Map.of(
              Bound.MIN_ACCURACY, OptionTable.MIN_ACCURACY,
              Bound.MIN_PRECISION, OptionTable.MIN_PRECISION,
              Bound.MIN_RECALL, OptionTable.MIN_RECALL,
              Bound.MIN_F1, OptionTable.MIN_F1,
              Bound.MAX_COST_MS, OptionTable.MAX_COST_MS));

  public FindOptions {
    requireNonNull(values, "values is null");
  }

  /** The requested strategy; if empty, the profiles and the options determine it. */
  public Optional<Strategy> strategy() {
    return values.find(OptionTable.STRATEGY);
  }

  public Measure maximize() {
    return values.get(OptionTable.MAXIMIZE);
  }

  public Bounds bounds() {
    Bounds bounds = Bounds.NONE;
    for (Map.Entry<Bound, OptionDefinition<Double>> bound : BOUNDS.entrySet()) {
      Optional<Double> value = values.find(bound.getValue());
      bounds = value.isPresent() ? bounds.with(bound.getKey(), value.get()) : bounds;
    }
    return bounds;
  }

  public OptionalDouble confidenceLevel() {
    return values.findDouble(OptionTable.CONFIDENCE_LEVEL);
  }

  /** The only models that may be chosen; any if empty. */
  public List<String> onlyModels() {
    return values.get(OptionTable.ONLY_MODELS);
  }

  public List<String> excludeModels() {
    return values.get(OptionTable.EXCLUDE_MODELS);
  }

  public Optional<Duration> planningTimeout() {
    return values.find(OptionTable.PLANNING_TIMEOUT);
  }

  /** The model whose answers count as the truth; if empty, labels are the truth. */
  public Optional<String> reference() {
    return values.find(OptionTable.REFERENCE);
  }

  /** The number of random images on which the reference and all candidates run. */
  public int sampleSize() {
    return values.get(OptionTable.SAMPLE_SIZE);
  }

  /** The number of random images of the run that are audited; empty for none. */
  public OptionalInt audit() {
    return values.findInt(OptionTable.AUDIT);
  }

  /** Whether images that do not match are also kept, with the answer in a column. */
  public boolean keepAll() {
    return values.get(OptionTable.KEEP_ALL);
  }

  /** The minimum score for the presence of a class; if empty, that of each model's profile. */
  public OptionalDouble confidence() {
    return values.findDouble(OptionTable.FIND_CONFIDENCE);
  }

  /** The overlap above which the weaker of two boxes is dropped; if empty, that of the profiles. */
  public OptionalDouble iou() {
    return values.findDouble(OptionTable.FIND_IOU);
  }

  /** The data set whose profiles apply; if empty, the one with the most and the latest profiles. */
  public Optional<String> dataset() {
    return values.find(OptionTable.PROFILE_DATASET);
  }
}
