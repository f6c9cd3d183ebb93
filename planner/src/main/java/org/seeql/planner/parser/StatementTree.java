package org.seeql.planner.parser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.planner.predicate.Predicate;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.AttributeValue.BooleanValue;
import org.seeql.planner.statement.AttributeValue.ExpressionValue;
import org.seeql.planner.statement.AttributeValue.ListValue;
import org.seeql.planner.statement.AttributeValue.NumberValue;
import org.seeql.planner.statement.AttributeValue.StringValue;
import org.seeql.planner.statement.Attributes;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.ShowModelsStatement;
import org.seeql.planner.statement.ShowRunsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.planner.statement.TrainStatement;

/** Converts one statement to a tree of maps and lists, field by field. */
final class StatementTree implements Statement.Visitor<Map<String, Object>> {

  @Override
  public Map<String, Object> visitSql(SqlStatement statement) {
    return tree("sql", statement, "sql", statement.sql());
  }

  @Override
  public Map<String, Object> visitRun(RunStatement statement) {
    Map<String, Object> tree = tree("run", statement, "select", statement.select());
    tree.put("image", statement.image());
    tree.put("cmd", statement.command());
    if (statement.isShort()) {
      tree.put("with", attributes(statement.with()));
    }
    tree.put("into", statement.into().stream().map(Names::written).toList());
    return tree;
  }

  @Override
  public Map<String, Object> visitPredict(PredictStatement statement) {
    Map<String, Object> tree = tree("predict", statement, "select", statement.select());
    tree.put("table", Names.written(statement.table()));
    statement.column().ifPresent(v -> tree.put("column", Names.written(v)));
    tree.put("with", attributes(statement.with()));
    tree.put("model", statement.model().written());
    return tree;
  }

  @Override
  public Map<String, Object> visitFind(FindStatement statement) {
    Map<String, Object> tree = tree("find", statement, "select", statement.select());
    tree.put("predicate", statement.predicate().accept(new PredicateTree()));
    tree.put("with", attributes(statement.with()));
    tree.put("into", tables(statement.into()));
    return tree;
  }

  @Override
  public Map<String, Object> visitTrain(TrainStatement statement) {
    Map<String, Object> tree = tree("train", statement, "select", statement.select());
    tree.put("estimator", statement.estimator());
    tree.put("with", attributes(statement.with()));
    tree.put("columns", statement.columns());
    statement.label().ifPresent(v -> tree.put("label", v));
    statement.using().ifPresent(v -> tree.put("using", v.written()));
    tree.put("model", statement.model().written());
    return tree;
  }

  @Override
  public Map<String, Object> visitEvaluate(EvaluateStatement statement) {
    Map<String, Object> tree = tree("evaluate", statement, "select", statement.select());
    tree.put("model", statement.model().written());
    tree.put("with", attributes(statement.with()));
    statement.label().ifPresent(v -> tree.put("label", v));
    tree.put("into", tables(Optional.of(statement.into())));
    return tree;
  }

  @Override
  public Map<String, Object> visitExplain(ExplainStatement statement) {
    Map<String, Object> tree = tree("explain", statement, "select", statement.select());
    tree.put("model", statement.model().written());
    tree.put("with", attributes(statement.with()));
    statement.explainer().ifPresent(v -> tree.put("explainer", v));
    tree.put("into", tables(statement.into()));
    return tree;
  }

  @Override
  public Map<String, Object> visitCreateModel(CreateModelStatement statement) {
    Map<String, Object> tree =
        tree("create_model", statement, "model", statement.model().written());
    tree.put("or_replace", statement.orReplace());
    tree.put("options", attributes(statement.options()));
    return tree;
  }

  @Override
  public Map<String, Object> visitDropModel(DropModelStatement statement) {
    Map<String, Object> tree = tree("drop_model", statement, "model", statement.model().written());
    tree.put("if_exists", statement.ifExists());
    return tree;
  }

  @Override
  public Map<String, Object> visitShowRuns(ShowRunsStatement statement) {
    return tree("show_runs", statement, "limit", statement.limit());
  }

  @Override
  public Map<String, Object> visitShowModels(ShowModelsStatement statement) {
    return tree("show_models", statement);
  }

  @Override
  public Map<String, Object> visitDescribeModel(DescribeModelStatement statement) {
    return tree("describe_model", statement, "model", statement.model().written());
  }

  @Override
  public Map<String, Object> visitShowTrain(ShowTrainStatement statement) {
    return tree("show_train", statement, "model", statement.model().written());
  }

  @Override
  public Map<String, Object> visitExplainPlan(ExplainPlanStatement statement) {
    Map<String, Object> tree = tree("explain_plan", statement);
    if (statement.extent() == ExplainPlanStatement.Extent.ANALYZE) {
      tree.put("analyze", true);
    }
    tree.put("statement", statement.statement().accept(this));
    return tree;
  }

  private static Map<String, Object> tree(String kind, Statement statement) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", kind);
    tree.put("start_line", statement.position().line());
    tree.put("start_column", statement.position().column());
    return tree;
  }

  private static Map<String, Object> tree(
      String kind, Statement statement, String field, Object value) {
    Map<String, Object> tree = tree(kind, statement);
    tree.put(field, value);
    return tree;
  }

  private static List<String> tables(Optional<TableName> table) {
    return table.stream().map(Names::written).toList();
  }

  private static Map<String, Object> attributes(Attributes attributes) {
    Map<String, Object> tree = new LinkedHashMap<>();
    attributes.values().forEach((key, value) -> tree.put(key, value(value)));
    return tree;
  }

  private static Object value(AttributeValue value) {
    if (value instanceof NumberValue number) {
      return number.value();
    }
    if (value instanceof StringValue string) {
      return string.value();
    }
    if (value instanceof BooleanValue bool) {
      return bool.value();
    }
    if (value instanceof ListValue list) {
      return list.values().stream().map(StatementTree::value).toList();
    }
    return Map.of("expr", ((ExpressionValue) value).source());
  }

  private static final class PredicateTree implements Predicate.Visitor<Object> {
    @Override
    public Object visitPresence(Predicate.Presence presence) {
      return presence.className();
    }

    @Override
    public Object visitAnd(Predicate.And and) {
      return Map.of("and", parts(and.parts()));
    }

    @Override
    public Object visitOr(Predicate.Or or) {
      return Map.of("or", parts(or.parts()));
    }

    @Override
    public Object visitNot(Predicate.Not not) {
      return Map.of("not", not.part().accept(this));
    }

    private List<Object> parts(List<Predicate> parts) {
      return parts.stream().map(part -> part.accept(this)).toList();
    }
  }
}
