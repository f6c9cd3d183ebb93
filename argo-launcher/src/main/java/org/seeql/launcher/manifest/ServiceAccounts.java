package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.message.NearestNames;

/**
 * The service accounts of a submission's pods, by role. Each has only the permissions that its pods
 * need.
 *
 * @param step for steps that create and watch SparkApplications
 * @param container for steps whose container does the work, including user programs. It only
 *     permits reporting results to Argo. With more permissions, a user program could create a pod
 *     that has the database's password
 * @param driver for Spark's driver, which creates executors
 * @param executor for Spark's executors. It has no permissions
 */
public record ServiceAccounts(String step, String container, String driver, String executor) {
  private static final String STEP = "step";
  private static final String CONTAINER = "container";
  private static final String DRIVER = "driver";
  private static final String EXECUTOR = "executor";
  private static final List<String> ROLES = List.of(STEP, CONTAINER, DRIVER, EXECUTOR);

  /** The accounts of {@code k8s/base}. */
  public static final ServiceAccounts DEFAULT =
      new ServiceAccounts("seeql-step", "seeql-container", "seeql-driver", "seeql-executor");

  public ServiceAccounts {
    requireNonNull(step, "step is null");
    requireNonNull(container, "container is null");
    requireNonNull(driver, "driver is null");
    requireNonNull(executor, "executor is null");
  }

  /**
   * Creates the accounts of roles; the others are the default ones.
   *
   * @param names by role
   * @throws SubmissionException if a role or a name is invalid
   */
  public static ServiceAccounts of(Map<String, String> names) {
    SubmissionProblems problems = new SubmissionProblems();
    names.forEach((role, name) -> problems.note(() -> require(role, name)));
    problems.refuse();
    return new ServiceAccounts(
        names.getOrDefault(STEP, DEFAULT.step),
        names.getOrDefault(CONTAINER, DEFAULT.container),
        names.getOrDefault(DRIVER, DEFAULT.driver),
        names.getOrDefault(EXECUTOR, DEFAULT.executor));
  }

  private static void require(String role, String name) {
    if (!ROLES.contains(role)) {
      throw new SubmissionException(
          "Invalid --service-account: " + NearestNames.unknown("role", role, ROLES));
    }
    KubernetesNames.requireSubdomain("--service-account", name);
  }

  /** All accounts, in the order of the roles. */
  public List<String> all() {
    return List.of(step, container, driver, executor);
  }

  /** The names by which these accounts replace the default ones. */
  public SortedMap<String, String> renamed() {
    SortedMap<String, String> names = new TreeMap<>();
    for (int i = 0; i < ROLES.size(); i++) {
      names.put(DEFAULT.all().get(i), all().get(i));
    }
    return names;
  }
}
