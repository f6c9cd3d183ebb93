package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Limits for reading image files in one JVM. Immutable.
 *
 * @param budgetBytes maximum total size of files that are in memory and not decoded yet, over all
 *     tasks
 * @param largestFileBytes maximum size of one file; a file larger than the budget is read alone
 * @param timeout for one image, without the time that it waits for memory in the budget
 */
public record ReadSettings(long budgetBytes, long largestFileBytes, Duration timeout) {
  private static final String BUDGET = "seeql.read_budget";
  private static final String TIMEOUT = "seeql.read_timeout";

  /** Percentage of the heap. */
  private static final int DEFAULT_PERCENT = 25;

  private static final int MAX_PERCENT = 50;
  private static final long MIN_BUDGET = 1L << 20;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([kmg%])");
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m)");
  private static final Map<String, Integer> SHIFTS = Map.of("k", 10, "m", 20, "g", 30);

  public ReadSettings {
    requireNonNull(timeout, "timeout is null");
    if (budgetBytes < 1 || largestFileBytes < budgetBytes) {
      throw new IllegalArgumentException(
          "Invalid limits: %d bytes in total, %d bytes per file"
              .formatted(budgetBytes, largestFileBytes));
    }
  }

  /**
   * The settings of this JVM, from its system properties {@code seeql.read_budget} and {@code
   * seeql.read_timeout}. The defaults are a quarter of the heap and two minutes.
   *
   * @throws IllegalArgumentException if a property is invalid
   */
  public static ReadSettings ofJvm() {
    return of(
        name -> Optional.ofNullable(System.getProperty(name)), Runtime.getRuntime().maxMemory());
  }

  static ReadSettings of(Function<String, Optional<String>> properties, long heapBytes) {
    long max = heapBytes / 100 * MAX_PERCENT;
    long budget =
        properties
            .apply(BUDGET)
            .map(text -> bytes(text, heapBytes, max))
            .orElse(heapBytes / 100 * DEFAULT_PERCENT);
    return new ReadSettings(
        budget, max, properties.apply(TIMEOUT).map(ReadSettings::time).orElse(DEFAULT_TIMEOUT));
  }

  private static long bytes(String text, long heapBytes, long max) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (size.matches()) {
      long number = Long.parseLong(size.group(1));
      long bytes =
          size.group(2).equals("%")
              ? heapBytes / 100 * number
              : number << SHIFTS.get(size.group(2));
      if (bytes >= MIN_BUDGET && bytes <= max) {
        return bytes;
      }
    }
    throw new IllegalArgumentException(
        "Invalid %s: '%s' (1m to %d%% of the heap, which is %dm; for example 256m or 25%%)"
            .formatted(BUDGET, text, MAX_PERCENT, max >> 20));
  }

  private static Duration time(String text) {
    Matcher time = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (time.matches()) {
      long number = Long.parseLong(time.group(1));
      if (number > 0) {
        return time.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
      }
    }
    throw new IllegalArgumentException(
        "Invalid %s: '%s' (at least 1s; for example 90s or 2m)".formatted(TIMEOUT, text));
  }
}
