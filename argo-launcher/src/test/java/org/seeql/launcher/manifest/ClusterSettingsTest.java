package org.seeql.launcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;

/** What an administrator prescribes reaches every object. Compares with golden files. */
class ClusterSettingsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/org/seeql/launcher/manifest");

  private static final String PROGRAM =
      """
      SELECT * FROM coco.images TO RUN x CMD 'detect', '--model=yolo' INTO coco.objects;
      SELECT * FROM coco.images TO RUN registry.example/team/report:v1 CMD 'report' INTO coco.a;
      DROP TABLE coco.b;
      """;

  private static final ClusterSettings SETTINGS =
      new ClusterSettings(
          new DriverShape(2, "3g", "512m"),
          new SparkConf(
              new TreeMap<>(
                  Map.of(
                      "spark.sql.shuffle.partitions", "64",
                      "spark.executor.extraJavaOptions", "-XX:+UseG1GC",
                      "spark.plugins", "org.example.Plugin",
                      "spark.kubernetes.allocation.executor.timeout", "60s"))),
          new PodSettings(
              List.of("registry-key", "other-key"),
              Optional.of(PullPolicy.ALWAYS),
              new TreeMap<>(Map.of("example.org/pool", "vision")),
              List.of(
                  Tolerations.parse("nvidia.com/gpu:NoSchedule"),
                  Tolerations.parse("dedicated=ml")),
              new TreeMap<>(Map.of("cost-centre", "4711")),
              new TreeMap<>(Map.of("sidecar.istio.io/inject", "false"))),
          new StepResources(Optional.of("250m"), Optional.of("1g")),
          ServiceAccounts.of(Map.of("driver", "team-driver", "container", "team-container")),
          Optional.of(
              PodTemplate.parse(
                  "pod.yaml",
                  """
                  spec:
                    schedulerName: volcano
                    nodeSelector: {example.org/zone: a, example.org/pool: other}
                    tolerations: [{key: spot, operator: Exists}]
                    volumes: [{name: spark-local-dir-1, emptyDir: {sizeLimit: 10Gi}}]
                  """)),
          Duration.ofHours(12));

  private static Submission submission(SparkOperator operator) {
    return new Submission(
        new RunNames.OneRun(KubernetesNames.ofRun(PROGRAM, "1")),
        "seeql",
        "registry.example/seeql:0.1.0",
        operator,
        ExecutorShape.DEFAULT,
        "seeql-database",
        ImageStores.NONE,
        UserContainers.ofImages("registry.example/team/"),
        new Submission.Policy(Optional.empty(), 1, Optional.empty()),
        OptionSet.NONE,
        SETTINGS);
  }

  private static String manifests(SparkOperator operator) {
    Submission submission = submission(operator);
    ProgramCatalog programs = ProgramCatalog.standard();
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(PROGRAM), programs, OptionSet.NONE);
    return Manifests.yaml(new WorkflowManifests(submission, PROGRAM, graph, programs).objects());
  }

  @ParameterizedTest
  @EnumSource(SparkOperator.class)
  void reachEveryObject(SparkOperator operator) throws IOException {
    Path file = GOLDEN.resolve("settings-" + operator.name().toLowerCase(Locale.ROOT) + ".yaml");
    String actual = manifests(operator);

    if ("write".equals(System.getProperty("seeql.golden"))) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }

  @Test
  void addToSeeqlsOwnJavaOptionsAndPlugins() {
    assertThat(manifests(SparkOperator.KUBEFLOW))
        .contains("spark.executor.extraJavaOptions: -Dseeql.log.root=error -XX:+UseG1GC\n")
        .contains("spark.plugins: \"org.seeql.job.metrics.SeeqlPlugin,org.example.Plugin\"\n")
        .contains("spark.kubernetes.allocation.executor.timeout: 60s\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shuffle.partitions=2 | Invalid --conf: 'shuffle.partitions' is no setting of Spark; they"
            + " start with spark.",
        "spark.driver.memory=2g | Invalid --conf: spark.driver.memory is set with --driver-memory",
        "spark.kubernetes.node.selector.pool=a | Invalid --conf: spark.kubernetes.node.selector.pool"
            + " is set with --node-selector",
        "spark.authenticate=false | Invalid --conf: spark.authenticate cannot be changed: tasks"
            + " contain the password of the database",
        "spark.kubernetes.executor.podTemplateFile=a | Invalid --conf:"
            + " spark.kubernetes.executor.podTemplateFile cannot be changed: it would replace"
            + " SeeQL's template; --pod-template is merged with it",
        "spark.hadoop.fs.s3a.secret.key=x | Invalid --conf: spark.hadoop.fs.s3a.secret.key may be a"
            + " secret, and everyone who may read workflows could read it; store it in a Secret"
            + " (--s3, or spark.kubernetes.driver.secretKeyRef.NAME)",
        "spark.a={{workflow.name}} | Invalid --conf: '{{workflow.name}}' contains '{{', which a"
            + " cluster replaces; write another value",
        "spark.a | Invalid --conf: 'spark.a' (expected KEY=VALUE)"
      })
  void refuseSettingsOfSparkThatSeeqlNeeds(String text, String message) {
    assertThatThrownBy(() -> new SparkConf(KeyValues.parse("--conf", List.of(text))))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(message);
  }

  @Test
  void refuseASettingTwice() {
    assertThatThrownBy(() -> KeyValues.parse("--conf", List.of("spark.a=1", "spark.a=2")))
        .isInstanceOf(SubmissionException.class)
        .hasMessage("Invalid --conf: 'spark.a' is set more than once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "team                 | a b | Invalid --label: the value 'a b' of team (at most 63 letters,"
            + " digits, '.', '_' and '-')",
        "-team                | a   | Invalid --label: the key '-team' (expected [PREFIX/]NAME, such"
            + " as example.org/team; the name has at most 63 letters, digits, '.', '_' and '-')",
        "Example.org/team     | a   | Invalid --label: the key 'Example.org/team' (expected"
            + " [PREFIX/]NAME, such as example.org/team; the name has at most 63 letters, digits,"
            + " '.', '_' and '-')",
        "seeql.org/workflow   | a   | Invalid --label: the key 'seeql.org/workflow' is reserved for"
            + " SeeQL, Argo and Spark; choose another key",
        "spark-role           | a   | Invalid --label: the key 'spark-role' is reserved for SeeQL,"
            + " Argo and Spark; choose another key"
      })
  void refuseLabelsThatKubernetesOrSeeqlRefuses(String key, String value, String message) {
    assertThatThrownBy(() -> labelled(key, value))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(message);
  }

  private static PodSettings labelled(String key, String value) {
    return new PodSettings(
        List.of(),
        Optional.empty(),
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(Map.of(key, value)),
        new TreeMap<>());
  }

  @Test
  void refuseAnnotationsThatDoNotFitIntoAnObject() {
    String value = "a".repeat(128 * 1024);

    assertThatThrownBy(() -> MetadataKeys.requireAnnotations("--annotation", Map.of("k", value)))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid --annotation: the annotations have 131,073 bytes (at most 131,072, half of"
                + " what Kubernetes stores with an object)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "nvidia.com/gpu        | nvidia.com/gpu | Exists | -  | -",
        "dedicated=ml          | dedicated      | Equal  | ml | -",
        "a:NoExecute           | a              | Exists | -  | NoExecute",
        "a=b:PreferNoSchedule  | a              | Equal  | b  | PreferNoSchedule"
      })
  void tolerateTaints(String text, String key, String operator, String value, String effect) {
    assertThat(Tolerations.parse(text))
        .extracting("key", "operator", "value", "effect")
        .containsExactly(key, operator, value, effect);
  }

  @Test
  void refuseAnotherEffect() {
    assertThatThrownBy(() -> Tolerations.parse("a:Never"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid --toleration: 'a:Never' (expected KEY[=VALUE][:EFFECT], such as"
                + " dedicated=ml:NoSchedule; the effects are NoSchedule, PreferNoSchedule and"
                + " NoExecute)");
  }

  @Test
  void mergeTheTemplateWithSeeqls() {
    PodTemplateSpec driver = new PodParts(submission(SparkOperator.KUBEFLOW)).driver();

    assertThat(driver.getSpec().getSchedulerName()).isEqualTo("volcano");
    assertThat(driver.getSpec().getNodeSelector())
        .isEqualTo(Map.of("example.org/zone", "a", "example.org/pool", "vision"));
    assertThat(driver.getSpec().getTolerations())
        .extracting("key")
        .containsExactly("nvidia.com/gpu", "dedicated", "spot");
    assertThat(driver.getSpec().getVolumes())
        .extracting("name")
        .containsExactly("program", "spark-local-dir-1");
    assertThat(driver.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(driver.getSpec().getContainers()).hasSize(1);
    assertThat(SETTINGS.template().orElseThrow().patch(SETTINGS.pods()))
        .contains("\"key\":\"spot\"", "\"key\":\"nvidia.com/gpu\"", "\"key\":\"dedicated\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec: {securityContext: {}} | Invalid pod template pod.yaml: Unknown field"
            + " 'securityContext'; known: .*",
        "spec: {containers: []} | Invalid pod template pod.yaml: Unknown field 'containers'; known: .*",
        "spec: {afinity: {}} | Invalid pod template pod.yaml: Unknown field 'afinity'; known:"
            + " affinity, .*",
        "metadata: {} | Cannot read the pod template pod.yaml: it has no spec",
        "{metadata: {}, spec: {}} | Invalid pod template pod.yaml: metadata is not supported;"
            + " --label and --annotation set labels and annotations",
        "spec: {tolerations: a} | Invalid pod template pod.yaml: .*",
        "spec: {schedulerName: '{{workflow.name}}'} | Invalid --pod-template: .* contains '\\{\\{',"
            + " which a cluster replaces; write another value",
        "spec: [ | Cannot read YAML: .*"
      })
  void refuseTemplatesThatCannotBeMerged(String text, String message) {
    assertThatThrownBy(() -> PodTemplate.parse("pod.yaml", text))
        .isInstanceOf(SubmissionException.class)
        .hasMessageMatching(message);
  }

  @Test
  void refuseAnotherRoleOrPolicy() {
    assertThatThrownBy(() -> ServiceAccounts.of(Map.of("drivers", "a")))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid --service-account: Unknown role 'drivers'; known: driver, step, container,"
                + " executor");
    assertThatThrownBy(() -> PullPolicy.parse("sometimes"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage("Invalid --image-pull-policy: 'sometimes' (Always, IfNotPresent, Never)");
  }
}
