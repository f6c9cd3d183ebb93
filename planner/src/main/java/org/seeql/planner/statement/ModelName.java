package org.seeql.planner.statement;

import static java.util.Objects.requireNonNull;

/**
 * A model as a statement names it.
 *
 * @param plain without quotes: what the model is registered under
 * @param written as a statement may write it: parts that need backquotes have them
 */
public record ModelName(String plain, String written) {
  public ModelName {
    requireNonNull(plain, "plain is null");
    requireNonNull(written, "written is null");
  }

  /** A name that is written as it is. */
  public static ModelName of(String name) {
    return new ModelName(name, name);
  }

  @Override
  public String toString() {
    return plain;
  }
}
