package org.seeql.launcher.manifest;

/** What turns a statement of SeeQL's into pods of Spark. */
public enum SparkOperator {
  /** Kubeflow's operator, {@code sparkoperator.k8s.io/v1beta2}. */
  KUBEFLOW,

  /** Apache's operator, {@code spark.apache.org/v1}. */
  APACHE,

  /** None: spark-submit in client mode, in the step's own pod. */
  NONE
}
