package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seeql.planner.plan.VisionTask;
import org.seeql.udf.model.ModelDescription;

/**
 * A model that statements can name.
 *
 * @param version starts at 1 and increases by one with each replacement
 * @param options the options of CREATE MODEL, without the locations of its files
 * @param base the model of which this one is a variation; empty for a model with files of its own
 */
public record RegisteredModel(
    ModelDescription description,
    int version,
    Instant created,
    Map<String, String> options,
    Optional<BaseModel> base) {
  public RegisteredModel {
    requireNonNull(description, "description is null");
    requireNonNull(created, "created is null");
    requireNonNull(base, "base is null");
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  public VisionTask task() {
    return VisionTasks.of(description);
  }
}
