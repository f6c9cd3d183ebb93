package org.seeql.launcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;

/**
 * Compares with golden files. {@code mvn test -Dseeql.golden=write} rewrites them. Review them
 * before the commit.
 */
class WorkflowManifestsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/org/seeql/launcher/manifest");

  private static final String PROGRAM =
      """
      -- every kind of step; `;` in a string is no end
      CREATE OR REPLACE MODEL yolo OPTIONS (uri = '/datasets/models/yolov5n.onnx', labels = 'coco80');
      SELECT * FROM coco.images WHERE file_name <> ';' TO RUN seeql/vision
        CMD "detect", "--model=yolo" INTO coco.objects;
      SELECT * FROM coco.images TO PREDICT coco.places.place USING places;
      SELECT * FROM coco.images WHERE id < 10
        TO RUN registry.example/team/report:v1 CMD "report.py", "--price=$(HOME)" INTO coco.a, coco.b;
      CREATE TABLE coco.joined AS
        SELECT o.label, p.place FROM coco.objects o JOIN coco.places p ON p.id = o.image_id;
      """;

  private static Submission submission(SparkOperator operator, ExecutorShape executors) {
    ImageStores claim =
        new ImageStores(List.of(new ClaimMount("coco", "/datasets")), Optional.empty());
    return submission(operator, executors, claim, OptionSet.NONE);
  }

  private static Submission submission(
      SparkOperator operator, ExecutorShape executors, ImageStores stores, OptionSet options) {
    return new Submission(
        KubernetesNames.ofRun(PROGRAM, "nightly-1"),
        "seeql",
        "registry.example/seeql:0.1.0",
        operator,
        executors,
        "seeql-database",
        stores,
        UserContainers.ofImages("registry.example/team/"),
        new Submission.Policy(Optional.of("batch"), 2, Optional.of(Duration.ofHours(6))),
        options);
  }

  private static String manifests(Submission submission, String program) {
    ProgramCatalog programs = ProgramCatalog.standard();
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(program), programs, submission.options());
    return Manifests.yaml(new WorkflowManifests(submission, program, graph, programs).objects());
  }

  private static void assertGolden(String name, String actual) throws IOException {
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("seeql.golden"))) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @EnumSource(SparkOperator.class)
  void createsAStepPerStatement(SparkOperator operator) throws IOException {
    String actual = manifests(submission(operator, ExecutorShape.DEFAULT), PROGRAM);

    assertGolden(operator.name().toLowerCase(java.util.Locale.ROOT) + ".yaml", actual);
  }

  @Test
  void requestsGpusWithSparkSettings() throws IOException {
    ExecutorShape gpus = new ExecutorShape(4, 4, Optional.of("500m"), "4g", "4g", 1);

    assertGolden("gpu.yaml", manifests(submission(SparkOperator.KUBEFLOW, gpus), PROGRAM));
  }

  @ParameterizedTest
  @EnumSource(
      value = SparkOperator.class,
      names = {"KUBEFLOW", "NONE"})
  void readsS3WithTheCredentialsOfASecret(SparkOperator operator) throws IOException {
    OptionSet options =
        OptionSet.NONE
            .with("image_dir", "s3a://coco/val2017", "the command line")
            .with("mode", "append", "the command line");
    ImageStores s3 = new ImageStores(List.of(), Optional.of("coco-s3"));
    String program = PROGRAM.replace("/datasets/models", "s3a://coco/models");

    String actual = manifests(submission(operator, ExecutorShape.DEFAULT, s3, options), program);

    assertGolden("s3-" + operator.name().toLowerCase(java.util.Locale.ROOT) + ".yaml", actual);
  }

  @Test
  void explainsOnSpark() throws IOException {
    String program =
        "SELECT * FROM coco.images WHERE id < 5 TO EXPLAIN yolo WITH label = 'dog' INTO coco.why;\n";

    String actual = manifests(submission(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT), program);

    assertGolden("explain.yaml", actual);
  }

  @Test
  void refusesOptionsThatTheClusterWouldReplace() {
    OptionSet options =
        OptionSet.NONE
            .with("image_dir", "/data/$(HOME)", "the command line")
            .with("path_column", "{{workflow.name}}", "the command line");

    assertThatThrownBy(
            () ->
                submission(
                    SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT, ImageStores.NONE, options))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            """
            Cannot submit the program: 2 problems
              - Invalid --image_dir: '/data/$(HOME)' contains '$(', which a cluster replaces; set the option in the program
              - Invalid --path_column: '{{workflow.name}}' contains '{{', which a cluster replaces; set the option in the program\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/seeql|/etc/seeql",
        "/etc|/etc",
        "/etc/seeql/images|/etc/seeql",
        "/opt/seeql|/opt/seeql",
        "/opt|/opt/seeql",
        "/opt/spark/jars|/opt/spark",
        "/proc|/proc",
        "/dev/shm|/dev",
        "/var/run/secrets/kubernetes.io|/var/run/secrets",
        "/run|/run/secrets",
        "/usr|/usr",
        "/tmp|/tmp"
      })
  void refusesAClaimThatWouldHideRequiredFolders(String path, String taken) {
    assertThatThrownBy(() -> new ClaimMount("a", path))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid folder of claim a: '%s' (pods need %s; mount the claim at another path, such as /data)"
                .formatted(path, taken));
  }

  @Test
  void refusesTwoClaimsAtOnePath() {
    List<ClaimMount> claims =
        List.of(
            new ClaimMount("a", "/data"),
            new ClaimMount("b", "/more"),
            new ClaimMount("c", "/data"));

    assertThatThrownBy(() -> new ImageStores(claims, Optional.empty()))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid --pvc: the claims a and c are both mounted at /data; a pod can have "
                + "only one volume at a path");
    assertThat(
            new ImageStores(
                    List.of(
                        new ClaimMount("a", "/data"),
                        new ClaimMount("a", "/data/more"),
                        new ClaimMount("b", "/optics"),
                        new ClaimMount("c", "/usr/share/images"),
                        new ClaimMount("d", "/tmp/images")),
                    Optional.empty())
                .claims())
        .hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CREATE MODEL m OPTIONS (uri = '/models/m.onnx') | line 1, column 1: uri '/models/m.onnx' is"
            + " in no folder that pods have (/datasets, /opt/models); add --pvc=NAME:/MOUNT, or"
            + " --in-image=FOLDER if the container image contains it",
        "CREATE MODEL m OPTIONS (uri = ['/datasets/m.onnx', 'file:///models/m.pt']) | line 1, column"
            + " 1: uri 'file:///models/m.pt' is in no folder that pods have (/datasets, /opt/models);"
            + " add --pvc=NAME:/MOUNT, or --in-image=FOLDER if the container image contains it",
        "CREATE MODEL m OPTIONS (uri = '/datasets/../etc/m.onnx') | line 1, column 1: uri"
            + " '/datasets/../etc/m.onnx' is in no folder that pods have (/datasets, /opt/models);"
            + " add --pvc=NAME:/MOUNT, or --in-image=FOLDER if the container image contains it",
        "CREATE MODEL m OPTIONS (uri = 'm.onnx') | line 1, column 1: uri 'm.onnx' is relative, and a"
            + " pod has no such path; use its absolute path in pods (--pvc=NAME:/MOUNT), or a URI",
        "CREATE MODEL m OPTIONS (uri = '/opt/models/m.onnx', labels = '/l.txt') | line 1, column 1:"
            + " labels '/l.txt' is in no folder that pods have (/datasets, /opt/models); add"
            + " --pvc=NAME:/MOUNT, or --in-image=FOLDER if the container image contains it",
        "SELECT 1 FROM t TO FIND a WITH image_dir = '/datasets2/x' | line 1, column 1: image_dir"
            + " '/datasets2/x' is in no folder that pods have (/datasets, /opt/models); add"
            + " --pvc=NAME:/MOUNT, or --in-image=FOLDER if the container image contains it",
        "SELECT 1 FROM t TO FIND a WITH device = 'gpu' | line 1, column 1: device 'gpu' needs"
            + " executors with a GPU; add --executor-gpus=1, or use device 'auto' or 'cpu'"
      })
  void refusesFilesAndDevicesThatPodsDoNotHave(String program, String message) {
    ImageStores stores =
        new ImageStores(
            List.of(new ClaimMount("coco", "/datasets")), Optional.empty(), List.of("/opt/models"));

    assertThatThrownBy(
            () ->
                manifests(
                    submission(
                        SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT, stores, OptionSet.NONE),
                    program))
        .isInstanceOf(SubmissionException.class)
        .hasMessage("Cannot submit the statement at " + message);
  }

  @Test
  void acceptsFilesAndDevicesThatPodsHave() {
    ImageStores stores =
        new ImageStores(
            List.of(new ClaimMount("coco", "/datasets")), Optional.empty(), List.of("/opt/models"));
    ExecutorShape gpu = new ExecutorShape(1, 1, Optional.empty(), "512m", "1g", 1);
    String program =
        """
        CREATE MODEL a OPTIONS (uri = ['/datasets/a.onnx', 's3a://b/a.pt'], labels = 'coco80');
        CREATE MODEL b OPTIONS (uri = '/opt/models/b.onnx', labels = '/datasets/b.txt');
        CREATE MODEL c OPTIONS (base = 'a', accuracy = 0.9);
        SELECT 1 FROM t TO FIND x WITH image_dir = '/datasets/x', device = 'gpu';
        """;

    assertThat(manifests(submission(SparkOperator.KUBEFLOW, gpu, stores, OptionSet.NONE), program))
        .contains("statement-4");
  }

  @Test
  void namesTheMissingClaimOfAProgramWithoutOne() {
    assertThatThrownBy(
            () ->
                manifests(
                    submission(
                        SparkOperator.KUBEFLOW,
                        ExecutorShape.DEFAULT,
                        ImageStores.NONE,
                        OptionSet.NONE),
                    "CREATE MODEL m OPTIONS (uri = '/m.onnx')"))
        .hasMessage(
            "Cannot submit the statement at line 1, column 1: uri '/m.onnx' is in no folder that"
                + " pods have (there is no --pvc); add --pvc=NAME:/MOUNT, or --in-image=FOLDER if"
                + " the container image contains it");
  }

  @Test
  void reportsAllProblemsOfOneStatement() {
    assertThatThrownBy(
            () -> manifestsOf("SELECT 1 FROM t TO FIND a WITH image_dir = '/x', device = 'gpu'"))
        .isInstanceOf(SubmissionException.class)
        .hasMessageStartingWith("Cannot submit the program: 2 problems\n")
        .hasMessageContaining("image_dir '/x' is in no folder that pods have (/datasets)")
        .hasMessageContaining("device 'gpu' needs executors with a GPU");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 511m | 1 | Invalid --executor-memory: '511m' (at least 512m, because Spark does not"
            + " start with less)",
        "2 | 1g   | 3 | Invalid --executor-gpus: 3 (at most --executor-cores, 2: a task uses one"
            + " GPU, and the others would be idle)"
      })
  void refusesExecutorsThatCannotStartOrHaveIdleGpus(
      int cores, String memory, int gpus, String message) {
    assertThatThrownBy(() -> new ExecutorShape(1, cores, Optional.empty(), memory, "1g", gpus))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(message);
  }

  @Test
  void refusesADriverThatCannotStart() {
    assertThatThrownBy(() -> new DriverShape(1, "256m", "1g"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid --driver-memory: '256m' (at least 512m, because Spark does not start with"
                + " less)");
  }

  @Test
  void refusesASelectThatIsTooLongForAVariable() {
    String program = "SELECT '%s' TO RUN registry.example/team/a CMD 'x', '%s'";

    assertThat(manifestsOf(program.formatted("a".repeat(131_040), "b".repeat(131_071))))
        .isNotEmpty();
    assertThatThrownBy(() -> manifestsOf(program.formatted("a".repeat(131_041), "b")))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Cannot submit the statement at line 1, column 1: its SELECT has 131,050 bytes, "
                + "and a container accepts at most 131,049 in one variable; keep long lists of "
                + "values in a table");
    assertThatThrownBy(() -> manifestsOf(program.formatted("a", "b".repeat(131_072))))
        .hasMessage(
            "Cannot submit the statement at line 1, column 1: an argument of CMD has 131,072 "
                + "bytes, and a container accepts at most 131,071 in one argument; keep long lists "
                + "of values in a table");
  }

  @Test
  void refusesAProgramThatIsTooLargeForAConfigMap() {
    assertThat(manifestsOf("SELECT '" + "a".repeat(1024 * 1024 - 9) + "'")).isNotEmpty();
    assertThatThrownBy(() -> manifestsOf("SELECT '" + "ä".repeat(524_284) + "'"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Cannot submit the program: it has 1,048,577 bytes, and a ConfigMap can contain "
                + "at most 1,048,576; keep long lists of values in a table, or split the program");
  }

  @Test
  void refusesMoreStatementsThanAWorkflowCanContain() {
    String statement = "SELECT * FROM t TO RUN x CMD 'detect', '--model=m' INTO d.t%d;";
    String program =
        IntStream.range(0, 400).mapToObj(statement::formatted).collect(Collectors.joining());

    assertThatThrownBy(() -> manifestsOf(program))
        .isInstanceOf(SubmissionException.class)
        .hasMessageMatching(
            "Cannot submit the program: its 400 statements make a Workflow of about [0-9,]+ "
                + "bytes with their states, and Argo stores at most 1,048,576; split the program");
  }

  private static String manifestsOf(String program) {
    return manifests(submission(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT), program);
  }

  @Test
  void executesTheStatementOfExplainAnalyze() {
    String workflow =
        manifests(
            submission(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT),
            "EXPLAIN ANALYZE SELECT * FROM t TO FIND person INTO d.people; SELECT * FROM d.people");

    assertThat(workflow).contains("kind: SparkApplication").contains("- statement-1\n");
  }

  @Test
  void derivesTheRunNameFromTheProgramAndTheId() {
    assertThat(KubernetesNames.ofRun("SELECT 1", "a"))
        .matches("seeql-[0-9a-f]{12}")
        .isEqualTo(KubernetesNames.ofRun("SELECT 1", "a"))
        .isNotEqualTo(KubernetesNames.ofRun("SELECT 1", "b"))
        .isNotEqualTo(KubernetesNames.ofRun("SELECT 2", "a"));
  }

  @Test
  void reportsAllUnsupportedStatementsTogether() {
    String program = "SET @a = 1; SELECT @a; SELECT 1 FROM t TO TRAIN a LABEL b INTO c";

    assertThatThrownBy(
            () -> manifests(submission(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT), program))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            """
            Cannot submit the program: 2 problems
              - Cannot submit the statement at line 1, column 13: it reads @a, which the statement at line 1, column 1 sets in another session, and on a cluster each statement has its own session
              - Cannot submit the statement at line 1, column 24: TO TRAIN runs only on one machine, because its model would be lost with the pod; execute it with `seeql run`\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1 FROM t TO RUN evil/image CMD 'x.py' | Cannot submit the statement at line 1,"
            + " column 1: the image evil/image is not allowed (allowed: registry.example/team/);"
            + " --allow-image=evil/image allows it; SeeQL itself runs detect, classify, tag, embed, run_yolov5.py,"
            + " run_yolov5_variation.py, yolov3_detect_variant.py, tf_object_detection.py",
        "SELECT 1 FROM t TO RUN x CMD 'detect', '--model=m', '--image_dir=photos' INTO d.a | "
            + "Cannot submit the statement at line 1, column 1: image_dir 'photos' is relative, "
            + "and a pod has no such path; use its absolute path in pods (--pvc=NAME:/MOUNT), or "
            + "a URI",
        "SELECT 1 FROM t TO RUN registry.example/team/a CMD '{{workflow.name}}' | Cannot "
            + "submit the statement at line 1, column 1: '{{workflow.name}}' contains '{{', which "
            + "Argo replaces and which cannot be escaped; pass it another way",
        "SELECT 1 FROM t TO RUN registry.example/team/a | Cannot submit the statement at "
            + "line 1, column 1: TO RUN registry.example/team/a has no program; add CMD "
            + "\"program\", …",
        "SELECT 1 FROM t TO FIND a WITH mode = append, only_new = true | Cannot run the statement at"
            + " line 1, column 1: only_new needs INTO: it excludes the images that the target has,"
            + " and there is no target",
        "EXPLAIN ANALYZE SELECT 1 FROM t TO RUN registry.example/team/a CMD 'x' | Cannot "
            + "submit the statement at line 1, column 1: EXPLAIN explains only programs that SeeQL "
            + "runs itself, not a program of registry.example/team/a",
        "EXPLAIN ANALYZE SELECT 1 FROM t TO TRAIN a LABEL b INTO c | Cannot submit the statement at"
            + " line 1, column 17: TO TRAIN runs only on one machine, because its model would be"
            + " lost with the pod; execute it with `seeql run`",
        "EXPLAIN SELECT 1 FROM t TO FIND a WITH min_f1 = 3 | Cannot run the statement at line 1,"
            + " column 9: Invalid value for min_f1: '3' (a number from 0 to 1); it comes from WITH",
        "SELECT 1 FROM t TO TRAIN a LABEL b INTO c | Cannot submit the statement at line 1, column"
            + " 1: TO TRAIN runs only on one machine, because its model would be lost with the pod;"
            + " execute it with `seeql run`",
        "CREATE TEMPORARY TABLE t (a INT) | Cannot submit the statement at line 1, column 1: "
            + "it creates a temporary table, which is dropped when its session ends, and on a cluster "
            + "each statement has its own session",
        "-- nothing | There is nothing to submit: the program has no statement"
      })
  void refusesUnsupportedStatements(String program, String message) {
    assertRefused(program, message);
  }

  @Test
  void refusesAnUnknownOption() {
    assertRefused(
        "SELECT 1 FROM t TO RUN x CMD 'detect', '--model=m', '--batch_sise=3'",
        "Cannot run the statement at line 1, column 1: "
            + NearestNames.unknown("option", "batch_sise", OptionTable.of(OptionScope.RUN).names())
            + "; it comes from CMD");
  }

  private static void assertRefused(String program, String message) {
    assertThatThrownBy(
            () -> manifests(submission(SparkOperator.KUBEFLOW, ExecutorShape.DEFAULT), program))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(message);
  }
}
