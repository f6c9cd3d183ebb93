package org.seeql.launcher.manifest;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Spark settings of a user, in addition to SeeQL's. Settings that have an option of their own, that
 * SeeQL's safety depends on, or that contain secrets are refused.
 */
public record SparkConf(SortedMap<String, String> settings) {
  private static final Pattern KEY = Pattern.compile("spark\\.[A-Za-z0-9@*._/-]+");
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|token|credential|access[.]?key).*");

  /** References to Secrets contain the word, but no secret. */
  private static final String REFERENCES = "spark.kubernetes.";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String PLUGINS = "spark.plugins";

  /** Settings, and beginnings of settings that end with a dot, with their options. */
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("spark.driver.cores", "--driver-cores"),
          Map.entry("spark.driver.memory", "--driver-memory"),
          Map.entry("spark.driver.memoryOverhead", "--driver-memory-overhead"),
          Map.entry("spark.executor.instances", "--executors"),
          Map.entry("spark.executor.cores", "--executor-cores"),
          Map.entry("spark.executor.memory", "--executor-memory"),
          Map.entry("spark.executor.memoryOverhead", "--executor-memory-overhead"),
          Map.entry("spark.executor.resource.gpu.", "--executor-gpus"),
          Map.entry("spark.task.resource.gpu.amount", "--executor-gpus"),
          Map.entry("spark.kubernetes.namespace", "--namespace"),
          Map.entry("spark.kubernetes.container.image", "--image"),
          Map.entry("spark.kubernetes.driver.container.image", "--image"),
          Map.entry("spark.kubernetes.executor.container.image", "--image"),
          Map.entry("spark.kubernetes.container.image.pullPolicy", "--image-pull-policy"),
          Map.entry("spark.kubernetes.container.image.pullSecrets", "--image-pull-secret"),
          Map.entry("spark.kubernetes.driver.request.cores", "--executor-core-request"),
          Map.entry("spark.kubernetes.executor.request.cores", "--executor-core-request"),
          Map.entry("spark.kubernetes.node.selector.", "--node-selector"),
          Map.entry("spark.kubernetes.driver.node.selector.", "--node-selector"),
          Map.entry("spark.kubernetes.executor.node.selector.", "--node-selector"),
          Map.entry("spark.kubernetes.driver.label.", "--label"),
          Map.entry("spark.kubernetes.executor.label.", "--label"),
          Map.entry("spark.kubernetes.driver.annotation.", "--annotation"),
          Map.entry("spark.kubernetes.executor.annotation.", "--annotation"),
          Map.entry("spark.kubernetes.authenticate.", "--service-account"));

  private static final String REPLACED =
      "it would replace SeeQL's template; --pod-template is merged with it";

  /** Settings that SeeQL fixes. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("spark.master", "the operator sets it"),
          Map.entry("spark.submit.", "the operator sets it"),
          Map.entry("spark.app.", "it is derived from the run"),
          Map.entry("spark.driver.host", "it is the address of the driver's pod"),
          Map.entry("spark.kubernetes.driver.pod.name", "it is derived from the run"),
          Map.entry("spark.kubernetes.driver.podTemplateFile", REPLACED),
          Map.entry("spark.kubernetes.executor.podTemplateFile", REPLACED),
          Map.entry("spark.kubernetes.driver.podTemplateContainerName", REPLACED),
          Map.entry("spark.kubernetes.executor.podTemplateContainerName", REPLACED),
          Map.entry("spark.driver.extraClassPath", "SeeQL's classes are there"),
          Map.entry("spark.executor.extraClassPath", "SeeQL's classes are there"),
          Map.entry("spark.authenticate", "tasks contain the password of the database"),
          Map.entry("spark.authenticate.", "tasks contain the password of the database"),
          Map.entry("spark.network.crypto.", "tasks contain the password of the database"),
          Map.entry("spark.redaction.regex", "it hides passwords"));

  public static final SparkConf NONE = new SparkConf(new TreeMap<>());

  public SparkConf {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    SubmissionProblems problems = new SubmissionProblems();
    settings.forEach((key, value) -> problems.note(() -> require(key, value)));
    problems.refuse();
  }

  private static void require(String key, String value) {
    if (!KEY.matcher(key).matches()) {
      throw new SubmissionException(
          "Invalid --conf: '%s' is no setting of Spark; they start with spark.".formatted(key));
    }
    find(OPTIONS, key)
        .ifPresent(
            option -> {
              throw new SubmissionException(
                  "Invalid --conf: %s is set with %s".formatted(key, option));
            });
    find(FIXED, key)
        .ifPresent(
            reason -> {
              throw new SubmissionException(
                  "Invalid --conf: %s cannot be changed: %s".formatted(key, reason));
            });
    if (!key.startsWith(REFERENCES) && SECRET.matcher(key).matches()) {
      throw new SubmissionException(
          "Invalid --conf: %s may be a secret, and everyone who may read workflows could read it; store it in a Secret (--s3, or spark.kubernetes.driver.secretKeyRef.NAME)"
              .formatted(key));
    }
    Arguments.requireLiteral("--conf", value, "write another value");
    SizeLimits.requireArgument("--conf", key + "=" + value);
  }

  private static Optional<String> find(Map<String, String> rules, String key) {
    return Optional.ofNullable(rules.get(key))
        .or(
            () ->
                rules.entrySet().stream()
                    .filter(rule -> rule.getKey().endsWith(".") && key.startsWith(rule.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }

  /** Adds the settings. Java options and plugins follow SeeQL's; others replace SeeQL's. */
  void addTo(SortedMap<String, String> conf) {
    settings.forEach(
        (key, value) -> {
          switch (key) {
            case EXECUTOR_OPTIONS -> conf.merge(key, value, (ours, theirs) -> ours + " " + theirs);
            case PLUGINS -> conf.merge(key, value, (ours, theirs) -> ours + "," + theirs);
            default -> conf.put(key, value);
          }
        });
  }
}
