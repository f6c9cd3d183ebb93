package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a submission that a cluster's administrator usually prescribes.
 *
 * @param conf of Spark
 * @param pods the settings of all pods
 * @param steps the resources of light steps
 * @param template fields of all pods in addition to these settings
 * @param kept how long an ended workflow is kept
 */
public record ClusterSettings(
    DriverShape driver,
    SparkConf conf,
    PodSettings pods,
    StepResources steps,
    ServiceAccounts accounts,
    Optional<PodTemplate> template,
    Duration kept) {
  private static final Duration A_WEEK = Duration.ofDays(7);

  public static final ClusterSettings DEFAULT =
      new ClusterSettings(
          DriverShape.DEFAULT,
          SparkConf.NONE,
          PodSettings.DEFAULT,
          StepResources.DEFAULT,
          ServiceAccounts.DEFAULT,
          Optional.empty(),
          A_WEEK);

  public ClusterSettings {
    requireNonNull(driver, "driver is null");
    requireNonNull(conf, "conf is null");
    requireNonNull(pods, "pods is null");
    requireNonNull(steps, "steps is null");
    requireNonNull(accounts, "accounts is null");
    requireNonNull(template, "template is null");
    if (kept.toSeconds() < 1) {
      throw new SubmissionException("Invalid --ttl: it must be longer than zero");
    }
  }
}
