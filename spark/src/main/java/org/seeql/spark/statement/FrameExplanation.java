package org.seeql.spark.statement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.execution.SimpleMode$;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.job.check.FramePlan;
import org.seeql.planner.statement.TableName;

/** Explains how a frame would execute a statement: SeeQL's properties, followed by Spark's plan. */
final class FrameExplanation {
  private FrameExplanation() {}

  /** The text, and the properties by name for programs. */
  record Explained(String text, Map<String, Object> document) {}

  static Explained of(StatementFrame frame) {
    FramePlan plan = frame.plan();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("models", plan.names());
    facts.put("image root", plan.options().imageDir().orElse("none: paths are absolute"));
    facts.put("target", plan.target().map(TableName::toString).orElse("none: rows are only shown"));
    facts.put(
        "columns",
        plan.layout().columns().stream().map(ResultColumn::name).collect(Collectors.joining(", ")));
    facts.put(
        "options",
        plan.options().toMap().entrySet().stream()
            .map(option -> option.getKey() + " = " + option.getValue())
            .collect(Collectors.joining(", ")));
    StringBuilder text = new StringBuilder();
    facts.forEach((name, value) -> text.append("%-14s %s%n".formatted(name, value)));
    org.apache.spark.sql.classic.Dataset<?> rows =
        (org.apache.spark.sql.classic.Dataset<?>) frame.uncounted();
    text.append('\n').append(rows.queryExecution().explainString(SimpleMode$.MODULE$));
    return new Explained(text.toString().stripTrailing(), facts);
  }
}
