package org.seeql.launcher.manifest;

/** The accounts of {@code k8s/base}, each with the least rights that its pods need. */
public final class ServiceAccounts {
  /** Steps that make and watch SparkApplications. */
  public static final String STEP = "seeql-step";

  /**
   * Steps whose container does the work, a program of somebody else among them: they report to Argo
   * that they are done. More would let such a program make a pod that has the database's password.
   */
  public static final String CONTAINER = "seeql-container";

  /** Spark's driver: it makes executors. */
  public static final String SPARK_DRIVER = "seeql-driver";

  /** Spark's executors: they may do nothing. */
  public static final String SPARK_EXECUTOR = "seeql-executor";

  private ServiceAccounts() {}
}
