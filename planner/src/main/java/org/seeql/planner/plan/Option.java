package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

/**
 * One option as it was given.
 *
 * @param name as the user's other options are spelled: lower case, with underscores
 * @param origin where it was said, to end the sentence "it comes from …"
 */
public record Option(String name, String value, String origin) {
  public Option {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(origin, "origin is null");
  }
}
