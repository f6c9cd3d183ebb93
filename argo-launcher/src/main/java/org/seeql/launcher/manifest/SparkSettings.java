package org.seeql.launcher.manifest;

import java.util.SortedMap;
import java.util.TreeMap;

/** Spark's settings for a submission, ordered by name. */
final class SparkSettings {
  static final String SPARK_VERSION = "4.1.1";
  static final String SCALA_VERSION = "2.13";
  static final String JAVA_VERSION = "17";
  static final String MAIN_CLASS = "org.seeql.cli.command.Seeql";
  static final String MAIN_JAR = "local:///opt/seeql/lib/seeql-cli.jar";

  /** The port in each driver and executor pod from which Prometheus reads metrics. */
  static final int METRICS_PORT = 9464;

  private static final String METRICS_PLUGIN = "org.seeql.job.metrics.SeeqlPlugin";

  /**
   * Longer than Prometheus's usual scrape interval, so that the final metrics of a run are read.
   */
  private static final String METRICS_LINGER = "35s";

  private static final String CLASS_PATH = "/opt/seeql/lib/*";
  private static final String GPU_DISCOVERY = "/opt/seeql/bin/discover-gpus";

  /** Settings whose name matches are hidden in Spark's pages and logs. */
  private static final String REDACTION = "(?i)secret|password|token|access[.]?key|url|credential";

  private final Submission submission;

  SparkSettings(Submission submission) {
    this.submission = submission;
  }

  /** The settings that all operators share. */
  SortedMap<String, String> common() {
    SortedMap<String, String> conf = new TreeMap<>();
    conf.put("spark.driver.extraClassPath", CLASS_PATH);
    conf.put("spark.executor.extraClassPath", CLASS_PATH);
    // an executor has no console: the error that ends it must be in its log
    conf.put("spark.executor.extraJavaOptions", "-Dseeql.log.root=error");
    conf.put("spark.redaction.regex", REDACTION);
    // tasks contain the database's password: only authenticated executors may receive them
    conf.put("spark.authenticate", "true");
    conf.put("spark.network.crypto.enabled", "true");
    conf.put("spark.plugins", METRICS_PLUGIN);
    conf.put("spark.seeql.metrics.port", String.valueOf(METRICS_PORT));
    conf.put("spark.seeql.metrics.linger", METRICS_LINGER);
    // tasks commit their own partitions: a speculative attempt would only repeat the work
    conf.put("spark.speculation", "false");
    // keep the pods of failed executors for diagnosis
    conf.put("spark.kubernetes.executor.deleteOnTermination", "false");
    // a cluster autoscaler may have to start nodes with GPUs first
    conf.put("spark.kubernetes.allocation.executor.timeout", "1800s");
    ExecutorShape executors = submission.executors();
    if (executors.gpus() > 0) {
      conf.put("spark.executor.resource.gpu.amount", String.valueOf(executors.gpus()));
      conf.put("spark.executor.resource.gpu.vendor", "nvidia.com");
      conf.put("spark.executor.resource.gpu.discoveryScript", GPU_DISCOVERY);
      conf.put("spark.task.resource.gpu.amount", share(executors.gpus(), executors.cores()));
      // check-device in the image reads it: an executor without the GPUs does not start
      conf.put("spark.executorEnv.SEEQL_REQUIRE_GPU", String.valueOf(executors.gpus()));
    }
    PodSettings pods = submission.settings().pods();
    pods.pullPolicy()
        .ifPresent(
            policy -> conf.put("spark.kubernetes.container.image.pullPolicy", policy.word()));
    if (!pods.pullSecrets().isEmpty()) {
      conf.put(
          "spark.kubernetes.container.image.pullSecrets", String.join(",", pods.pullSecrets()));
    }
    submission.settings().conf().addTo(conf);
    return conf;
  }

  /**
   * The GPU amount per task. All tasks of an executor share its GPUs, so each GPU holds one model
   * copy.
   */
  private static String share(int gpus, int cores) {
    return gpus >= cores ? "1" : String.valueOf((double) gpus / cores);
  }

  /**
   * Adds the settings for spark-submit and Apache's operator. Kubeflow's operator has fields for
   * them.
   */
  SortedMap<String, String> withPods() {
    ExecutorShape executors = submission.executors();
    SortedMap<String, String> conf = common();
    DriverShape driver = submission.settings().driver();
    ServiceAccounts accounts = submission.settings().accounts();
    conf.put("spark.kubernetes.namespace", submission.namespace());
    conf.put("spark.kubernetes.container.image", submission.image());
    conf.put("spark.kubernetes.authenticate.driver.serviceAccountName", accounts.driver());
    conf.put("spark.kubernetes.authenticate.executor.serviceAccountName", accounts.executor());
    conf.put("spark.driver.memory", driver.memory());
    conf.put("spark.driver.memoryOverhead", driver.memoryOverhead());
    if (driver.cores() != DriverShape.DEFAULT.cores()) {
      conf.put("spark.driver.cores", String.valueOf(driver.cores()));
    }
    conf.put("spark.executor.instances", String.valueOf(executors.instances()));
    conf.put("spark.executor.cores", String.valueOf(executors.cores()));
    conf.put("spark.executor.memory", executors.memory());
    conf.put("spark.executor.memoryOverhead", executors.memoryOverhead());
    executors
        .coreRequest()
        .ifPresent(
            request -> {
              conf.put("spark.kubernetes.driver.request.cores", request);
              conf.put("spark.kubernetes.executor.request.cores", request);
            });
    return conf;
  }
}
