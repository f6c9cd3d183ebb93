package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** Translates the program's own arguments to SeeQL's options. */
  OptionSet translate(OptionSet given) {
    OptionSet translated = OptionSet.NONE;
    for (Option option : given.options()) {
      ArgumentConversion conversion = arguments.get(option.name());
      Option own = conversion == null ? option : conversion.apply(option);
      translated = translated.with(own.name(), own.value(), own.origin());
    }
    return translated;
  }
}
