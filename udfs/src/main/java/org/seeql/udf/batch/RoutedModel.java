package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.seeql.udf.model.ModelDescription;

/**
 * A model to which images may be routed.
 *
 * @param load called by a thread of the pipeline when the first image needs the model, never
 *     concurrently; the pipeline closes the result
 */
public record RoutedModel(ModelDescription description, Supplier<TunedModel> load) {
  public RoutedModel {
    requireNonNull(description, "description is null");
    requireNonNull(load, "load is null");
  }
}
