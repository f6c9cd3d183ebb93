package org.seeql.planner.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Parses option values. An invalid value is reported as a problem and treated as absent. */
final class OptionReader {
  private final OptionSet options;
  private final Consumer<String> problems;

  OptionReader(OptionSet options, Consumer<String> problems) {
    this.options = options;
    this.problems = problems;
  }

  Optional<String> text(String name) {
    return read(name, "a text that is not empty", v -> v.isBlank() ? refused(v) : v);
  }

  Optional<Boolean> flag(String name) {
    return read(
        name,
        "true or false",
        v ->
            switch (v.toLowerCase(Locale.ROOT)) {
              case "true" -> Boolean.TRUE;
              case "false" -> Boolean.FALSE;
              default -> Boolean.valueOf(refused(v));
            });
  }

  Optional<Long> wholeNumber(String name, long least, long most) {
    String allowed =
        most == Integer.MAX_VALUE || most == Long.MAX_VALUE
            ? "a whole number from " + least
            : "a whole number from " + least + " to " + most;
    return read(name, allowed, v -> within(new BigDecimal(v), least, most).longValueExact());
  }

  /** A whole number; {@code auto} counts as absent. */
  Optional<Integer> wholeNumberOrAuto(String name) {
    Optional<Option> option = options.find(name);
    if (option.isPresent() && option.get().value().equalsIgnoreCase("auto")) {
      return Optional.empty();
    }
    return read(
        name,
        "a whole number from 1, or auto",
        v -> within(new BigDecimal(v), 1, Integer.MAX_VALUE).intValueExact());
  }

  Optional<Double> fraction(String name) {
    return read(name, "a number from 0 to 1", v -> within(new BigDecimal(v), 0, 1).doubleValue());
  }

  /** A number between 0 and 1, both exclusive. */
  Optional<Double> fractionWithin(String name) {
    return read(
        name,
        "a number between 0 and 1, and neither of them",
        v -> {
          double value = within(new BigDecimal(v), 0, 1).doubleValue();
          return value == 0 || value == 1 ? Double.valueOf(refused(v)) : Double.valueOf(value);
        });
  }

  /** Milliseconds per image. */
  Optional<Double> cost(String name) {
    return read(
        name,
        "milliseconds an image, from 0",
        v -> within(new BigDecimal(v), 0, Integer.MAX_VALUE).doubleValue());
  }

  /** Comma-separated names, in order; none if the option is absent. */
  List<String> names(String name) {
    return this.<List<String>>read(
            name,
            "names with commas between them",
            v -> {
              List<String> names = Arrays.stream(v.split(",", -1)).map(String::strip).toList();
              return names.contains("") ? List.of(refused(v)) : names;
            })
        .orElse(List.of());
  }

  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    List<String> words =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    return read(
        name,
        String.join(", ", words.subList(0, words.size() - 1))
            + " or "
            + words.get(words.size() - 1),
        v -> Enum.valueOf(type, v.toUpperCase(Locale.ROOT)));
  }

  /** Milliseconds, or a number with its unit: {@code 50}, {@code 50ms}, {@code 0.05s}. */
  Optional<Duration> duration(String name) {
    return read(
        name, "milliseconds from 0, such as 50, 50ms or 0.05s", OptionReader::parseDuration);
  }

  Optional<Set<Integer>> ids(String name) {
    return read(
        name,
        "class ids with commas, such as 0,2,5",
        v -> {
          Set<Integer> ids = new TreeSet<>();
          for (String id : v.split(",", -1)) {
            ids.add(within(new BigDecimal(id.strip()), 0, Integer.MAX_VALUE).intValueExact());
          }
          return ids;
        });
  }

  Optional<FailureLimit> failureLimit(String name) {
    return read(
        name,
        "a number of images such as 10, or a percentage such as 5%",
        v ->
            v.endsWith("%")
                ? new FailureLimit.Percentage(
                    Double.parseDouble(v.substring(0, v.length() - 1).strip()))
                : new FailureLimit.Count(Long.parseLong(v)));
  }

  /**
   * @param parse throws an IllegalArgumentException or ArithmeticException for an invalid value
   */
  private <T> Optional<T> read(String name, String allowed, Function<String, T> parse) {
    Optional<Option> option = options.find(name);
    if (option.isEmpty()) {
      return Optional.empty();
    }
    String value = option.get().value().strip();
    Optional<T> parsed;
    try {
      parsed = Optional.of(parse.apply(value));
    } catch (IllegalArgumentException | ArithmeticException e) {
      parsed = Optional.empty();
    }
    if (parsed.isEmpty()) {
      problems.accept(
          "Invalid value for %s: '%s' (%s); it comes from %s"
              .formatted(name, option.get().value(), allowed, option.get().origin()));
    }
    return parsed;
  }

  private static String refused(String value) {
    throw new IllegalArgumentException(value);
  }

  private static Duration parseDuration(String text) {
    String number = text;
    long nanosPerUnit = 1_000_000;
    if (text.endsWith("ms")) {
      number = text.substring(0, text.length() - 2);
    } else if (text.endsWith("s")) {
      number = text.substring(0, text.length() - 1);
      nanosPerUnit = 1_000_000_000;
    }
    BigDecimal nanos = new BigDecimal(number.strip()).multiply(BigDecimal.valueOf(nanosPerUnit));
    return Duration.ofNanos(within(nanos, 0, Long.MAX_VALUE).longValue());
  }

  private static BigDecimal within(BigDecimal number, long least, long most) {
    // a number with an exponent of millions would take hours to expand
    if (Math.abs((long) number.scale()) > 400
        || number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new IllegalArgumentException("not between " + least + " and " + most);
    }
    return number;
  }
}
