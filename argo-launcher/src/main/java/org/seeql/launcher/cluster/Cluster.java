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
 * A namespace of a Kubernetes cluster, as somebody sees it. Thread-safe; closed by whoever opened
 * it.
 *
 * <p>What is asked of it ends with a {@link ClusterException} where the cluster refuses, and with a
 * {@link ClusterFailedException} where it does not answer.
 */
public final class Cluster implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;

  Cluster(KubernetesClient client, String namespace) {
    this.client = requireNonNull(client, "client is null");
    this.namespace = requireNonNull(namespace, "namespace is null");
  }

  /**
   * Finds the cluster, without asking it anything yet.
   *
   * @throws ClusterException if nothing says where it is
   */
  public static Cluster open(ClusterAddress address) {
    return new Cluster(
        new KubernetesClientBuilder().withConfig(Credentials.find(address)).build(),
        address.namespace());
  }

  public String namespace() {
    return namespace;
  }

  KubernetesClient client() {
    return client;
  }

  /** The objects of a kind that the cluster knows by a resource definition. */
  NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      objects(ObjectKind kind) {
    return client.genericKubernetesResources(kind.context()).inNamespace(namespace);
  }

  /**
   * Asks the cluster, and words what goes wrong.
   *
   * @param what the caller is about to do, after "Cannot"
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
