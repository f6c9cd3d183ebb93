package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.seeql.planner.option.Option;
import org.seeql.planner.option.OptionSet;

/** A program that SeeQL runs itself. */
public final class ProgramDefinition {
  private final String name;
  private final VisionTask task;
  private final OptionSet defaults;
  private final Map<String, ArgumentConversion> arguments;

  /**
   * @param arguments arguments for which the program uses a different name or unit than SeeQL
   */
  ProgramDefinition(
      String name, VisionTask task, OptionSet defaults, Map<String, ArgumentConversion> arguments) {
    this.name = requireNonNull(name, "name is null");
    this.task = requireNonNull(task, "task is null");
    this.defaults = requireNonNull(defaults, "defaults is null");
    this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /** The first item of CMD. */
  public String name() {
    return name;
  }

  public VisionTask task() {
    return task;
  }

  /** The program's default options. */
  public OptionSet defaults() {
    return defaults;
  }

  /**
   * Translates the program's own arguments to SeeQL's options.
   *
   * @param problems receives a message if two arguments set the same option
   */
  OptionSet translate(OptionSet given, Consumer<String> problems) {
    OptionSet translated = OptionSet.NONE;
    for (Option option : given.options()) {
      ArgumentConversion conversion = arguments.get(option.name());
      Option own = conversion == null ? option : conversion.apply(option);
      if (conversion != null && !own.name().equals(option.name()) && isSet(own, given)) {
        problems.accept(
            "--%s and --%s of %s have the same meaning; remove one of them"
                .formatted(own.name(), option.name(), name));
      }
      translated = translated.with(own.name(), own.value(), own.origin());
    }
    return translated;
  }

  /** Whether an option is also set under SeeQL's own name, which has no other meaning here. */
  private boolean isSet(Option own, OptionSet given) {
    return given.find(own.name()).isPresent() && !arguments.containsKey(own.name());
  }
}
