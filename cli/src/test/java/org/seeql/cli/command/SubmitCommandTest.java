package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.cli.command.CommandLineRunner.Outcome;

class SubmitCommandTest {
  private static final String PROGRAM =
      "SELECT * FROM d.i TO RUN x CMD 'detect', '--model=m' INTO d.a; DROP TABLE d.i";

  @TempDir Path directory;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(directory.resolve("p.sql"), PROGRAM);
  }

  private Outcome submit(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "submit";
    arguments[1] = "p.sql";
    arguments[2] = "--image=registry.example/seeql:1";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return new CommandLineRunner(directory).run(arguments);
  }

  @Test
  void printsTheSameManifestsForTheSameRun() {
    Outcome first = submit("--dry-run", "--run-id=a", "--pvc=coco:/datasets");

    assertThat(first.exitCode()).isZero();
    assertThat(first.out())
        .startsWith("apiVersion: v1\nkind: ConfigMap\n")
        .contains("kind: Workflow\n", "claimName: coco\n", PROGRAM)
        .isEqualTo(submit("--dry-run", "--run-id=a", "--pvc=coco:/datasets").out())
        .isNotEqualTo(submit("--dry-run", "--run-id=b", "--pvc=coco:/datasets").out());
  }

  @Test
  void refusesAnUnknownProgramInTheShortForm() throws Exception {
    Files.writeString(
        directory.resolve("p.sql"), "SELECT * FROM d.i TO RUN detct WITH model = m INTO d.a");

    assertThat(submit("--dry-run", "--allow-image=detct").err())
        .isEqualTo(
            "Cannot submit the statement at line 1, column 1: Unknown program 'detct'; known: detect,"
                + " tag, embed, classify, run_yolov5.py, tf_object_detection.py,"
                + " yolov3_detect_variant.py, run_yolov5_variation.py; a program of an image needs"
                + " CMD instead of WITH\n");
  }

  @Test
  void submitsTheShortFormAsAProgramOfSeeql() throws Exception {
    Files.writeString(
        directory.resolve("p.sql"), "SELECT * FROM d.i TO RUN detect WITH model = m INTO d.a");

    assertThat(submit("--dry-run", "--run-id=a").out()).contains("kind: Workflow", "--statement");
  }

  @Test
  void printsTheManifestsAsOneJsonDocument() throws Exception {
    Outcome outcome = submit("--dry-run", "--run-id=a", "--format=json");

    JsonNode list = new ObjectMapper().readTree(outcome.out());
    assertThat(list.get("kind").asText()).isEqualTo("List");
    assertThat(list.get("items").findValuesAsText("kind"))
        .startsWith("ConfigMap")
        .contains("Workflow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "--pvc=coco | Invalid --pvc: 'coco' (expected NAME:/MOUNT, such as coco:/datasets/coco)",
        "--pvc=coco:/a/../b | Invalid folder of claim coco: '/a/../b' (an absolute path of letters,"
            + " digits, '.', '_' and '-')",
        "--namespace=A | Invalid namespace: 'A' (at most 63 of a-z, 0-9 and '-', beginning with a"
            + " letter)",
        "--executor-memory=4 | Invalid --executor-memory: '4' (such as 512m or 4g)",
        "--deadline=soon | Invalid --deadline: 'soon' (such as 90m or 6h)",
        "--executors=0 | Invalid --executors: 0 (at least 1)",
        "--ttl=0d | Invalid --ttl: '0d' (such as 12h or 30d)",
        "--ttl=soon | Invalid --ttl: 'soon' (such as 12h or 30d)",
        "--driver-memory=2 | Invalid --driver-memory: '2' (such as 512m or 4g)",
        "--step-cpus=1.5 | Invalid --step-cpus: '1.5' (such as 1 or 500m)"
      })
  void refusesOptionsThatAClusterWouldRefuse(String argument, String message) {
    Outcome outcome = submit("--dry-run", argument);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).isEqualTo(message + "\n");
  }

  @Test
  void reportsAllProblemsTogether() {
    Outcome outcome = submit("--dry-run", "--executors=0", "--pvc=coco", "--retries=-1");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            """
            Cannot submit the program: 3 problems
              - Invalid --executors: 0 (at least 1)
              - Invalid --pvc: 'coco' (expected NAME:/MOUNT, such as coco:/datasets/coco)
              - Invalid --retries: -1 (at least 0)
            """);
  }

  @Test
  void passesTheInferenceOptionsToEveryStatement() {
    Outcome outcome = submit("--dry-run", "--mode", "append", "--only_new", "--s3=coco-s3");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).containsSubsequence("- --mode=append\n", "- --only_new=true\n");
    assertThat(outcome.out()).contains("name: AWS_SECRET_ACCESS_KEY\n", "name: coco-s3\n");
    assertThat(submit("--dry-run", "--mode", "sometimes").err())
        .isEqualTo(
            "Cannot run the statement at line 1, column 1: Invalid value for mode: 'sometimes'"
                + " (error, append or overwrite); it comes from the command line (--mode)\n");
  }

  @Test
  void passesWhatAnAdministratorPrescribes() {
    Outcome outcome =
        submit(
            "--dry-run",
            "--driver-cores=2",
            "--conf=spark.task.maxFailures=8",
            "--step-memory=1g",
            "--image-pull-secret=key",
            "--image-pull-policy=Always",
            "--node-selector=pool=vision",
            "--toleration=dedicated=ml",
            "--label=team=vision",
            "--annotation=note=a b",
            "--service-account=driver=team",
            "--ttl=30d");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(
            "secondsAfterCompletion: 2592000\n",
            "imagePullSecrets:\n  - name: key\n",
            "pool: vision\n",
            "team: vision\n",
            "note: a b\n",
            "value: ml\n",
            "spark.task.maxFailures: \"8\"\n",
            "cores: 2\n",
            "serviceAccount: team\n",
            "imagePullPolicy: Always\n",
            "memory: 1Gi\n");
  }

  @Test
  void reportsWhereItSearchedForACluster() {
    Outcome outcome =
        new CommandLineRunner(directory)
            .with("KUBECONFIG", "nowhere")
            .run("submit", "p.sql", "--image=registry.example/seeql:1");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "Cannot find a cluster: KUBECONFIG is %s, which does not exist\n"
                .formatted(directory.resolve("nowhere")));
  }

  @Test
  void requiresAnImageForAProgramButNotToResume() {
    CommandLineRunner runner = new CommandLineRunner(directory).with("KUBECONFIG", "nowhere");

    assertThat(runner.run("submit", "p.sql", "--dry-run").err())
        .isEqualTo(
            "Missing --image: specify SeeQL's image, which the cluster must have or be able "
                + "to pull\n");
    assertThat(runner.run("submit", "--resume=seeql-1").err()).startsWith("Cannot find a cluster");
    assertThat(runner.run("submit", "--resume=seeql-1", "--dry-run").err())
        .isEqualTo("Cannot use --dry-run with --resume: the run has its own program and options\n");
    assertThat(runner.run("submit", "--resume=seeql-1", "--max-failed-images=5").err())
        .isEqualTo(
            "Cannot use --max-failed-images with --resume: the run has its own program and "
                + "options\n");
  }
}
