package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.seeql.udf.model.ModelDescription;

/**
 * A model that images may be sent to.
 *
 * @param load called at most once at a time, when the first image needs the model, by a thread of
 *     the pipeline; what it gives is closed with the pipeline
 */
public record RoutedModel(ModelDescription description, Supplier<TunedModel> load) {
  public RoutedModel {
    requireNonNull(description, "description is null");
    requireNonNull(load, "load is null");
  }
}
