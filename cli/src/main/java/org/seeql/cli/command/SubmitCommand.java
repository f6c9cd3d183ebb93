package org.seeql.cli.command;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.RunResumer;
import org.seeql.launcher.cluster.RunResumer.HalfDone;
import org.seeql.launcher.cluster.Submitted;
import org.seeql.launcher.cluster.WorkflowSubmitter;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.launcher.manifest.KubernetesNames;
import org.seeql.launcher.manifest.Submission;
import org.seeql.launcher.manifest.WorkflowManifests;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "submit",
    description = {
      "Runs a program on a cluster, as an Argo Workflow.",
      "Each statement is a task. Independent tasks run concurrently. Prints the name of the run.",
      "The same program and --run-id identify the same run, which is not submitted twice."
    })
final class SubmitCommand implements Callable<Integer> {
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The options that are valid with {@code --resume}. The others are already fixed by the run. */
  private static final Set<String> OF_RESUMING =
      Set.of("--resume", "--again", "--watch", "--format", "--context", "--namespace", "--verbose");

  private final Invocation invocation;

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source;

  @Mixin private ClusterOptions cluster;
  @Mixin private SubmissionOptions options;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "The id of this run. The same program and id give the same name. Default: the "
              + "current time.")
  private String runId;

  @Option(
      names = "--watch",
      description = "Waits for the end of the run, as seeql wait does, and returns its exit code.")
  private boolean watch;

  @Mixin private SubmissionOutput output;

  SubmitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Option(
      names = "--again",
      description =
          "With --resume: also executes statements again that do not infer and may already "
              + "have been executed. Without it, the command refuses and lists them.")
  private boolean again;

  /** What to submit: a new program or an earlier run. */
  private static final class Source {
    @Parameters(paramLabel = "FILE", description = "The program, or - for standard input.")
    private String file;

    @Option(
        names = "--resume",
        paramLabel = "RUN",
        description =
            "Resumes a cancelled or failed run, with its own program and options, and "
                + "without the statements that succeeded.")
    private String run;
  }

  @Override
  public Integer call() {
    return source.run == null ? submit() : resume(source.run);
  }

  private int submit() {
    if (again) {
      throw new CommandRefusal(
          "Cannot use --again without --resume: no statement has been executed yet");
    }
    options.applyProfile(spec, invocation);
    String program =
        source.file.equals("-")
            ? ProgramSource.ofInput(invocation).text()
            : ProgramSource.ofFile(invocation.resolve(source.file)).text();
    String id = runId == null ? RUN_ID.format(Instant.now()) : runId;
    Submission submission =
        options.submission(KubernetesNames.ofRun(program, id), cluster.namespace(), invocation);
    ProgramCatalog programs = ProgramCatalog.standard();
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(program), programs, options.inference());
    WorkflowManifests manifests = new WorkflowManifests(submission, program, graph, programs);
    if (output.isDryRun()) {
      output.print(manifests.objects(), invocation.console().out());
      return ExitCode.DONE;
    }
    try (Cluster open = cluster.open(invocation)) {
      Submitted submitted = new WorkflowSubmitter(open).submit(submission, manifests);
      new SubmissionPrinter(invocation.console(), output.format(), cluster).print(submitted, id);
      return watched(open, submitted.run());
    }
  }

  private int resume(String run) {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(option -> !OF_RESUMING.contains(option))
        .findFirst()
        .ifPresent(
            option -> {
              throw new CommandRefusal(
                  "Cannot use %s with --resume: the run has its own program and options"
                      .formatted(option));
            });
    try (Cluster open = cluster.open(invocation)) {
      NavigableSet<Integer> done =
          new RunResumer(open).resume(run, again ? HalfDone.DONE_AGAIN : HalfDone.REFUSED);
      new SubmissionPrinter(invocation.console(), output.format(), cluster).printResumed(run, done);
      return watched(open, run);
    }
  }

  private int watched(Cluster open, String run) {
    return watch
        ? new RunFollower(invocation, output.format(), cluster.arguments())
            .follow(open, run, Optional.empty())
        : ExitCode.DONE;
  }
}
