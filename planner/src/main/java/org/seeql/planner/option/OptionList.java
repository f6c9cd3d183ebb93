package org.seeql.planner.option;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.seeql.planner.message.NearestNames;

/** Some options of the table, in its order, each with another name. Immutable. */
public final class OptionList implements Iterable<OptionDefinition<?>> {
  private final Map<String, OptionDefinition<?>> byName = new LinkedHashMap<>();

  OptionList(List<OptionDefinition<?>> definitions) {
    for (OptionDefinition<?> definition : definitions) {
      if (byName.putIfAbsent(definition.name(), definition) != null) {
        throw new IllegalArgumentException("two options have the name " + definition.name());
      }
    }
  }

  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The options that can also be set in another scope. */
  public OptionList alsoIn(OptionScope scope) {
    return filter(definition -> definition.isIn(scope));
  }

  /** The options that cannot be set in another scope. */
  public OptionList notIn(OptionScope scope) {
    return filter(definition -> !definition.isIn(scope));
  }

  /** The options that change answers of this kind. */
  public OptionList thatChange(AnswerKind kind) {
    return filter(definition -> definition.changes(kind));
  }

  private OptionList filter(Predicate<OptionDefinition<?>> included) {
    return new OptionList(byName.values().stream().filter(included).toList());
  }

  boolean contains(OptionDefinition<?> definition) {
    return definition.equals(byName.get(definition.name()));
  }

  /** Reports the options that are not in this list. */
  public void reportUnknown(OptionSet options, Consumer<String> problems) {
    List<String> names = names();
    for (Option option : options.options()) {
      if (!byName.containsKey(option.name())) {
        problems.accept(
            NearestNames.unknown("option", option.name(), names)
                + "; it comes from "
                + option.origin());
      }
    }
  }

  /** Parses the options of this list, with the default for each that is absent or invalid. */
  public OptionValues parse(OptionSet options, Consumer<String> problems) {
    Map<OptionDefinition<?>, Object> values = new LinkedHashMap<>();
    for (OptionDefinition<?> definition : this) {
      definition.find(options, problems).ifPresent(value -> values.put(definition, value));
    }
    return new OptionValues(this, values);
  }

  @Override
  public Iterator<OptionDefinition<?>> iterator() {
    return new ArrayList<>(byName.values()).iterator();
  }
}
