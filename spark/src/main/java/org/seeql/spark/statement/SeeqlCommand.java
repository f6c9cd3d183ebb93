package org.seeql.spark.statement;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.command.LeafRunnableCommand;
import org.seeql.planner.statement.Statement;
import org.seeql.spark.session.ScalaSequences;
import org.seeql.spark.session.SparkErrors;
import scala.Enumeration;
import scala.collection.immutable.Seq;

/** A statement of SeeQL's that Spark executes at once, when {@code spark.sql} is called. */
public final class SeeqlCommand extends SeeqlNode implements LeafRunnableCommand {
  private static final long serialVersionUID = 1L;

  private final transient Seq<Attribute> output;

  public SeeqlCommand(Statement statement, SelectionSource source) {
    super(statement, source);
    this.output = attributes(statement);
    Command.$init$(this);
  }

  private static Seq<Attribute> attributes(Statement statement) {
    // as attributes: Spark's declares those that it makes, which are references
    return ScalaSequences.of(
        ScalaSequences.list(DataTypeUtils.toAttributes(StatementColumns.of(statement).schema())));
  }

  @Override
  public Seq<Attribute> output() {
    return output;
  }

  @Override
  public Seq<Row> run(SparkSession spark) {
    return ScalaSequences.of(
        SparkErrors.translating(() -> StatementRun.execute(spark, statement(), source())));
  }

  // what the trait's own initialiser would have set
  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return ScalaSequences.of(List.of(TreePattern.COMMAND()));
  }

  @Override
  public void org$apache$spark$sql$catalyst$plans$logical$Command$_setter_$nodePatterns_$eq(
      Seq<Enumeration.Value> patterns) {
    // nodePatterns() answers
  }
}
