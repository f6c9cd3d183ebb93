package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What explanations cost at most.
 *
 * @param calls for each image with one explained answer
 * @param millisPerCall as measured by TO EVALUATE; empty if the model was not evaluated on the
 *     device
 */
public record ExplanationCost(int calls, OptionalDouble millisPerCall) {
  private static final int MILLIS = 1_000;
  private static final int SECONDS_SHOWN = 120;
  private static final int SECONDS_PER_MINUTE = 60;

  public ExplanationCost {
    requireNonNull(millisPerCall, "millisPerCall is null");
  }

  /** The cost of explaining some images, in words. */
  public String of(long images) {
    String factors =
        String.format(
            Locale.ROOT,
            "%,d %s × up to %,d model calls",
            images,
            images == 1 ? "image" : "images",
            calls);
    if (millisPerCall.isEmpty()) {
      return factors + " (the time of a call is not known: TO EVALUATE measures it)";
    }
    double millis = millisPerCall.getAsDouble();
    double seconds = images * calls * millis / MILLIS;
    return factors
        + String.format(
            Locale.ROOT,
            seconds < SECONDS_SHOWN
                ? " × %.2f ms = up to %.0f s of model time"
                : " × %.2f ms = up to %.0f min of model time",
            millis,
            seconds < SECONDS_SHOWN ? Math.ceil(seconds) : Math.ceil(seconds / SECONDS_PER_MINUTE));
  }
}
