package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Objects;
import org.seeql.launcher.manifest.Labels;

/**
 * Manages the ConfigMaps with the programs of schedules. Each program has its own ConfigMap. It
 * exists as long as the schedule or an existing run needs it.
 */
final class SchedulePrograms {
  private final Cluster cluster;

  SchedulePrograms(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /** Creates a ConfigMap. Its name is derived from its content, so an existing one is equal. */
  void create(ConfigMap program) {
    try {
      cluster.client().configMaps().inNamespace(cluster.namespace()).resource(program).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != ClusterErrors.CONFLICT) {
        throw e;
      }
    }
  }

  /** Makes an object the owner of a program, which is then deleted with it. */
  void give(String program, HasMetadata owner) {
    own(program, List.of(reference(owner)));
  }

  private static OwnerReference reference(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .build();
  }

  private void own(String program, List<OwnerReference> owners) {
    resource(program)
        .edit(
            config ->
                new ConfigMapBuilder(config)
                    .editMetadata()
                    .withOwnerReferences(owners)
                    .endMetadata()
                    .build());
  }

  /** Deletes earlier programs of a schedule that no existing run uses. */
  void removeUnused(String schedule, String current, List<ScheduledRun> runs) {
    for (String program : of(schedule)) {
      if (!program.equals(current) && runs.stream().noneMatch(r -> r.program().equals(program))) {
        resource(program).delete();
      }
    }
  }

  /** Makes the runs the owners of their programs, and deletes the other programs. */
  void handOver(String schedule, List<ScheduledRun> runs) {
    for (String program : of(schedule)) {
      List<OwnerReference> owners =
          runs.stream()
              .filter(run -> run.program().equals(program))
              .map(run -> cluster.objects(ObjectKind.WORKFLOW).withName(run.name()).get())
              .filter(Objects::nonNull)
              .map(SchedulePrograms::reference)
              .toList();
      if (owners.isEmpty()) {
        resource(program).delete();
      } else {
        own(program, owners);
      }
    }
  }

  private List<String> of(String schedule) {
    return cluster
        .client()
        .configMaps()
        .inNamespace(cluster.namespace())
        .withLabel(Labels.SCHEDULE, schedule)
        .list()
        .getItems()
        .stream()
        .map(config -> config.getMetadata().getName())
        .toList();
  }

  private Resource<ConfigMap> resource(String name) {
    return cluster.client().configMaps().inNamespace(cluster.namespace()).withName(name);
  }
}
