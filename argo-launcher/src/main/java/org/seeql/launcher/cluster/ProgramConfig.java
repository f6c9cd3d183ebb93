package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.seeql.launcher.manifest.WorkflowManifests;

/** The ConfigMaps with the texts of programs. */
final class ProgramConfig {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final Cluster cluster;

  ProgramConfig(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /** Whether a ConfigMap had to be made. */
  enum Made {
    ANEW,
    /** A submission that had ended half way left it. */
    EARLIER
  }

  private Resource<ConfigMap> resource(String name) {
    return cluster.client().configMaps().inNamespace(cluster.namespace()).withName(name);
  }

  Optional<ConfigMap> find(String name) {
    return Optional.ofNullable(resource(name).get());
  }

  /** The ConfigMap of a run that is not there yet. */
  Made make(ConfigMap program) {
    try {
      cluster.client().configMaps().inNamespace(cluster.namespace()).resource(program).create();
      return Made.ANEW;
    } catch (KubernetesClientException e) {
      if (e.getCode() != ClusterErrors.CONFLICT) {
        throw e;
      }
      requireSame(program, find(program.getMetadata().getName()).orElseThrow(() -> e));
      // nothing runs of it yet: the options of the later submission hold
      patch(program.getMetadata().getName(), Map.of("data", program.getData()));
      return Made.EARLIER;
    }
  }

  /**
   * Makes what is missing of the ConfigMap of a workflow that is there.
   *
   * @return whether nothing was
   */
  boolean complete(ConfigMap program, GenericKubernetesResource workflow) {
    String name = program.getMetadata().getName();
    Optional<ConfigMap> found = find(name);
    if (found.isEmpty()) {
      make(program);
      give(name, workflow);
      return false;
    }
    requireSame(program, found.get());
    boolean owned =
        found.get().getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getUid().equals(workflow.getMetadata().getUid()));
    if (!owned) {
      give(name, workflow);
    }
    return owned;
  }

  private static void requireSame(ConfigMap program, ConfigMap found) {
    if (!Objects.equals(text(found), text(program))) {
      throw new ClusterException(
          "Cannot submit: the ConfigMap %s is there and holds another program; choose another --run-id"
              .formatted(program.getMetadata().getName()));
    }
  }

  /** The program itself; empty where there is none. */
  static String text(ConfigMap config) {
    return Optional.ofNullable(config.getData())
        .map(data -> data.get(WorkflowManifests.PROGRAM_KEY))
        .orElse("");
  }

  /** Makes a workflow the owner, so that the ConfigMap goes with it. */
  void give(String name, GenericKubernetesResource workflow) {
    OwnerReference owner =
        new OwnerReferenceBuilder()
            .withApiVersion(workflow.getApiVersion())
            .withKind(workflow.getKind())
            .withName(workflow.getMetadata().getName())
            .withUid(workflow.getMetadata().getUid())
            .build();
    patch(name, Map.of("metadata", Map.of("ownerReferences", List.of(owner))));
  }

  void patch(String name, Map<String, ?> change) {
    resource(name).patch(MERGE, Json.text(change));
  }

  void delete(String name) {
    resource(name).delete();
  }
}
