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

/** A SeeQL statement that Spark executes immediately in {@code spark.sql}. */
public final class SeeqlCommand extends SeeqlNode implements LeafRunnableCommand {
  private static final long serialVersionUID = 1L;

  private final transient Seq<Attribute> output;

  public SeeqlCommand(Statement statement, SelectionSource source) {
    super(statement, source);
    this.output = attributes(statement);
    Command.$init$(this);
  }

  private static Seq<Attribute> attributes(Statement statement) {
    // Copied as attributes: Spark's method declares a sequence of AttributeReferences
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

  // The value that the initializer of the trait would set
  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return ScalaSequences.of(List.of(TreePattern.COMMAND()));
  }

  @Override
  public void org$apache$spark$sql$catalyst$plans$logical$Command$_setter_$nodePatterns_$eq(
      Seq<Enumeration.Value> patterns) {
    // unused: nodePatterns() returns the value
  }
}
