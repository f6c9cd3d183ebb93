package org.seeql.job.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.seeql.planner.statement.Statement;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A statement whose rows are shown, between Spark's parser and its analyzer, which puts the rows'
 * own plan in its place. Holds no logic: {@link StatementRun} does the work.
 *
 * <p>Public, with a public constructor of its product's elements, because Spark copies nodes by
 * reflection.
 */
public final class SeeqlQuery extends LogicalPlan {
  private static final long serialVersionUID = 1L;

  private final transient Statement statement;
  private final transient SelectionSource source;

  public SeeqlQuery(Statement statement, SelectionSource source) {
    this.statement = requireNonNull(statement, "statement is null");
    this.source = requireNonNull(source, "source is null");
  }

  /** The plan of the rows. */
  LogicalPlan plan(SparkSession spark) {
    return SparkErrors.translating(
        () ->
            ((org.apache.spark.sql.classic.Dataset<?>) StatementRun.shown(spark, statement, source))
                .queryExecution()
                .analyzed());
  }

  @Override
  public boolean resolved() {
    return false;
  }

  @Override
  public Seq<Attribute> output() {
    return CollectionConverters.asScala(List.<Attribute>of()).toSeq();
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
  public String nodeName() {
    return "SeeQL";
  }

  @Override
  public Iterator<Object> stringArgs() {
    return CollectionConverters.asScala(List.<Object>of(StatementLabel.of(statement)).iterator());
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
    return other instanceof SeeqlQuery;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeeqlQuery query
        && statement.equals(query.statement)
        && source.equals(query.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(statement, source);
  }
}
