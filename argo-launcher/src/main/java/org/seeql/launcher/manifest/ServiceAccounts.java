package org.seeql.launcher.manifest;

/** The service accounts of {@code k8s/base}. Each has only the permissions that its pods need. */
public final class ServiceAccounts {
  /** For steps that create and watch SparkApplications. */
  public static final String STEP = "seeql-step";

  /**
   * For steps whose container does the work, including user programs. It only permits reporting
   * results to Argo. With more permissions, a user program could create a pod that has the
   * database's password.
   */
  public static final String CONTAINER = "seeql-container";

  /** For Spark's driver, which creates executors. */
  public static final String SPARK_DRIVER = "seeql-driver";

  /** For Spark's executors. It has no permissions. */
  public static final String SPARK_EXECUTOR = "seeql-executor";

  private ServiceAccounts() {}
}
