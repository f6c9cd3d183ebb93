package org.seeql.cli.command;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.launcher.manifest.KubernetesNames;
import org.seeql.launcher.manifest.Manifests;
import org.seeql.launcher.manifest.Submission;
import org.seeql.launcher.manifest.WorkflowManifests;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private ClusterOptions cluster;
  @Mixin private SubmissionOptions options;

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
    String id = runId == null ? RUN_ID.format(Instant.now()) : runId;
    Submission submission =
        options.submission(KubernetesNames.ofRun(program, id), cluster.namespace());
    ProgramCatalog programs = ProgramCatalog.standard();
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(program), programs);
    List<Object> objects = new WorkflowManifests(submission, program, graph, programs).objects();
    invocation.console().out().println(Manifests.yaml(objects).stripTrailing());
    return ExitCode.DONE;
  }
}
