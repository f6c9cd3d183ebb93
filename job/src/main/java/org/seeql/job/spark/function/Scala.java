package org.seeql.job.spark.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What is Scala's from what is Java's. */
final class Scala {
  private Scala() {}

  static <T> Seq<T> seq(List<? extends T> elements) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(elements)).toSeq();
  }

  static <T> List<T> list(scala.collection.Seq<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  /** A column of its own. */
  static Alias alias(Expression value, String name) {
    return new Alias(
        value,
        name,
        NamedExpression$.MODULE$.newExprId(),
        seq(List.of()),
        Option.empty(),
        seq(List.of()));
  }

  static <T> Seq<T> append(Seq<T> elements, T last) {
    List<T> all = new ArrayList<>(list(elements));
    all.add(last);
    return seq(all);
  }
}
