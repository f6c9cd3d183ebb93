package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.launcher.manifest.Concurrency;
import org.seeql.launcher.manifest.CronTimes;
import org.seeql.launcher.manifest.ExecutorShape;
import org.seeql.launcher.manifest.ImageStores;
import org.seeql.launcher.manifest.Schedule;
import org.seeql.launcher.manifest.ScheduleManifests;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.manifest.Submission;
import org.seeql.launcher.manifest.UserContainers;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;

@EnableKubernetesMockClient(crud = true, https = false)
class ScheduleRepositoryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

  KubernetesClient client;
  KubernetesMockServer server;

  private Cluster cluster;
  private ScheduleRepository schedules;

  @BeforeEach
  void open() {
    for (ObjectKind kind : List.of(ObjectKind.CRON_WORKFLOW, ObjectKind.WORKFLOW)) {
      server.expectCustomResource(
          new CustomResourceDefinitionContext.Builder()
              .withGroup(kind.context().getGroup())
              .withVersion(kind.context().getVersion())
              .withKind(kind.context().getKind())
              .withPlural(kind.plural())
              .withScope("Namespaced")
              .build());
    }
    cluster = new Cluster(client, "seeql");
    schedules = new ScheduleRepository(cluster);
  }

  private static ScheduleManifests manifests(String cron, String program) {
    return manifests(cron, program, Optional.empty());
  }

  private static ScheduleManifests manifests(
      String cron, String program, Optional<Duration> deadline) {
    ProgramCatalog programs = ProgramCatalog.standard();
    return new ScheduleManifests(
        new Schedule("nightly", CronTimes.parse(cron, "Europe/Berlin"), Concurrency.FORBID),
        new Submission(
            "any",
            "seeql",
            "registry.example/seeql:1",
            SparkOperator.KUBEFLOW,
            ExecutorShape.DEFAULT,
            "seeql-database",
            ImageStores.NONE,
            UserContainers.NONE,
            new Submission.Policy(Optional.empty(), 2, deadline),
            OptionSet.NONE),
        program,
        TaskGraph.of(ProgramParser.parse(program), programs),
        programs);
  }

  private List<ConfigMap> programs() {
    return client.configMaps().inNamespace("seeql").list().getItems();
  }

  private GenericKubernetesResource schedule() {
    return cluster.objects(ObjectKind.CRON_WORKFLOW).withName("nightly").get();
  }

  /** Creates a run, as Argo does when the schedule fires. */
  private void fire(String name, String phase) {
    cluster
        .objects(ObjectKind.WORKFLOW)
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("argoproj.io/v1alpha1")
                .withKind("Workflow")
                .withNewMetadata()
                .withName(name)
                .withLabels(
                    Map.of(
                        "app.kubernetes.io/managed-by", "seeql", "seeql.org/schedule", "nightly"))
                .endMetadata()
                .addToAdditionalProperties(
                    "spec",
                    Map.of(
                        "volumes",
                        List.of(
                            Map.of(
                                "name",
                                "program",
                                "configMap",
                                Map.of("name", programs().get(0).getMetadata().getName())))))
                .addToAdditionalProperties("status", Map.of("phase", phase))
                .build())
        .create();
  }

  @Test
  void createsAScheduleThatOwnsItsProgram() {
    Scheduling outcome = schedules.put(manifests("0 2 * * *", "SELECT 1"));

    assertThat(outcome).isEqualTo(Scheduling.CREATED);
    assertThat(programs())
        .singleElement()
        .satisfies(
            program -> {
              assertThat(program.getData()).containsEntry("program.sql", "SELECT 1");
              assertThat(program.getMetadata().getOwnerReferences())
                  .extracting(owner -> owner.getKind() + " " + owner.getName())
                  .containsExactly("CronWorkflow nightly");
            });
  }

  @Test
  void doesNotChangeAnIdenticalSchedule() {
    schedules.put(manifests("0 2 * * *", "SELECT 1"));
    String before = schedule().getMetadata().getResourceVersion();

    assertThat(schedules.put(manifests("0 2 * * *", "SELECT 1"))).isEqualTo(Scheduling.UNCHANGED);
    assertThat(schedule().getMetadata().getResourceVersion()).isEqualTo(before);
  }

  @Test
  void removesAnOptionThatIsNoLongerSet() {
    schedules.put(manifests("0 2 * * *", "SELECT 1", Optional.of(Duration.ofHours(1))));
    assertThat(Json.tree(schedule()).at("/spec/workflowSpec").has("activeDeadlineSeconds"))
        .isTrue();

    assertThat(schedules.put(manifests("0 2 * * *", "SELECT 1"))).isEqualTo(Scheduling.UPDATED);
    assertThat(Json.tree(schedule()).at("/spec/workflowSpec").has("activeDeadlineSeconds"))
        .isFalse();
    assertThat(schedules.put(manifests("0 2 * * *", "SELECT 1"))).isEqualTo(Scheduling.UNCHANGED);
  }

  @Test
  void replacesAChangedProgramExceptForExistingRuns() {
    schedules.put(manifests("0 2 * * *", "SELECT 1"));
    fire("nightly-1795485600", "Running");

    Scheduling outcome = schedules.put(manifests("0 3 * * *", "SELECT 2"));

    assertThat(outcome).isEqualTo(Scheduling.UPDATED);
    assertThat(programs())
        .extracting(program -> program.getData().get("program.sql"))
        .containsExactlyInAnyOrder("SELECT 1", "SELECT 2");
    assertThat(schedules.list(NOW))
        .singleElement()
        .extracting(ScheduleState::cron)
        .isEqualTo("0 3 * * *");
    cluster.objects(ObjectKind.WORKFLOW).withName("nightly-1795485600").delete();
    schedules.put(manifests("0 4 * * *", "SELECT 2"));
    assertThat(programs())
        .extracting(program -> program.getData().get("program.sql"))
        .containsExactly("SELECT 2");
  }

  @Test
  void staysSuspendedWhenItIsChanged() {
    schedules.put(manifests("0 2 * * *", "SELECT 1"));
    cluster
        .objects(ObjectKind.CRON_WORKFLOW)
        .withName("nightly")
        .edit(
            object -> {
              Map<String, Object> spec = object.get("spec");
              spec.put("suspend", true);
              object.setAdditionalProperty("spec", spec);
              return object;
            });

    schedules.put(manifests("0 3 * * *", "SELECT 1"));

    assertThat(schedules.list(NOW))
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.suspended()).isTrue();
              assertThat(state.next()).isEmpty();
            });
  }

  @Test
  void reportsTheNextRunAndTheEndOfTheLatestRun() {
    schedules.put(manifests("0 2 * * *", "SELECT 1"));
    fire("nightly-1795485600", "Failed");

    assertThat(schedules.list(NOW))
        .containsExactly(
            new ScheduleState(
                "nightly",
                "0 2 * * *",
                "Europe/Berlin",
                "Forbid",
                false,
                Optional.of(Instant.parse("2026-11-24T01:00:00Z")),
                Optional.empty(),
                Optional.of(
                    new ScheduledRun(
                        "nightly-1795485600", "Failed", programs().get(0).getMetadata().getName())),
                ""));
  }

  @Test
  void removalKeepsTheRunsAndTheirProgram() {
    schedules.put(manifests("0 2 * * *", "SELECT 1"));
    fire("nightly-1795485600", "Running");

    List<String> goingOn = schedules.remove("nightly");

    assertThat(goingOn).containsExactly("nightly-1795485600");
    assertThat(schedule()).isNull();
    assertThat(programs())
        .singleElement()
        .satisfies(
            program ->
                assertThat(program.getMetadata().getOwnerReferences())
                    .extracting(owner -> owner.getKind() + " " + owner.getName())
                    .containsExactly("Workflow nightly-1795485600"));
  }

  @Test
  void removalDeletesAnUnusedProgram() {
    schedules.put(manifests("0 2 * * *", "SELECT 1"));

    assertThat(schedules.remove("nightly")).isEmpty();
    assertThat(programs()).isEmpty();
  }

  @Test
  void refusesAnUnknownScheduleName() {
    schedules.put(manifests("0 2 * * *", "SELECT 1"));

    assertThatThrownBy(() -> schedules.remove("nightlyy"))
        .isInstanceOf(ClusterException.class)
        .hasMessage("Unknown schedule 'nightlyy'; known: nightly in namespace seeql");
  }

  @Test
  void doesNotChangeObjectsOfOthers() {
    cluster
        .objects(ObjectKind.CRON_WORKFLOW)
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("argoproj.io/v1alpha1")
                .withKind("CronWorkflow")
                .withNewMetadata()
                .withName("nightly")
                .endMetadata()
                .build())
        .create();

    assertThatThrownBy(() -> schedules.put(manifests("0 2 * * *", "SELECT 1")))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot schedule nightly: there is a CronWorkflow of this name in namespace "
                + "seeql that SeeQL did not create (it has no label "
                + "app.kubernetes.io/managed-by=seeql); choose another --name");
    assertThat(schedules.list(NOW)).isEmpty();
    assertThat(programs()).isEmpty();
  }
}
