package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.launcher.manifest.Labels;
import org.seeql.launcher.manifest.Manifests;
import org.seeql.launcher.manifest.ScheduleManifests;
import org.seeql.planner.message.NearestNames;

/** The schedules of a namespace. Thread-safe, like its cluster. */
public final class ScheduleRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final SchedulePrograms programs;

  /** The caller closes the cluster. */
  public ScheduleRepository(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.programs = new SchedulePrograms(cluster);
  }

  /**
   * Creates a schedule, or changes the existing one of this name. A suspended schedule stays
   * suspended. A current run continues with its own program.
   *
   * @throws ClusterException if another object has the name, or the cluster refuses the change
   */
  public Scheduling put(ScheduleManifests manifests) {
    String name = manifests.schedule().name();
    return cluster.ask("schedule " + name, () -> put(name, manifests));
  }

  private Scheduling put(String name, ScheduleManifests manifests) {
    GenericKubernetesResource wanted =
        Serialization.unmarshal(
            Manifests.yaml(List.of(manifests.cronWorkflow())), GenericKubernetesResource.class);
    Optional<GenericKubernetesResource> found = find(name);
    if (found.isEmpty()) {
      programs.create(manifests.program());
      programs.give(manifests.program().getMetadata().getName(), create(wanted));
      return Scheduling.CREATED;
    }
    ScheduleObject earlier = new ScheduleObject(found.get());
    if (!earlier.isSeeqls()) {
      throw new ClusterException(
          "Cannot schedule %s: there is a CronWorkflow of this name in namespace %s that SeeQL did not create (it has no label %s=%s); choose another --name"
              .formatted(name, cluster.namespace(), Labels.MANAGED_BY, Labels.SEEQL));
    }
    programs.create(manifests.program());
    JsonNode wantedTree = JSON.valueToTree(wanted);
    Scheduling outcome = Scheduling.UNCHANGED;
    GenericKubernetesResource current = found.get();
    // compare the digest and the content, because a user may have edited the object
    boolean same =
        ObjectTree.isCreatedFrom(JSON.valueToTree(current), wantedTree)
            && ObjectTree.holds(earlier.spec(), wantedTree.path("spec"));
    if (!same) {
      current = update(name, wanted);
      outcome = Scheduling.UPDATED;
    }
    programs.give(manifests.program().getMetadata().getName(), current);
    programs.removeUnused(name, manifests.program().getMetadata().getName(), runsOf(name));
    return outcome;
  }

  private GenericKubernetesResource create(GenericKubernetesResource wanted) {
    return cluster
        .objects(ObjectKind.CRON_WORKFLOW)
        .resource(wanted)
        .fieldValidation(Validation.STRICT)
        .create();
  }

  private GenericKubernetesResource update(String name, GenericKubernetesResource wanted) {
    return cluster
        .objects(ObjectKind.CRON_WORKFLOW)
        .withName(name)
        .edit(
            current -> {
              Map<String, Object> spec =
                  new LinkedHashMap<>(wanted.<Map<String, Object>>get("spec"));
              if (new ScheduleObject(current).isSuspended()) {
                spec.put("suspend", true);
              }
              current.setAdditionalProperty("spec", spec);
              current.getMetadata().setAnnotations(wanted.getMetadata().getAnnotations());
              current.getMetadata().setLabels(wanted.getMetadata().getLabels());
              return current;
            });
  }

  private Optional<GenericKubernetesResource> find(String name) {
    return Optional.ofNullable(cluster.objects(ObjectKind.CRON_WORKFLOW).withName(name).get());
  }

  /** All schedules of the namespace, by name. */
  public List<ScheduleState> list(Instant now) {
    return cluster.ask(
        "list the schedules of namespace " + cluster.namespace(),
        () ->
            objects().stream()
                .map(schedule -> schedule.state(runsOf(schedule.name()), now))
                .sorted(Comparator.comparing(ScheduleState::name))
                .toList());
  }

  private List<ScheduleObject> objects() {
    return cluster
        .objects(ObjectKind.CRON_WORKFLOW)
        .withLabel(Labels.MANAGED_BY, Labels.SEEQL)
        .list()
        .getItems()
        .stream()
        .map(ScheduleObject::new)
        .toList();
  }

  /** The existing runs of a schedule, latest first. */
  private List<ScheduledRun> runsOf(String schedule) {
    return cluster
        .objects(ObjectKind.WORKFLOW)
        .withLabel(Labels.SCHEDULE, schedule)
        .list()
        .getItems()
        .stream()
        .sorted(
            Comparator.comparing(
                    (GenericKubernetesResource run) -> run.getMetadata().getCreationTimestamp())
                .reversed())
        .map(ScheduleRepository::run)
        .toList();
  }

  private static ScheduledRun run(GenericKubernetesResource workflow) {
    JsonNode tree = JSON.valueToTree(workflow);
    String phase = tree.path("status").path("phase").asText();
    String program = "";
    for (JsonNode volume : tree.path("spec").path("volumes")) {
      if (volume.path("name").asText().equals("program")) {
        program = volume.path("configMap").path("name").asText();
      }
    }
    return new ScheduledRun(
        workflow.getMetadata().getName(), phase.isEmpty() ? "Pending" : phase, program);
  }

  /**
   * Deletes a schedule. Its runs remain, and current runs continue.
   *
   * @return the current runs
   * @throws ClusterException if the schedule does not exist
   */
  public List<String> remove(String name) {
    return cluster.ask("unschedule " + name, () -> removeIt(name));
  }

  private List<String> removeIt(String name) {
    if (find(name).map(ScheduleObject::new).filter(ScheduleObject::isSeeqls).isEmpty()) {
      List<String> known = objects().stream().map(ScheduleObject::name).sorted().toList();
      String where = " in namespace " + cluster.namespace();
      throw new ClusterException(
          known.isEmpty()
              ? "Unknown schedule '%s': there is none%s".formatted(name, where)
              : NearestNames.unknown("schedule", name, known) + where);
    }
    List<ScheduledRun> runs = runsOf(name);
    // before deleting the schedule: otherwise its programs are deleted while runs still read them
    programs.handOver(name, runs);
    cluster
        .objects(ObjectKind.CRON_WORKFLOW)
        .withName(name)
        .withPropagationPolicy(DeletionPropagation.ORPHAN)
        .delete();
    return runs.stream().filter(run -> !run.hasEnded()).map(ScheduledRun::name).toList();
  }
}
