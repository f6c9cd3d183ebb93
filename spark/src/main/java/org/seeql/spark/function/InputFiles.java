package org.seeql.spark.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockLength;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockStart;
import org.apache.spark.sql.catalyst.expressions.InputFileName;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.seeql.database.RefusalException;
import org.seeql.spark.session.ScalaSequences;
import scala.runtime.AbstractPartialFunction;

/**
 * Evaluates {@code input_file_name()} and related functions below calls. They return the file that
 * is being read. Calls read rows ahead: above them, the functions would return a later file than
 * the row's.
 */
final class InputFiles extends AbstractPartialFunction<Expression, Expression> {
  private final Map<Class<?>, Alias> columns = new LinkedHashMap<>();

  private InputFiles() {}

  static LogicalPlan askedBelowCalls(LogicalPlan plan) {
    List<LogicalPlan> children = new ArrayList<>();
    ScalaSequences.list(plan.children()).forEach(child -> children.add(askedBelowCalls(child)));
    LogicalPlan node =
        children.equals(ScalaSequences.list(plan.children()))
            ? plan
            : plan.withNewChildren(ScalaSequences.of(children));
    if (node.children().size() != 1 || !ImageCalls.areBelow(node)) {
      return node;
    }
    InputFiles files = new InputFiles();
    // Outside aggregate functions, expressions refer to groups, which have no file
    LogicalPlan asking =
        node instanceof Aggregate
            ? node.transformExpressions(files.inAggregates())
            : node.transformExpressions(files);
    return files.columns.isEmpty()
        ? node
        : files
            .with(node.children().head())
            .map(child -> asking.withNewChildren(ScalaSequences.of(List.of(child))))
            .map(done -> ExtractImageCalls.sameColumns(done, node))
            .orElse(node);
  }

  private AbstractPartialFunction<Expression, Expression> inAggregates() {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Expression expression) {
        return expression instanceof AggregateExpression;
      }

      @Override
      public Expression apply(Expression expression) {
        return expression.mapChildren(child -> child.transform(InputFiles.this));
      }
    };
  }

  @Override
  public boolean isDefinedAt(Expression expression) {
    return expression instanceof InputFileName
        || expression instanceof InputFileBlockStart
        || expression instanceof InputFileBlockLength;
  }

  @Override
  public Expression apply(Expression expression) {
    Alias column =
        columns.computeIfAbsent(
            expression.getClass(), k -> NewColumn.of(expression, expression.prettyName()));
    return (Expression) column.toAttribute();
  }

  /** A plan with the columns; empty if its rows do not come from files. */
  private Optional<LogicalPlan> with(LogicalPlan plan) {
    if (!ImageCalls.areBelow(plan)) {
      return Optional.of(project(plan.output(), List.copyOf(columns.values()), plan));
    }
    List<NamedExpression> found = new ArrayList<>();
    columns.values().forEach(column -> found.add(column.toAttribute()));
    if (plan instanceof Project project) {
      return with(project.child()).map(child -> project(project.projectList(), found, child));
    }
    if (plan instanceof Union) {
      throw new RefusalException(
          "%s cannot be used above a UNION of queries that read images; call it in each of these queries"
              .formatted(columns.values().iterator().next().child().sql()));
    }
    return plan.children().size() == 1
        ? with(plan.children().head())
            .map(child -> plan.withNewChildren(ScalaSequences.of(List.of(child))))
            .filter(done -> ScalaSequences.list(done.output()).containsAll(found))
        : Optional.empty();
  }

  private static Project project(
      scala.collection.immutable.Seq<? extends NamedExpression> columns,
      List<? extends NamedExpression> more,
      LogicalPlan child) {
    List<NamedExpression> all = new ArrayList<>(ScalaSequences.list(columns));
    all.addAll(more);
    return new Project(ScalaSequences.<NamedExpression>of(all), child);
  }
}
