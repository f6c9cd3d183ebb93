package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.planner.plan.ProgramCatalog;

/**
 * The manifests of a scheduled program: a ConfigMap with its text, and a CronWorkflow. Pure: the
 * result depends only on the program, the schedule and the submission.
 */
public final class ScheduleManifests {
  private static final long SECONDS_LATE = 600;
  private static final int RUNS_KEPT = 10;

  private final Schedule schedule;
  private final WorkflowManifests runs;
  private final String config;

  /**
   * Creates the manifests of a scheduled program.
   *
   * @param submission the settings of its runs; its name is ignored
   * @param text the text of the program of {@code graph}
   * @throws SubmissionException if the schedule's name is too long for the suffixes of its runs, or
   *     Spark would outlive a run that is replaced
   */
  public ScheduleManifests(
      Schedule schedule,
      Submission submission,
      String text,
      TaskGraph graph,
      ProgramCatalog programs) {
    this.schedule = requireNonNull(schedule, "schedule is null");
    int longest = Schedule.longestName(graph.tasks().size());
    if (schedule.name().length() > longest) {
      throw new SubmissionException(
          "Invalid --name: '%s' has %d characters (at most %d, because the ids of its runs add the time and the statement to it and have at most 32)"
              .formatted(schedule.name(), schedule.name().length(), longest));
    }
    requireThatSparkEnds(schedule.concurrency(), submission.operator());
    Map<String, String> data =
        new WorkflowManifests(
                submission.named(new RunNames.EachFiring(schedule.name())), text, graph, programs)
            .programData();
    this.config = schedule.name() + "-" + KubernetesNames.digest(Manifests.yaml(data));
    this.runs =
        new WorkflowManifests(
            submission.named(new RunNames.EachFiring(config)), text, graph, programs);
  }

  /** Argo ends a replaced run without its exit handler, which would stop Spark. */
  private static void requireThatSparkEnds(Concurrency concurrency, SparkOperator operator) {
    if (concurrency == Concurrency.REPLACE && operator != SparkOperator.NONE) {
      throw new SubmissionException(
          "Cannot use --concurrency=replace with --operator=%s: the earlier run's SparkApplication would continue next to the new run; use --concurrency=forbid, or --operator=none"
              .formatted(operator.name().toLowerCase(Locale.ROOT)));
    }
  }

  public Schedule schedule() {
    return schedule;
  }

  /** The objects in the order of creation. */
  public List<Object> objects() {
    return List.of(program(), cronWorkflow());
  }

  /** The ConfigMap with the program. It is immutable: another program has another name. */
  public ConfigMap program() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(config)
        .withNamespace(runs.submission().namespace())
        .withLabels(Labels.of(schedule, runs.submission()))
        .withAnnotations(annotations())
        .endMetadata()
        .withImmutable(true)
        .withData(runs.programData())
        .build();
  }

  /** The CronWorkflow. */
  public Object cronWorkflow() {
    CronWorkflow.Spec spec = spec();
    return new CronWorkflow(
        new ObjectMetaBuilder()
            .withName(schedule.name())
            .withNamespace(runs.submission().namespace())
            .withLabels(Labels.of(schedule, runs.submission()))
            .withAnnotations(annotations())
            .addToAnnotations(Labels.PROGRAM, runs.beginning())
            .addToAnnotations(Labels.DIGEST, KubernetesNames.digest(Manifests.yaml(spec)))
            .build(),
        spec);
  }

  private Map<String, String> annotations() {
    return runs.submission().settings().pods().annotations();
  }

  private CronWorkflow.Spec spec() {
    return new CronWorkflow.Spec(
        List.of(schedule.times().expression()),
        schedule.times().zone().getId(),
        schedule.concurrency().policy(),
        SECONDS_LATE,
        RUNS_KEPT,
        RUNS_KEPT,
        new ObjectMetaBuilder()
            .withLabels(Labels.of(schedule, runs.submission()))
            .withAnnotations(annotations())
            .addToAnnotations(Labels.PROGRAM, runs.beginning())
            .build(),
        runs.spec());
  }
}
