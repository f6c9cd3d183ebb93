package org.seeql.launcher.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.launcher.manifest.ClusterSettings;
import org.seeql.launcher.manifest.ExecutorShape;
import org.seeql.launcher.manifest.ImageStores;
import org.seeql.launcher.manifest.KubernetesNames;
import org.seeql.launcher.manifest.Labels;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.manifest.Submission;
import org.seeql.launcher.manifest.UserContainers;
import org.seeql.launcher.manifest.WorkflowManifests;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;

/** An API server that stores objects but runs nothing. */
final class MockCluster {
  static final String NAMESPACE = "vision";

  static final String PROGRAM =
      """
      CREATE OR REPLACE MODEL m OPTIONS (uri = 's3a://coco/models/secret-place.onnx');
      SELECT * FROM d.i TO RUN seeql/vision CMD "detect", "--model=m" INTO d.objects;
      CREATE TABLE d.found AS SELECT * FROM d.objects
      """;

  static final String RUN = KubernetesNames.ofRun(PROGRAM, "a");

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  MockCluster(KubernetesMockServer server, KubernetesClient client) {
    this.server = server;
    this.client = client;
  }

  Cluster cluster() {
    return new Cluster(client, NAMESPACE);
  }

  /** Adds the objects of k8s/base and of an administrator. */
  MockCluster withAll() {
    define(ObjectKind.WORKFLOW);
    define(ObjectKind.KUBEFLOW_APPLICATION);
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    for (String account :
        List.of("seeql-step", "seeql-container", "seeql-driver", "seeql-executor")) {
      client
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withName(account)
                  .withNamespace(NAMESPACE)
                  .endMetadata()
                  .build())
          .create();
    }
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("seeql-database")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withData(Map.of("url", "dQ==", "user", "dQ==", "password", "aHVudGVyMg=="))
                .build())
        .create();
    return this;
  }

  void define(ObjectKind kind) {
    APIResourceList known =
        new APIResourceListBuilder()
            .withGroupVersion(kind.apiVersion())
            .withResources(new APIResourceBuilder().withName(kind.plural()).build())
            .build();
    server.expect().get().withPath("/apis/" + kind.apiVersion()).andReturn(200, known).always();
  }

  Submitted submit(SparkOperator operator, ExecutorShape executors) {
    return submit(submission(operator, executors));
  }

  Submitted submit(ImageStores stores) {
    return submit(submission(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT, stores));
  }

  Submitted submit(ClusterSettings settings) {
    Submission like = submission(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT);
    return submit(
        new Submission(
            like.names(),
            like.namespace(),
            like.image(),
            like.operator(),
            like.executors(),
            like.databaseSecret(),
            like.stores(),
            like.containers(),
            like.policy(),
            like.options(),
            settings));
  }

  private Submitted submit(Submission submission) {
    return new WorkflowSubmitter(cluster()).submit(submission, manifests(submission, PROGRAM));
  }

  Submitted submit() {
    return submit(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT);
  }

  static Submission submission(SparkOperator operator, ExecutorShape executors) {
    return submission(operator, executors, ImageStores.NONE);
  }

  private static Submission submission(
      SparkOperator operator, ExecutorShape executors, ImageStores stores) {
    return new Submission(
        RUN,
        NAMESPACE,
        "registry.example/seeql:1",
        operator,
        executors,
        "seeql-database",
        stores,
        UserContainers.NONE,
        new Submission.Policy(Optional.empty(), 2, Optional.empty()),
        OptionSet.NONE);
  }

  static WorkflowManifests manifests(Submission submission, String program) {
    ProgramCatalog programs = ProgramCatalog.standard();
    return new WorkflowManifests(
        submission, program, TaskGraph.of(ProgramParser.parse(program), programs), programs);
  }

  GenericKubernetesResource workflow() {
    return cluster().objects(ObjectKind.WORKFLOW).withName(RUN).get();
  }

  ConfigMap config() {
    return client.configMaps().inNamespace(NAMESPACE).withName(RUN + "-program").get();
  }

  /** Merges a status into the workflow, as Argo does. */
  void setArgoStatus(String status) {
    cluster()
        .objects(ObjectKind.WORKFLOW)
        .withName(RUN)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + status + "}");
  }

  void make(ObjectKind kind, int statement, String status) {
    cluster()
        .objects(kind)
        .resource(
            Json.resource(
                parsed(
                    """
                    {"apiVersion": "%s", "kind": "SparkApplication", "metadata": {"name": "%s-%d",
                     "namespace": "%s", "labels": {"%s": "%s", "%s": "%d"}}, "status": %s}
                    """
                        .formatted(
                            kind.apiVersion(),
                            RUN,
                            statement,
                            NAMESPACE,
                            Labels.WORKFLOW,
                            RUN,
                            Labels.STATEMENT,
                            statement,
                            status))))
        .create();
  }

  /**
   * Adds a pod of a statement.
   *
   * @param role Spark's role; empty for a step of Argo
   */
  Pod pod(String name, int statement, String role, String container, String phase) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(NAMESPACE)
            .addToLabels(Labels.WORKFLOW, RUN)
            .addToLabels(Labels.STATEMENT, String.valueOf(statement))
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName(container)
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase(phase)
            .addNewContainerStatus()
            .withName(container)
            .endContainerStatus()
            .endStatus();
    if (!role.isEmpty()) {
      pod.editMetadata()
          .addToLabels("spark-role", role)
          .addToLabels("spark-exec-id", "1")
          .endMetadata();
    }
    return client.resource(pod.build()).create();
  }

  void log(String pod, String container, String text) {
    server
        .expect()
        .get()
        .withPath(
            "/api/v1/namespaces/%s/pods/%s/log?pretty=false&container=%s"
                .formatted(NAMESPACE, pod, container))
        .andReturn(200, text)
        .always();
  }

  private static JsonNode parsed(String json) {
    try {
      return Json.read(json.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
