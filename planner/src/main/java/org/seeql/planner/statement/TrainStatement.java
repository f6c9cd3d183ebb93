package org.seeql.planner.statement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code select TO TRAIN estimator [WITH …] [COLUMN … [FOR name]]… [LABEL column] [USING model]
 * INTO model}.
 *
 * @param columns the feature expressions as written, in the order of the text; the key is the name
 *     after {@code FOR}, or {@code feature_columns}
 * @param label the column as written, without the quotes of a string
 * @param using the model from which training continues
 */
public record TrainStatement(
    SourcePosition position,
    String select,
    String estimator,
    Attributes with,
    Map<String, List<String>> columns,
    Optional<String> label,
    Optional<ModelName> using,
    ModelName model)
    implements SelectingStatement {
  public TrainStatement {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    columns.forEach((name, expressions) -> copy.put(name, List.copyOf(expressions)));
    columns = Collections.unmodifiableMap(copy);
  }

  @Override
  public Optional<TableName> target() {
    return Optional.empty();
  }

  @Override
  public <R> R accept(SelectingStatement.Visitor<R> visitor) {
    return visitor.visitTrain(this);
  }
}
