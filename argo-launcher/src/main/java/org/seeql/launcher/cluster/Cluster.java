package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.function.Supplier;

/**
 * A namespace of a Kubernetes cluster, accessed with the user's credentials. Thread-safe; whoever
 * opens it closes it.
 *
 * <p>Requests throw a {@link ClusterException} if the cluster refuses them, and a {@link
 * ClusterFailedException} if it does not answer.
 */
public final class Cluster implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;

  Cluster(KubernetesClient client, String namespace) {
    this.client = requireNonNull(client, "client is null");
    this.namespace = requireNonNull(namespace, "namespace is null");
  }

  /**
   * Creates a client without sending a request.
   *
   * @throws ClusterException if no settings name a cluster
   */
  public static Cluster open(ClusterAddress address) {
    return new Cluster(
        new KubernetesClientBuilder().withConfig(ClusterCredentials.find(address)).build(),
        address.namespace());
  }

  public String namespace() {
    return namespace;
  }

  KubernetesClient client() {
    return client;
  }

  /** The objects of a custom resource kind. */
  NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      objects(ObjectKind kind) {
    return client.genericKubernetesResources(kind.context()).inNamespace(namespace);
  }

  /**
   * Sends a request and converts errors.
   *
   * @param what the operation, as the continuation of "Cannot"
   */
  <T> T ask(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw ClusterErrors.worded(this, what, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
