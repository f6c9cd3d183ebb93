package org.seeql.planner.statement;

import static java.util.Objects.requireNonNull;

/**
 * A model name in a statement.
 *
 * @param plain without quotes; the name under which the model is registered
 * @param written in SQL syntax: parts that need backquotes have them
 */
public record ModelName(String plain, String written) {
  public ModelName {
    requireNonNull(plain, "plain is null");
    requireNonNull(written, "written is null");
  }

  /** A name that needs no parsing. */
  public static ModelName of(String name) {
    return new ModelName(name, name);
  }

  @Override
  public String toString() {
    return plain;
  }
}
