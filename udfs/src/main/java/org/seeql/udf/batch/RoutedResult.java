package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An image with the route that it took.
 *
 * @param route which has all answers that it asked for, unless the image failed
 * @param failure why there are none
 */
public record RoutedResult<S extends ImageSource, R extends Route>(
    S source, R route, Optional<Prediction.Failure> failure) {
  public RoutedResult {
    requireNonNull(source, "source is null");
    requireNonNull(route, "route is null");
    requireNonNull(failure, "failure is null");
  }
}
