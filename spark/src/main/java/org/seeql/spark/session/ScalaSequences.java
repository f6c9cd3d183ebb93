package org.seeql.spark.session;

import java.util.ArrayList;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Converts Java lists to the Scala sequences that Spark needs, and back. */
public final class ScalaSequences {
  private ScalaSequences() {}

  public static <T> Seq<T> of(List<? extends T> elements) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(elements)).toSeq();
  }

  public static <T> List<T> list(scala.collection.Seq<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  /** The elements followed by another one. */
  public static <T> Seq<T> append(Seq<T> elements, T last) {
    List<T> all = new ArrayList<>(list(elements));
    all.add(last);
    return of(all);
  }
}
