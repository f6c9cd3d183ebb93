package org.seeql.planner.statement;

import java.util.Map;
import java.util.Optional;

/** {@code CREATE [OR REPLACE] MODEL name OPTIONS (…)}. */
public record CreateModelStatement(
    SourcePosition position, ModelName model, boolean orReplace, Attributes options)
    implements ModelStatement {
  /** The option that makes the model a variation of a registered one. */
  public static final String BASE_OPTION = "base";

  /** The name of the model of which this one is a variation. */
  public Optional<String> base() {
    return options.values().entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(BASE_OPTION))
        .map(Map.Entry::getValue)
        .map(AttributeValue::text)
        .findFirst();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCreateModel(this);
  }
}
