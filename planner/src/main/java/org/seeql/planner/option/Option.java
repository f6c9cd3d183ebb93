package org.seeql.planner.option;

import static java.util.Objects.requireNonNull;

/**
 * One option as it was specified.
 *
 * @param name normalized as all user options: lower case, with underscores
 * @param origin where it was specified, to complete the sentence "it comes from …"
 */
public record Option(String name, String value, String origin) {
  public Option {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(origin, "origin is null");
  }
}
