package org.seeql.spark.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.NamedParameterContext;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.parser.PositionalParameterContext;
import org.apache.spark.sql.catalyst.plans.logical.DescribeColumn;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.seeql.planner.parser.Dialect;
import org.seeql.planner.parser.OwnStatement;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.spark.session.SparkErrors;
import scala.collection.immutable.Seq;

/**
 * Spark's parser, followed by SeeQL's for statements that Spark refuses. A statement that Spark
 * accepts never reaches SeeQL, except {@code DESCRIBE MODEL name} if there is no table {@code
 * model}.
 */
public final class SeeqlParser implements ParserInterface {
  private static final String MODEL = "model";

  private final SparkSession spark;
  private final ParserInterface parser;

  /**
   * @param parser the parser of Spark or of another extension
   */
  public SeeqlParser(SparkSession spark, ParserInterface parser) {
    this.spark = requireNonNull(spark, "spark is null");
    this.parser = requireNonNull(parser, "parser is null");
  }

  @Override
  public LogicalPlan parsePlan(String text) throws ParseException {
    return parse(text, parser::parsePlan, Parameters.NONE);
  }

  @Override
  public LogicalPlan parsePlanWithParameters(String text, ParameterContext parameters)
      throws ParseException {
    return parse(
        text,
        part -> parser.parsePlanWithParameters(part, parameters),
        isEmpty(parameters) ? Parameters.NONE : Parameters.SOME);
  }

  private enum Parameters {
    NONE,
    SOME
  }

  private static boolean isEmpty(ParameterContext parameters) {
    if (parameters instanceof NamedParameterContext named) {
      return named.params().isEmpty();
    }
    return parameters instanceof PositionalParameterContext placed && placed.params().isEmpty();
  }

  private LogicalPlan parse(String text, Relations.SelectParser sparks, Parameters parameters)
      throws ParseException {
    LogicalPlan plan;
    try {
      plan = sparks.parse(text);
    } catch (ParseException refusal) {
      Optional<Statement> own = own(text, Dialect.SPARK);
      if (own.isEmpty()) {
        throw refusal;
      }
      return SparkErrors.translating(
          () -> plan(text, own.get(), new Relations(spark, sparks), parameters));
    }
    return plan instanceof DescribeColumn ? describedModel(text).orElse(plan) : plan;
  }

  /** Spark parses {@code DESCRIBE model name} as a column of a table. */
  private Optional<LogicalPlan> describedModel(String text) throws ParseException {
    return own(text, Dialect.SPARK)
        .filter(DescribeModelStatement.class::isInstance)
        .filter(statement -> !spark.catalog().tableExists(MODEL))
        .map(statement -> new SeeqlCommand(statement, SelectionSource.Database.unasked()));
  }

  private static LogicalPlan plan(
      String text, Statement statement, Relations relations, Parameters parameters)
      throws ParseException {
    Optional<SelectingStatement> selecting = statement.subject().findSelecting();
    SelectionSource source = SelectionSource.Database.unasked();
    if (selecting.isPresent()) {
      source = relations.source(selecting.get().select());
      if (source instanceof SelectionSource.Database database && parameters == Parameters.SOME) {
        throw refusedParameters(statement, database);
      }
      if (source instanceof SelectionSource.Database && mayWriteDatabase(selecting.get())) {
        // Parse again, to report errors in the SELECT that every database refuses
        own(text, Dialect.DATABASE);
      }
    }
    return statement.findSelecting().filter(SelectingStatement::isShown).isPresent()
        ? new SeeqlQuery(statement, source)
        : new SeeqlCommand(statement, source);
  }

  /** Whether the target, if any, can be a table of the database. */
  private static boolean mayWriteDatabase(SelectingStatement statement) {
    return statement.target().flatMap(TableName::catalog).isEmpty();
  }

  private static PlanningException refusedParameters(
      Statement statement, SelectionSource.Database database) {
    return new PlanningException(
        statement.position(),
        List.of(
            "a SELECT of the database cannot have parameters"
                + database.sparksReason().map(r -> ", and Spark cannot execute it: " + r).orElse("")
                + "; write the values into the SELECT, or let Spark execute it (set"
                + " spark.seeql.relations=spark)"));
  }

  private static Optional<Statement> own(String text, Dialect dialect) throws ParseException {
    try {
      return OwnStatement.find(text, dialect);
    } catch (SqlSyntaxException mistake) {
      throw new SeeqlParseException(text, mistake);
    }
  }

  @Override
  public LogicalPlan parseQuery(String text) throws ParseException {
    return parser.parseQuery(text);
  }

  @Override
  public Expression parseExpression(String text) throws ParseException {
    return parser.parseExpression(text);
  }

  @Override
  public TableIdentifier parseTableIdentifier(String text) throws ParseException {
    return parser.parseTableIdentifier(text);
  }

  @Override
  public FunctionIdentifier parseFunctionIdentifier(String text) throws ParseException {
    return parser.parseFunctionIdentifier(text);
  }

  @Override
  public Seq<String> parseMultipartIdentifier(String text) throws ParseException {
    return parser.parseMultipartIdentifier(text);
  }

  @Override
  public StructType parseRoutineParam(String text) throws ParseException {
    return parser.parseRoutineParam(text);
  }

  @Override
  public StructType parseTableSchema(String text) throws ParseException {
    return parser.parseTableSchema(text);
  }

  @Override
  public DataType parseDataType(String text) throws ParseException {
    return parser.parseDataType(text);
  }
}
