package org.seeql.job.run;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seeql.planner.predicate.PredicateText;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.AttributeValue.ListValue;
import org.seeql.planner.statement.AttributeValue.StringValue;
import org.seeql.planner.statement.Attributes;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.TableName;
import org.seeql.planner.statement.TrainStatement;

/** Formats statements as text, for {@code runs}. */
public final class StatementText implements SelectingStatement.Visitor<String> {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\d_$]+");

  private StatementText() {}

  /**
   * The text of a statement that is executed.
   *
   * @throws IllegalArgumentException for a clause that is only parsed
   */
  public static String of(SelectingStatement statement) {
    return statement.accept(new StatementText());
  }

  @Override
  public String visitRun(RunStatement statement) {
    StringBuilder text = new StringBuilder(statement.select());
    text.append("\nTO RUN ").append(statement.image());
    with(statement.with(), text);
    if (!statement.isShort() && !statement.command().isEmpty()) {
      text.append("\nCMD ")
          .append(joined(statement.command().stream().map(StatementText::string).toList()));
    }
    if (!statement.into().isEmpty()) {
      text.append("\nINTO ")
          .append(joined(statement.into().stream().map(StatementText::name).toList()));
    }
    return text.toString();
  }

  @Override
  public String visitPredict(PredictStatement statement) {
    StringBuilder text = new StringBuilder(statement.select());
    text.append("\nTO PREDICT ").append(name(statement.table()));
    statement.column().ifPresent(column -> text.append('.').append(name(column)));
    with(statement.with(), text);
    return text.append("\nUSING ").append(statement.model().written()).toString();
  }

  @Override
  public String visitEvaluate(EvaluateStatement statement) {
    StringBuilder text = new StringBuilder(statement.select());
    text.append("\nTO EVALUATE ").append(statement.model().written());
    with(statement.with(), text);
    statement.label().ifPresent(column -> text.append("\nLABEL ").append(label(column)));
    return text.append("\nINTO ").append(name(statement.into())).toString();
  }

  @Override
  public String visitFind(FindStatement statement) {
    StringBuilder text = new StringBuilder(statement.select());
    text.append("\nTO FIND ").append(PredicateText.of(statement.predicate()));
    with(statement.with(), text);
    statement.into().ifPresent(table -> text.append("\nINTO ").append(name(table)));
    return text.toString();
  }

  @Override
  public String visitTrain(TrainStatement statement) {
    StringBuilder text = new StringBuilder(statement.select());
    text.append("\nTO TRAIN ").append(statement.estimator());
    with(statement.with(), text);
    statement.label().ifPresent(column -> text.append("\nLABEL ").append(label(column)));
    return text.append("\nINTO ").append(statement.model().written()).toString();
  }

  @Override
  public String visitExplain(ExplainStatement statement) {
    StringBuilder text = new StringBuilder(statement.select());
    text.append("\nTO EXPLAIN ").append(statement.model().written());
    with(statement.with(), text);
    statement.explainer().ifPresent(explainer -> text.append("\nUSING ").append(explainer));
    statement.into().ifPresent(table -> text.append("\nINTO ").append(name(table)));
    return text.toString();
  }

  private static void with(Attributes attributes, StringBuilder text) {
    if (!attributes.values().isEmpty()) {
      text.append("\nWITH ")
          .append(
              attributes.values().entrySet().stream()
                  .map(e -> e.getKey() + " = " + value(e.getValue()))
                  .collect(Collectors.joining(", ")));
    }
  }

  private static String name(TableName table) {
    Optional<String> database = table.database().map(StatementText::name);
    return database.map(d -> d + ".").orElse("") + name(table.name());
  }

  private static String name(String identifier) {
    return PLAIN.matcher(identifier).matches() ? identifier : TableName.quote(identifier);
  }

  /** A string, because the text of a name in a LABEL contains its quotes. */
  private static String label(String column) {
    return PLAIN.matcher(column).matches() ? column : string(column);
  }

  private static String value(AttributeValue value) {
    if (value instanceof StringValue text) {
      return string(text.value());
    }
    if (value instanceof ListValue list) {
      return "[" + joined(list.values().stream().map(StatementText::value).toList()) + "]";
    }
    return value.text();
  }

  private static String string(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String joined(List<String> parts) {
    return String.join(", ", parts);
  }
}
