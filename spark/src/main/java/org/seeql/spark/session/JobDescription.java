package org.seeql.spark.session;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** The description of a thread's jobs in the Spark UI. */
public final class JobDescription {
  private static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /** Runs work with a description for its jobs, and then restores the previous one. */
  public static void during(SparkSession spark, String words, Runnable work) {
    SparkContext context = spark.sparkContext();
    // Null if there was none; setting null also removes the property in Spark
    String before = context.getLocalProperty(PROPERTY);
    context.setLocalProperty(PROPERTY, words);
    try {
      work.run();
    } finally {
      context.setLocalProperty(PROPERTY, before);
    }
  }
}
