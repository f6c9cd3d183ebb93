package org.seeql.job.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.command.LeafRunnableCommand;
import org.seeql.planner.statement.Statement;
import scala.Enumeration;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A statement of SeeQL's that Spark executes at once, when {@code spark.sql} is called. Holds no
 * logic: {@link StatementRun} does the work.
 *
 * <p>Public, with a public constructor of its product's elements, because Spark copies nodes by
 * reflection.
 */
public final class SeeqlCommand extends LogicalPlan implements LeafRunnableCommand {
  private static final long serialVersionUID = 1L;

  private final transient Statement statement;
  private final transient SelectionSource source;
  private final transient Seq<Attribute> output;

  public SeeqlCommand(Statement statement, SelectionSource source) {
    this.statement = requireNonNull(statement, "statement is null");
    this.source = requireNonNull(source, "source is null");
    this.output = attributes(statement);
    Command.$init$(this);
  }

  private static Seq<Attribute> attributes(Statement statement) {
    List<Attribute> attributes =
        List.copyOf(
            CollectionConverters.asJava(
                DataTypeUtils.toAttributes(StatementColumns.of(statement).schema())));
    return CollectionConverters.asScala(attributes).toSeq();
  }

  @Override
  public Seq<Attribute> output() {
    return output;
  }

  @Override
  public Seq<Row> run(SparkSession spark) {
    return CollectionConverters.asScala(
            SparkErrors.translating(() -> StatementRun.execute(spark, statement, source)))
        .toSeq();
  }

  // what the trait's own initialiser would have set
  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return CollectionConverters.asScala(List.of(TreePattern.COMMAND())).toSeq();
  }

  @Override
  public void org$apache$spark$sql$catalyst$plans$logical$Command$_setter_$nodePatterns_$eq(
      Seq<Enumeration.Value> patterns) {
    // nodePatterns() answers
  }

  @Override
  public String nodeName() {
    return "SeeQL";
  }

  /**
   * What Spark's pages show of this node: not its text. Spark itself shows the text of the call
   * beside it, and of a {@link SeeqlQuery} the plan, with the SELECT that the database executes.
   */
  @Override
  public Iterator<Object> stringArgs() {
    return CollectionConverters.asScala(List.<Object>of(StatementLabel.of(statement)).iterator());
  }

  @Override
  public Seq<LogicalPlan> children() {
    return CollectionConverters.asScala(List.<LogicalPlan>of()).toSeq();
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return this;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? statement : source;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SeeqlCommand;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeeqlCommand command
        && statement.equals(command.statement)
        && source.equals(command.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(statement, source);
  }
}
