package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.seeql.launcher.manifest.ClaimMount;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.manifest.Submission;

/**
 * Checks that a namespace has everything a program needs. Objects that the user may not read count
 * as present.
 */
final class ClusterCheck {
  private static final Set<String> DATABASE_KEYS = Set.of("url", "user", "password");
  private static final Set<String> S3_KEYS = Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

  private static final String HOW_TO_NAME_A_DATABASE =
      "--from-literal=url=jdbc:mysql://HOST:3306/DATABASE --from-literal=user=NAME"
          + " --from-file=password";

  private static final String HOW_TO_NAME_S3 =
      "--from-literal=AWS_ACCESS_KEY_ID=ID --from-file=AWS_SECRET_ACCESS_KEY";

  private final Cluster cluster;
  private final KubernetesClient client;
  private final List<String> problems = new ArrayList<>();

  private ClusterCheck(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.client = cluster.client();
  }

  /**
   * Checks all requirements.
   *
   * @param workflow the manifest to be created
   * @throws ClusterException with everything that is missing
   */
  static void require(Cluster cluster, Submission submission, JsonNode workflow) {
    ClusterCheck check = new ClusterCheck(cluster);
    cluster.ask(
        "submit to namespace " + cluster.namespace(), () -> check.look(submission, workflow));
    check.refuse();
  }

  private boolean look(Submission submission, JsonNode workflow) {
    lookForKind(ObjectKind.WORKFLOW);
    if (submission.operator() != SparkOperator.NONE) {
      lookForKind(
          submission.operator() == SparkOperator.KUBEFLOW
              ? ObjectKind.KUBEFLOW_APPLICATION
              : ObjectKind.APACHE_APPLICATION);
    }
    String namespace = cluster.namespace();
    if (isMissing(() -> client.namespaces().withName(namespace).get())) {
      problems.add("there is no namespace %s; %s".formatted(namespace, makeBase()));
      return false;
    }
    lookForAccounts(submission);
    lookForPullSecrets(submission);
    lookForSecret(submission.databaseSecret(), DATABASE_KEYS, workflow, HOW_TO_NAME_A_DATABASE);
    submission
        .stores()
        .s3Secret()
        .ifPresent(secret -> lookForSecret(secret, S3_KEYS, workflow, HOW_TO_NAME_S3));
    for (ClaimMount claim : submission.stores().claims()) {
      if (isMissing(
          () ->
              client
                  .persistentVolumeClaims()
                  .inNamespace(namespace)
                  .withName(claim.claim())
                  .get())) {
        problems.add(
            "there is no PersistentVolumeClaim %s; --pvc must name a claim of the namespace"
                .formatted(claim.claim()));
      }
    }
    return true;
  }

  private String makeBase() {
    return "create it with seeql install --namespace %s --dry-run | kubectl apply -f -"
        .formatted(cluster.namespace());
  }

  private void lookForKind(ObjectKind kind) {
    APIResourceList known = client.getApiResources(kind.apiVersion());
    boolean exists =
        known != null
            && known.getResources().stream().anyMatch(r -> r.getName().equals(kind.plural()));
    if (!exists) {
      problems.add(
          "the cluster has no %s of %s; install %s"
              .formatted(kind.plural(), kind.apiVersion(), kind.product()));
    }
  }

  private void lookForAccounts(Submission submission) {
    for (String account : submission.settings().accounts().all()) {
      if (isMissing(
          () ->
              client.serviceAccounts().inNamespace(cluster.namespace()).withName(account).get())) {
        problems.add("there is no ServiceAccount %s; %s".formatted(account, makeBase()));
      }
    }
  }

  private void lookForPullSecrets(Submission submission) {
    for (String secret : submission.settings().pods().pullSecrets()) {
      if (isMissing(
          () -> client.secrets().inNamespace(cluster.namespace()).withName(secret).get())) {
        problems.add(
            "there is no Secret %s; create it with kubectl -n %s create secret docker-registry %s --docker-server=HOST --docker-username=NAME --docker-password=…"
                .formatted(secret, cluster.namespace(), secret));
      }
    }
  }

  /**
   * Checks a Secret and its keys.
   *
   * @param always keys that are required regardless of the workflow
   * @param literals the kubectl arguments that create the Secret, for the error message
   */
  private void lookForSecret(String name, Set<String> always, JsonNode workflow, String literals) {
    Optional<Optional<Secret>> seen =
        see(() -> client.secrets().inNamespace(cluster.namespace()).withName(name).get());
    if (seen.isEmpty()) {
      return;
    }
    if (seen.get().isEmpty()) {
      problems.add(
          "there is no Secret %s; create it with kubectl -n %s create secret generic %s %s"
              .formatted(name, cluster.namespace(), name, literals));
      return;
    }
    Set<String> existing =
        Optional.ofNullable(seen.get().get().getData()).map(data -> data.keySet()).orElse(Set.of());
    for (String key : keys(name, always, workflow)) {
      if (!existing.contains(key)) {
        problems.add("the Secret %s has no key '%s'".formatted(name, key));
      }
    }
  }

  /** The keys that the workflow's steps reference, and those that are always required. */
  private static Set<String> keys(String secret, Set<String> always, JsonNode workflow) {
    Set<String> keys = new TreeSet<>(always);
    for (JsonNode reference : workflow.findValues("secretKeyRef")) {
      if (reference.path("name").asText().equals(secret)
          && !reference.path("optional").asBoolean()) {
        keys.add(reference.path("key").asText());
      }
    }
    return keys;
  }

  private static boolean isMissing(Supplier<?> get) {
    return see(get).filter(Optional::isEmpty).isPresent();
  }

  /** The object if it exists. The outer {@code Optional} is empty if the user may not read it. */
  private static <T> Optional<Optional<T>> see(Supplier<T> get) {
    try {
      return Optional.of(Optional.ofNullable(get.get()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == ClusterErrors.FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void refuse() {
    if (problems.isEmpty()) {
      return;
    }
    String what = "Cannot submit to namespace " + cluster.namespace() + ": ";
    throw new ClusterException(
        problems.size() == 1
            ? what + problems.get(0)
            : what + problems.size() + " problems\n  - " + String.join("\n  - ", problems));
  }
}
