package org.seeql.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.launcher.manifest.ClaimMount;
import org.seeql.launcher.manifest.ExecutorShape;
import org.seeql.launcher.manifest.KubernetesNames;
import org.seeql.launcher.manifest.Manifests;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.manifest.Submission;
import org.seeql.launcher.manifest.SubmissionException;
import org.seeql.launcher.manifest.WorkflowManifests;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = {
      "Prints the Argo Workflow of a program.",
      "It has a task a statement, side by side where their tables allow it. This version makes the",
      "manifests (--dry-run) and leaves it to kubectl to create them. Needs no cluster and no",
      "database."
    })
final class SubmitCommand implements Callable<Integer> {
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Invocation invocation;

  @Parameters(paramLabel = "FILE", description = "The program, or - for standard input.")
  private String file;

  @Option(
      names = "--image",
      required = true,
      paramLabel = "IMAGE",
      description = "SeeQL's image: of drivers, executors and light steps.")
  private String image;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "seeql",
      description = "Where it runs. Default: ${DEFAULT-VALUE}.")
  private String namespace;

  @Option(
      names = "--operator",
      paramLabel = "OPERATOR",
      defaultValue = "kubeflow",
      description =
          "Who starts Spark: kubeflow or apache (an operator of the cluster), or none: the step"
              + " itself. Default: ${DEFAULT-VALUE}.")
  private SparkOperator operator;

  @Option(
      names = "--executors",
      paramLabel = "N",
      description = "Executors of a statement. Default: 2.")
  private int executors = ExecutorShape.DEFAULT.instances();

  @Option(
      names = "--executor-cores",
      paramLabel = "N",
      description = "Tasks at once in each. Default: 2.")
  private int executorCores = ExecutorShape.DEFAULT.cores();

  @Option(
      names = "--executor-core-request",
      paramLabel = "CORES",
      description = "What is reserved for a driver or executor, such as 500m. Default: its cores.")
  private String coreRequest;

  @Option(
      names = "--executor-memory",
      paramLabel = "SIZE",
      description = "Heap of each. Default: 1g.")
  private String memory = ExecutorShape.DEFAULT.memory();

  @Option(
      names = "--executor-memory-overhead",
      paramLabel = "SIZE",
      description = "Memory of each beside its heap: images and the model. Default: 2g.")
  private String memoryOverhead = ExecutorShape.DEFAULT.memoryOverhead();

  @Option(names = "--executor-gpus", paramLabel = "N", description = "GPUs of each. Default: 0.")
  private int gpus;

  @Option(
      names = "--pvc",
      paramLabel = "NAME:/MOUNT",
      description =
          "A claim with images or models, and where pods see it. May be given several times.")
  private List<String> claims = new ArrayList<>();

  @Option(
      names = "--database-secret",
      paramLabel = "NAME",
      defaultValue = "seeql-database",
      description = "A Secret with the keys url, user and password. Default: ${DEFAULT-VALUE}.")
  private String databaseSecret;

  @Option(
      names = "--allow-image",
      paramLabel = "IMAGE",
      description =
          "An image that TO RUN may start a container of, or the beginning of names up to a slash."
              + " May be given several times. Default: none.")
  private List<String> allowedImages = new ArrayList<>();

  @Option(names = "--priority", paramLabel = "CLASS", description = "PriorityClass of the pods.")
  private String priorityClass;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How often a statement that infers is tried again; it goes on where it ended. Default:"
              + " ${DEFAULT-VALUE}.")
  private int retries;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description = "After which the program is stopped, such as 90m or 6h.")
  private String deadline;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "Names this run: the same program and id have the same names. Default: the time.")
  private String runId;

  @Option(
      names = "--dry-run",
      description = "Prints every manifest, in the order in which to create them.")
  private boolean dryRun;

  SubmitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!dryRun) {
      throw new CommandRefusal(
          "Cannot submit to a cluster: this version only makes the manifests; add --dry-run, and"
              + " give what it prints to `kubectl create -f -`");
    }
    String program =
        file.equals("-")
            ? ProgramSource.ofInput(invocation).text()
            : ProgramSource.ofFile(invocation.resolve(file)).text();
    ProgramCatalog programs = ProgramCatalog.standard();
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(program), programs);
    List<Object> objects =
        new WorkflowManifests(submission(program), program, graph, programs).objects();
    invocation.console().out().println(Manifests.yaml(objects).stripTrailing());
    return ExitCode.DONE;
  }

  private Submission submission(String program) {
    String id = runId == null ? RUN_ID.format(Instant.now()) : runId;
    return new Submission(
        KubernetesNames.ofRun(program, id),
        namespace,
        image,
        operator,
        new ExecutorShape(
            executors,
            executorCores,
            Optional.ofNullable(coreRequest),
            memory,
            memoryOverhead,
            gpus),
        databaseSecret,
        allowedImages,
        claims.stream().map(ClaimMount::parse).toList(),
        Optional.ofNullable(priorityClass),
        retries,
        Optional.ofNullable(deadline).map(SubmitCommand::duration));
  }

  /** {@code 90s}, {@code 90m} or {@code 6h}. */
  private static Duration duration(String text) {
    try {
      return Duration.parse("PT" + text);
    } catch (DateTimeParseException e) {
      throw new SubmissionException(
          "Invalid --deadline: '%s' (such as 90m or 6h)".formatted(text), e);
    }
  }
}
