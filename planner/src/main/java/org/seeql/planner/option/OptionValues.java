package org.seeql.planner.option;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The values of options, including defaults. Immutable if the values are. */
public final class OptionValues {
  private final OptionList definitions;
  private final Map<OptionDefinition<?>, Object> values;

  OptionValues(OptionList definitions, Map<OptionDefinition<?>, Object> values) {
    this.definitions = requireNonNull(definitions, "definitions is null");
    this.values = Map.copyOf(values);
  }

  /**
   * The value of an option.
   *
   * @throws IllegalArgumentException if it has none
   */
  public <T> T get(OptionDefinition<T> option) {
    return find(option)
        .orElseThrow(() -> new IllegalArgumentException("no value for option " + option));
  }

  /** The value of an option; empty if it is not set and has no default value. */
  public <T> Optional<T> find(OptionDefinition<T> option) {
    requireContained(option);
    // the type parameter of a definition is that of its value: see with and OptionList.parse
    @SuppressWarnings("unchecked")
    T value = (T) values.get(option);
    return Optional.ofNullable(value);
  }

  public OptionalDouble findDouble(OptionDefinition<Double> option) {
    return find(option).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  public OptionalInt findInt(OptionDefinition<Integer> option) {
    return find(option).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /**
   * These values with another value of one option.
   *
   * @throws IllegalArgumentException if the option cannot have the value
   */
  public <T> OptionValues with(OptionDefinition<T> option, T value) {
    requireContained(option);
    option.type().parse(option.type().text(value));
    Map<OptionDefinition<?>, Object> copy = new HashMap<>(values);
    copy.put(option, value);
    return new OptionValues(definitions, copy);
  }

  /**
   * The values as text, by name, in the order of the table, as they are stored. Options without a
   * value are omitted, and so are those that are not stored with their default value.
   */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (OptionDefinition<?> definition : definitions) {
      text(definition).ifPresent(text -> map.put(definition.name(), text));
    }
    return map;
  }

  private <T> Optional<String> text(OptionDefinition<T> option) {
    return find(option).filter(option::isStored).map(value -> option.type().text(value));
  }

  private void requireContained(OptionDefinition<?> option) {
    if (!definitions.contains(option)) {
      throw new IllegalArgumentException("not one of these options: " + option);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptionValues that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
