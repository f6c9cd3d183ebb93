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
import java.util.stream.Stream;
import org.seeql.launcher.manifest.WorkflowManifests;

/** Manages the ConfigMaps with the texts of programs. */
final class ProgramConfig {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private static final String CRON_WORKFLOW = "CronWorkflow";

  private final Cluster cluster;

  ProgramConfig(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /** Whether a ConfigMap was created or already existed. */
  enum Creation {
    NEW,
    /** An interrupted submission created it. */
    EXISTING
  }

  private Resource<ConfigMap> resource(String name) {
    return cluster.client().configMaps().inNamespace(cluster.namespace()).withName(name);
  }

  Optional<ConfigMap> find(String name) {
    return Optional.ofNullable(resource(name).get());
  }

  /** Creates the ConfigMap of a run that does not exist yet. */
  Creation create(ConfigMap program) {
    try {
      cluster.client().configMaps().inNamespace(cluster.namespace()).resource(program).create();
      return Creation.NEW;
    } catch (KubernetesClientException e) {
      if (e.getCode() != ClusterErrors.CONFLICT) {
        throw e;
      }
      requireSame(program, find(program.getMetadata().getName()).orElseThrow(() -> e));
      // no workflow uses it yet: the options of the later submission apply
      patch(program.getMetadata().getName(), Map.of("data", program.getData()));
      return Creation.EXISTING;
    }
  }

  /**
   * Repairs the ConfigMap of an existing workflow.
   *
   * @return whether it was already complete
   */
  boolean complete(ConfigMap program, GenericKubernetesResource workflow) {
    String name = program.getMetadata().getName();
    Optional<ConfigMap> found = find(name);
    if (found.isEmpty()) {
      create(program);
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
          "Cannot submit: the ConfigMap %s exists and contains another program; choose another --run-id"
              .formatted(program.getMetadata().getName()));
    }
  }

  /** The text of the program. Empty if there is none. */
  static String text(ConfigMap config) {
    return Optional.ofNullable(config.getData())
        .map(data -> data.get(WorkflowManifests.PROGRAM_KEY))
        .orElse("");
  }

  /** Makes a workflow the owner, so that the ConfigMap is deleted with it. */
  void give(String name, GenericKubernetesResource workflow) {
    own(name, List.of(reference(workflow)));
  }

  private void own(String name, List<OwnerReference> owners) {
    patch(name, Map.of("metadata", Map.of("ownerReferences", owners)));
  }

  private static OwnerReference reference(GenericKubernetesResource workflow) {
    return new OwnerReferenceBuilder()
        .withApiVersion(workflow.getApiVersion())
        .withKind(workflow.getKind())
        .withName(workflow.getMetadata().getName())
        .withUid(workflow.getMetadata().getUid())
        .build();
  }

  /**
   * Removes a workflow that is about to be deleted from the owners of a ConfigMap. Other owners
   * remain. If it was the only owner, the ConfigMap has none until {@link #inherit}.
   */
  void release(String name, GenericKubernetesResource workflow) {
    find(name)
        .map(config -> config.getMetadata().getOwnerReferences())
        .filter(owners -> owners.stream().anyMatch(owner -> isOf(owner, workflow)))
        .ifPresent(
            owners -> own(name, owners.stream().filter(owner -> !isOf(owner, workflow)).toList()));
  }

  /** Adds a workflow to the owners of a ConfigMap, unless a schedule owns it. */
  void inherit(String name, GenericKubernetesResource workflow) {
    List<OwnerReference> owners =
        find(name).map(config -> config.getMetadata().getOwnerReferences()).orElse(List.of());
    if (owners.stream().noneMatch(owner -> owner.getKind().equals(CRON_WORKFLOW))) {
      own(name, Stream.concat(owners.stream(), Stream.of(reference(workflow))).toList());
    }
  }

  private static boolean isOf(OwnerReference owner, GenericKubernetesResource workflow) {
    return owner.getUid().equals(workflow.getMetadata().getUid());
  }

  /** Creates or updates a ConfigMap that has no owner. */
  void store(ConfigMap config) {
    cluster
        .client()
        .configMaps()
        .inNamespace(cluster.namespace())
        .resource(config)
        .createOr(existing -> existing.patch(MERGE, config));
  }

  private void patch(String name, Map<String, ?> change) {
    resource(name).patch(MERGE, Json.text(change));
  }

  void delete(String name) {
    resource(name).delete();
  }
}
