package org.seeql.job.spark;

import org.apache.spark.sql.SparkSession;

/**
 * The cores that a session has.
 *
 * @param anExecutor of one JVM that runs tasks
 * @param inAll of all of them, as far as is known
 */
public record Cores(int anExecutor, int inAll) {
  public static Cores of(SparkSession spark) {
    int inAll = Math.max(1, spark.sparkContext().defaultParallelism());
    if (spark.sparkContext().isLocal()) {
      return new Cores(Math.min(inAll, Runtime.getRuntime().availableProcessors()), inAll);
    }
    int anExecutor =
        Integer.parseInt(spark.sparkContext().getConf().get("spark.executor.cores", "1"));
    return new Cores(anExecutor, inAll);
  }
}
