package org.seeql.job.spark.function;

import java.util.ArrayList;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Scala's collections from Java's. */
final class Scala {
  private Scala() {}

  static <T> Seq<T> seq(List<? extends T> elements) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(elements)).toSeq();
  }

  static <T> List<T> list(scala.collection.Seq<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  static <T> Seq<T> append(Seq<T> elements, T last) {
    List<T> all = new ArrayList<>(list(elements));
    all.add(last);
    return seq(all);
  }
}
