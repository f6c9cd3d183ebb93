package org.seeql.planner.option;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values that an option can have, and their form as text. Immutable. */
public final class OptionType<T> {
  private static final Pattern PASSWORD = Pattern.compile("[^/]*://[^/]*:[^/]*@.*");
  private static final String AUTO = "auto";

  private final String allowed;
  private final String documented;
  private final Function<String, T> parser;
  private final Function<T, String> writer;
  private final Form form;

  private enum Form {
    /** Any text that is not empty. */
    FREE_TEXT,
    RESTRICTED
  }

  /**
   * @param allowed the allowed values, in error messages
   * @param documented the allowed values, in Markdown
   * @param parser throws an IllegalArgumentException or ArithmeticException for an invalid value
   */
  private OptionType(
      String allowed, String documented, Function<String, T> parser, Function<T, String> writer) {
    this(Form.RESTRICTED, allowed, documented, parser, writer);
  }

  private OptionType(
      Form form,
      String allowed,
      String documented,
      Function<String, T> parser,
      Function<T, String> writer) {
    this.form = form;
    this.allowed = requireNonNull(allowed, "allowed is null");
    this.documented = requireNonNull(documented, "documented is null");
    this.parser = requireNonNull(parser, "parser is null");
    this.writer = requireNonNull(writer, "writer is null");
  }

  /** The allowed values, in error messages: {@code a number from 0 to 1}. */
  String allowed() {
    return allowed;
  }

  /** The allowed values, in Markdown: {@code 0 to 1}. */
  public String documented() {
    return documented;
  }

  /** Whether the only condition is that a value is not empty. */
  public boolean isFreeText() {
    return form == Form.FREE_TEXT;
  }

  /**
   * Parses a value without surrounding spaces.
   *
   * @throws RefusedValueException with the reason
   * @throws IllegalArgumentException if the value is not allowed
   * @throws ArithmeticException if the value is not allowed
   */
  T parse(String text) {
    return parser.apply(text);
  }

  /** The value as text that {@link #parse} accepts. */
  String text(T value) {
    return writer.apply(value);
  }

  /** A text that is not empty. */
  static OptionType<String> text(String documented) {
    return freeText(documented, OptionType::requireText);
  }

  /**
   * A folder or URI. Options are stored with a run and shown, so it must not contain a password.
   */
  static OptionType<String> place(String documented) {
    return freeText(
        documented,
        text -> {
          if (PASSWORD.matcher(text).matches()) {
            throw new RefusedValueException(
                "it contains a password, which would be stored and shown; remove it, and set the key of S3 in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
          }
          return requireText(text);
        });
  }

  private static OptionType<String> freeText(String documented, Function<String, String> parser) {
    return new OptionType<>(
        Form.FREE_TEXT, "a text that is not empty", documented, parser, value -> value);
  }

  static OptionType<Boolean> flag() {
    return new OptionType<>(
        "true or false",
        "`true`, `false`",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Boolean.TRUE;
              case "false" -> Boolean.FALSE;
              default -> throw new IllegalArgumentException(text);
            },
        value -> Boolean.toString(value));
  }

  /** A whole number from 1. */
  static OptionType<Integer> count() {
    return new OptionType<>(
        "a whole number from 1",
        "from 1",
        text -> within(new BigDecimal(text), 1, Integer.MAX_VALUE).intValueExact(),
        value -> Integer.toString(value));
  }

  /** A whole number from 1 to a maximum. */
  static OptionType<Integer> countTo(int maximum) {
    return new OptionType<>(
        "a whole number from 1 to " + maximum,
        "1 to " + maximum,
        text -> within(new BigDecimal(text), 1, maximum).intValueExact(),
        value -> Integer.toString(value));
  }

  /** A whole number from 1, which may exceed the range of an int. */
  static OptionType<Long> largeCount() {
    return new OptionType<>(
        "a whole number from 1",
        "from 1",
        text -> within(new BigDecimal(text), 1, Long.MAX_VALUE).longValueExact(),
        value -> Long.toString(value));
  }

  /** A whole number from 1; empty for {@code auto}. */
  static OptionType<OptionalInt> countOrAuto() {
    return new OptionType<>(
        "a whole number from 1, or auto",
        "from 1, or `auto`",
        text ->
            text.equalsIgnoreCase(AUTO)
                ? OptionalInt.empty()
                : OptionalInt.of(
                    within(new BigDecimal(text), 1, Integer.MAX_VALUE).intValueExact()),
        value -> value.isPresent() ? Integer.toString(value.getAsInt()) : AUTO);
  }

  /** A number from 0 to 1. */
  static OptionType<Double> fraction() {
    return new OptionType<>(
        "a number from 0 to 1",
        "0 to 1",
        text -> within(new BigDecimal(text), 0, 1).doubleValue(),
        value -> Double.toString(value));
  }

