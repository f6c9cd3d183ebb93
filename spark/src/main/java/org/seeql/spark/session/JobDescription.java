package org.seeql.spark.session;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** What Spark's pages call the jobs of a thread. */
public final class JobDescription {
  private static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /** Does something whose jobs are called so; afterwards, they are called as before. */
  public static void during(SparkSession spark, String words, Runnable work) {
    SparkContext context = spark.sparkContext();
    // null where there was none, which is also how Spark is told so
    String before = context.getLocalProperty(PROPERTY);
    context.setLocalProperty(PROPERTY, words);
    try {
      work.run();
    } finally {
      context.setLocalProperty(PROPERTY, before);
    }
  }
}
