package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seeql.udf.model.ModelDescription;

/**
 * A model that statements can name.
 *
 * @param version from 1, one more each time it is replaced
 * @param options as CREATE MODEL gave them, but for where its files are
 */
public record RegisteredModel(
    ModelDescription description, int version, Instant created, Map<String, String> options) {
  public RegisteredModel {
    requireNonNull(description, "description is null");
    requireNonNull(created, "created is null");
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** {@code detect} or {@code classify}. */
  public String task() {
    return task(description);
  }

  static String task(ModelDescription description) {
    return description.layout().detects() ? "detect" : "classify";
  }
}
