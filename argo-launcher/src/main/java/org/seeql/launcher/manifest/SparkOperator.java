package org.seeql.launcher.manifest;

/** The component that starts Spark's pods for a statement. */
public enum SparkOperator {
  /** Kubeflow's operator, {@code sparkoperator.k8s.io/v1beta2}. */
  KUBEFLOW,

  /** Apache's operator, {@code spark.apache.org/v1}. */
  APACHE,

  /** No operator: spark-submit in client mode, in the step's own pod. */
  NONE
}
