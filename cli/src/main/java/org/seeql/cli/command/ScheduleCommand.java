package org.seeql.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.ScheduleRepository;
import org.seeql.launcher.cluster.Scheduling;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.launcher.manifest.Concurrency;
import org.seeql.launcher.manifest.CronTimes;
import org.seeql.launcher.manifest.Schedule;
import org.seeql.launcher.manifest.ScheduleManifests;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "schedule",
    description = {
      "Runs a program on a cluster repeatedly, as an Argo CronWorkflow.",
      "An existing schedule with the same name is updated. With mode=append and",
      "only_new in its statements, a run infers only new images."
    })
final class ScheduleCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The program, or - for standard input.")
  private String file;

  @Option(
      names = "--cron",
      required = true,
      paramLabel = "EXPRESSION",
      description =
          "When it runs: minute, hour, day of the month, month, day of the week; such as"
              + " \"0 2 * * *\", every night at two. Or @hourly, @daily, @weekly, @monthly.")
  private String cron;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "The time zone of --cron, such as Europe/Berlin. Default: ${DEFAULT-VALUE}.")
  private String timezone;

  @Option(
      names = "--concurrency",
      paramLabel = "POLICY",
      defaultValue = "forbid",
      description =
          "If an earlier run is still running: forbid a new run, replace the earlier run, or "
              + "allow both. Default: ${DEFAULT-VALUE}.")
  private Concurrency concurrency;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The name of the schedule. The names of its runs start with it. Default: the name "
              + "of the file.")
  private String name;

  @Mixin private ClusterOptions cluster;
  @Mixin private SubmissionOptions options;

  @Mixin private SubmissionOutput output;

  ScheduleCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    options.applyProfile(spec, invocation);
    String program =
        file.equals("-")
            ? ProgramSource.ofInput(invocation).text()
            : ProgramSource.ofFile(invocation.resolve(file)).text();
    Schedule schedule = new Schedule(name(), CronTimes.parse(cron, timezone), concurrency);
    ProgramCatalog programs = ProgramCatalog.standard();
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(program), programs, options.inference());
    ScheduleManifests manifests =
        new ScheduleManifests(
            schedule,
            options.submission(schedule.name(), cluster.namespace(), invocation),
            program,
            graph,
            programs);
    if (output.isDryRun()) {
      output.print(manifests.objects(), invocation.console().out());
      return ExitCode.DONE;
    }
    try (Cluster open = cluster.open(invocation)) {
      Scheduling outcome = new ScheduleRepository(open).put(manifests);
      new SchedulePrinter(invocation.console(), cluster)
          .print(schedule, outcome, output.format(), Instant.now());
    }
    return ExitCode.DONE;
  }

  private String name() {
    if (name != null) {
      return name;
    }
    if (file.equals("-")) {
      throw new CommandRefusal(
          "Cannot schedule a program from standard input without a name: add --name=NAME");
    }
    String base = String.valueOf(Path.of(file).getFileName()).replaceFirst("\\.[^.]*$", "");
    return base.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
