package org.seeql.launcher.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** Converts error responses of a cluster into exceptions. */
final class ClusterErrors {
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;

  private static final int FIRST_OF_SERVER = 500;
  private static final int TOO_MANY = 429;

  /** Messages of an API server about a kind that no resource definition declares. */
  private static final List<String> UNKNOWN_KIND =
      List.of("could not find the requested resource", "404 page not found");

  private ClusterErrors() {}

  static RuntimeException worded(Cluster cluster, String what, KubernetesClientException e) {
    String where = cluster.client().getMasterUrl().toString();
    int code = e.getCode();
    // 0: no answer; -1: the connection was lost
    if (code <= 0) {
      return new ClusterFailedException(
          "Cannot %s: the cluster at %s does not answer: %s".formatted(what, where, rootOf(e)), e);
    }
    if (code == UNAUTHORIZED) {
      return new ClusterException(
          "Cannot %s: the cluster at %s rejects your credentials (401); renew them in KUBECONFIG"
              .formatted(what, where),
          e);
    }
    if (code == FORBIDDEN) {
      return new ClusterException(
          "Cannot %s: %s; ask an administrator to bind the role seeql-submitter in namespace %s to you"
              .formatted(what, messageOf(e), cluster.namespace()),
          e);
    }
    if (code == NOT_FOUND && UNKNOWN_KIND.stream().anyMatch(messageOf(e)::contains)) {
      return new ClusterException(
          "Cannot %s: the cluster at %s has no Argo Workflows; install it, or choose another --context"
              .formatted(what, where),
          e);
    }
    if (code == TOO_MANY || code >= FIRST_OF_SERVER) {
      return new ClusterFailedException(
          "Cannot %s: the cluster at %s fails (%d): %s".formatted(what, where, code, messageOf(e)),
          e);
    }
    return new ClusterException("Cannot %s: %s (%d)".formatted(what, messageOf(e), code), e);
  }

  /** The server's message. The library's message only repeats the request. */
  static String messageOf(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(status -> status.getMessage())
        .filter(message -> !message.isBlank())
        .orElseGet(() -> rootOf(e));
  }

  static String rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
  }
}
