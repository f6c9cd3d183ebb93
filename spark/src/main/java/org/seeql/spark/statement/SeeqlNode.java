package org.seeql.spark.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.seeql.planner.statement.Statement;
import org.seeql.spark.session.ScalaSequences;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A SeeQL statement in a Spark plan, without children. Contains no logic: {@link StatementRun}
 * executes it.
 *
 * <p>Subclasses are public and have a public constructor of their product elements, because Spark
 * copies nodes by reflection.
 */
abstract class SeeqlNode extends LogicalPlan {
  private static final long serialVersionUID = 1L;

  private final transient Statement statement;
  private final transient SelectionSource source;

  SeeqlNode(Statement statement, SelectionSource source) {
    this.statement = requireNonNull(statement, "statement is null");
    this.source = requireNonNull(source, "source is null");
  }

  Statement statement() {
    return statement;
  }

  SelectionSource source() {
    return source;
  }

  @Override
  public String nodeName() {
    return "SeeQL";
  }

  /**
   * The Spark UI shows this description of the node, not the statement's text. Spark itself shows
   * the text of the call, and for a {@link SeeqlQuery} the plan with the SELECT that the database
   * executes.
   */
  @Override
  public Iterator<Object> stringArgs() {
    return ScalaSequences.<Object>of(List.of(StatementLabel.of(statement))).iterator();
  }

  @Override
  public Seq<LogicalPlan> children() {
    return ScalaSequences.of(List.of());
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
    return other != null && getClass() == other.getClass();
  }

  @Override
  public boolean equals(Object other) {
    return canEqual(other)
        && other instanceof SeeqlNode node
        && statement.equals(node.statement)
        && source.equals(node.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(statement, source);
  }
}