  /** A number between 0 and 1, both exclusive. */
  static OptionType<Double> openFraction() {
    return new OptionType<>(
        "a number between 0 and 1, both exclusive",
        "between 0 and 1",
        text -> {
          double value = within(new BigDecimal(text), 0, 1).doubleValue();
          if (value == 0 || value == 1) {
            throw new IllegalArgumentException(text);
          }
          return value;
        },
        value -> Double.toString(value));
  }

  /** Milliseconds per image. */
  static OptionType<Double> cost() {
    return new OptionType<>(
        "milliseconds per image, from 0",
        "milliseconds",
        text -> within(new BigDecimal(text), 0, Integer.MAX_VALUE).doubleValue(),
        value -> Double.toString(value));
  }

  /** Milliseconds, or a number with its unit: {@code 50}, {@code 50ms}, {@code 0.05s}. */
  static OptionType<Duration> duration() {
    return new OptionType<>(
        "milliseconds from 0, such as 50, 50ms or 0.05s",
        "`50`, `50ms`, `0.05s`",
        OptionType::parseDuration,
        value -> value.toNanos() / 1e6 + "ms");
  }

  /** Names in order, separated by commas. */
  static OptionType<List<String>> names() {
    return new OptionType<>(
        "names separated by commas, in double quotes if they contain commas",
        "names, as a list: `a, \"b, c\"`",
        text -> {
          List<String> names = QuotedNames.parse(text);
          names.forEach(OptionType::requireText);
          return names;
        },
        QuotedNames::format);
  }

  /** The ids of classes, in ascending order. */
  static OptionType<Set<Integer>> ids() {
    return new OptionType<>(
        "class ids separated by commas, such as 0,2,5",
        "class ids: `0,2,5`",
        text -> {
          Set<Integer> ids = new TreeSet<>();
          for (String id : text.split(",", -1)) {
            ids.add(within(new BigDecimal(id.strip()), 0, Integer.MAX_VALUE).intValueExact());
          }
          return ids;
        },
        value -> value.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  static OptionType<FailureLimit> failureLimit() {
    return new OptionType<>(
        "a number of images such as 10, or a percentage such as 5%",
        "`10`, or `5%`",
        text ->
            text.endsWith("%")
                ? new FailureLimit.Percentage(
                    Double.parseDouble(text.substring(0, text.length() - 1).strip()))
                : new FailureLimit.Count(Long.parseLong(text)),
        FailureLimit::text);
  }

  /** One of some words. */
  static OptionType<String> words(String... words) {
    return choice(
        List.of(words),
        text -> {
          String word = text.toLowerCase(Locale.ROOT);
          if (!List.of(words).contains(word)) {
            throw new IllegalArgumentException(text);
          }
          return word;
        },
        "",
        value -> value);
  }

  /** A constant of an enum, by its name in lower case. */
  static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
    return choice(type, Map.of());
  }

  /**
   * A constant of an enum.
   *
   * @param synonyms further words for constants
   */
  static <E extends Enum<E>> OptionType<E> choice(Class<E> type, Map<String, E> synonyms) {
    return choice(List.of(type.getEnumConstants()), synonyms);
  }

  /** Some constants of an enum, by their names in lower case. */
  static <E extends Enum<E>> OptionType<E> choice(List<E> constants, Map<String, E> synonyms) {
    Map<String, E> known = new TreeMap<>(synonyms);
    for (E constant : constants) {
      known.put(word(constant), constant);
    }
    return choice(
        constants.stream().map(OptionType::word).toList(),
        text -> {
          String word = text.toLowerCase(Locale.ROOT);
          if (!known.containsKey(word)) {
            throw new IllegalArgumentException(text);
          }
          return known.get(word);
        },
        synonyms.isEmpty() ? "" : " (or `" + String.join("`, `", synonyms.keySet()) + "`)",
        OptionType::word);
  }

  private static <T> OptionType<T> choice(
      List<String> words, Function<String, T> parser, String synonyms, Function<T, String> writer) {
    int last = words.size() - 1;
    return new OptionType<>(
        String.join(", ", words.subList(0, last)) + " or " + words.get(last),
        "`" + String.join("`, `", words) + "`" + synonyms,
        parser,
        writer);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String requireText(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(text);
    }
    return text;
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

  private static BigDecimal within(BigDecimal number, long minimum, long maximum) {
    // a number with an exponent of millions would take hours to expand
    if (Math.abs((long) number.scale()) > 400
        || number.compareTo(BigDecimal.valueOf(minimum)) < 0
        || number.compareTo(BigDecimal.valueOf(maximum)) > 0) {
      throw new IllegalArgumentException("not between " + minimum + " and " + maximum);
    }
    return number;
  }
}
