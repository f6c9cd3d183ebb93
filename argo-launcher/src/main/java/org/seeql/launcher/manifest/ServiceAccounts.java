package org.seeql.launcher.manifest;

/** The accounts of {@code k8s/base}, each with the least rights that its pods need. */
public final class ServiceAccounts {
  /** Argo's steps: they report results, and make and watch SparkApplications. */
  public static final String STEP = "seeql-step";

  /** Spark's driver: it makes executors. */
  public static final String SPARK_DRIVER = "seeql-driver";

  /** Spark's executors: they may do nothing. */
  public static final String SPARK_EXECUTOR = "seeql-executor";

  private ServiceAccounts() {}
}
