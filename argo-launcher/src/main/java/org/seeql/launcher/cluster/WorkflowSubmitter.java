package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.util.List;
import java.util.Optional;
import org.seeql.launcher.manifest.Labels;
import org.seeql.launcher.manifest.Manifests;
import org.seeql.launcher.manifest.Submission;
import org.seeql.launcher.manifest.WorkflowManifests;

/**
 * Creates the objects of a program on a cluster. Submitting the same run again changes nothing, or
 * completes an interrupted submission.
 *
 * <p>The program's ConfigMap is created before the Workflow, so that no pod waits for it. The
 * Workflow then owns the ConfigMap: they are deleted together.
 */
public final class WorkflowSubmitter {
  private final Cluster cluster;
  private final ProgramConfig config;

  public WorkflowSubmitter(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.config = new ProgramConfig(cluster);
  }

  /**
   * Submits a program.
   *
   * @param manifests of the submission
   * @throws ClusterException if the cluster lacks a requirement or refuses an object; then nothing
   *     remains
   */
  public Submitted submit(Submission submission, WorkflowManifests manifests) {
    List<Object> objects = manifests.objects();
    ConfigMap program = (ConfigMap) objects.get(0);
    ObjectNode workflow = Manifests.tree(objects.get(1));
    ClusterCheck.require(cluster, submission, workflow);
    return cluster.ask(
        "submit " + submission.name(), () -> submit(submission.name(), program, workflow));
  }

  private Submitted submit(String name, ConfigMap program, ObjectNode workflow) {
    Optional<GenericKubernetesResource> earlier = find(name);
    if (earlier.isPresent()) {
      return recognised(earlier.get(), program, workflow);
    }
    ProgramConfig.Creation made = config.create(program);
    try {
      GenericKubernetesResource created = create(workflow);
      config.give(program.getMetadata().getName(), created);
      return new Submitted(
          name,
          made == ProgramConfig.Creation.NEW
              ? Submitted.Outcome.CREATED
              : Submitted.Outcome.COMPLETED,
          phase(created),
          true);
    } catch (KubernetesClientException e) {
      if (e.getCode() == ClusterErrors.CONFLICT) {
        // a concurrent submission of the same run was faster
        return recognised(find(name).orElseThrow(() -> e), program, workflow);
      }
      if (made == ProgramConfig.Creation.NEW) {
        config.delete(program.getMetadata().getName());
      }
      throw e;
    }
  }

  private Optional<GenericKubernetesResource> find(String name) {
    return Optional.ofNullable(cluster.objects(ObjectKind.WORKFLOW).withName(name).get());
  }

  /**
   * Creates the workflow with strict validation, so that an unknown field is an error and not
   * ignored.
   */
  GenericKubernetesResource create(JsonNode workflow) {
    return cluster
        .objects(ObjectKind.WORKFLOW)
        .resource(Json.resource(workflow))
        .fieldValidation(Validation.STRICT)
        .create();
  }

  private Submitted recognised(
      GenericKubernetesResource earlier, ConfigMap program, ObjectNode workflow) {
    String name = earlier.getMetadata().getName();
    RunObject run = new RunObject(earlier);
    if (!run.isSeeqls()) {
      throw new ClusterException(
          "Cannot submit %s: there is a workflow of this name in namespace %s that SeeQL did not create (it has no label %s=%s)"
              .formatted(name, cluster.namespace(), Labels.MANAGED_BY, Labels.SEEQL));
    }
    boolean complete = config.complete(program, earlier);
    return new Submitted(
        name,
        complete ? Submitted.Outcome.ALREADY_THERE : Submitted.Outcome.COMPLETED,
        phase(earlier),
        ObjectTree.isCreatedFrom(Json.tree(earlier), workflow));
  }

  private static String phase(GenericKubernetesResource workflow) {
    return new RunObject(workflow).phase();
  }
}
