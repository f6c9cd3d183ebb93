package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An image with its completed route.
 *
 * @param route has all answers that it requested, unless the image failed
 * @param failure the reason if the image failed
 */
public record RoutedResult<S extends ImageSource, R extends Route>(
    S source, R route, Optional<Prediction.Failure> failure) {
  public RoutedResult {
    requireNonNull(source, "source is null");
    requireNonNull(route, "route is null");
    requireNonNull(failure, "failure is null");
  }
}
