package org.seeql.launcher.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Argo's Workflow, with the fields that SeeQL uses. Source: argoproj.io/v1alpha1 in Argo Workflows
 * 4.1. Empty fields are omitted.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Workflow(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  static final String API_VERSION = "argoproj.io/v1alpha1";

  Workflow(ObjectMeta metadata, Spec spec) {
    this(API_VERSION, "Workflow", metadata, spec);
  }

  /** The specification of a workflow. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Spec(
      String entrypoint,
      String onExit,
      String serviceAccountName,
      Optional<WorkflowMetadata> workflowMetadata,
      ObjectMeta podMetadata,
      PodSecurityContext securityContext,
      List<LocalObjectReference> imagePullSecrets,
      Map<String, String> nodeSelector,
      List<Toleration> tolerations,
      Optional<String> podSpecPatch,
      Optional<String> podPriorityClassName,
      OptionalLong activeDeadlineSeconds,
      TtlStrategy ttlStrategy,
      Metrics metrics,
      List<Volume> volumes,
      List<Template> templates) {}

  /** Labels that Argo adds when a workflow starts. */
  record WorkflowMetadata(Map<String, LabelSource> labelsFrom) {}

  /** A label whose value Argo computes. */
  record LabelSource(String expression) {}

  /** How long a workflow is kept after its end. */
  record TtlStrategy(long secondsAfterCompletion) {}

  /** Metrics of a workflow that Argo's controller exports, in addition to its default metrics. */
  record Metrics(List<Metric> prometheus) {}

  /**
   * A metric that is recorded when the workflow ends.
   *
   * @param name Argo adds the prefix {@code argo_workflows_}
   */
  record Metric(String name, String help, List<Label> labels, Histogram histogram) {}

  record Label(String key, String value) {}

  /**
   * A histogram of a metric's values.
   *
   * @param value a number, as text
   * @param buckets upper bounds
   */
  record Histogram(String value, List<Integer> buckets) {}

  /** A reusable unit of work. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Template(
      String name,
      Optional<ObjectMeta> metadata,
      Optional<String> serviceAccountName,
      Optional<Parameters> inputs,
      Optional<Parameters> outputs,
      @JsonUnwrapped Work work,
      Optional<RetryStrategy> retryStrategy,
      OptionalInt activeDeadlineSeconds) {
    Template(String name, Work work) {
      this(
          name,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          work,
          Optional.empty(),
          OptionalInt.empty());
    }

    Template withInput(Parameter input) {
      return new Template(
          name,
          metadata,
          serviceAccountName,
          Optional.of(Parameters.of(input)),
          outputs,
          work,
          retryStrategy,
          activeDeadlineSeconds);
    }

    Template withOutput(Parameter output) {
      return new Template(
          name,
          metadata,
          serviceAccountName,
          inputs,
          Optional.of(Parameters.of(output)),
          work,
          retryStrategy,
          activeDeadlineSeconds);
    }

    Template withAccount(String account) {
      return new Template(
          name,
          metadata,
          Optional.of(account),
          inputs,
          outputs,
          work,
          retryStrategy,
          activeDeadlineSeconds);
    }

    Template withRetries(Optional<RetryStrategy> retries) {
      return new Template(
          name,
          metadata,
          serviceAccountName,
          inputs,
          outputs,
          work,
          retries,
          activeDeadlineSeconds);
    }

    /** A copy with a deadline, which includes the time before the pod starts. */
    Template withDeadline(int seconds) {
      return new Template(
          name,
          metadata,
          serviceAccountName,
          inputs,
          outputs,
          work,
          retryStrategy,
          OptionalInt.of(seconds));
    }

    /** A copy with a label on its pods. */
    Template withLabel(String label, String value) {
      return new Template(
          name,
          Optional.of(new ObjectMetaBuilder().addToLabels(label, value).build()),
          serviceAccountName,
          inputs,
          outputs,
          work,
          retryStrategy,
          activeDeadlineSeconds);
    }
  }

  /** The work of a template, written as the one field that identifies its kind. */
  sealed interface Work {
    /** A graph of tasks with dependencies. */
    record OfDag(Dag dag) implements Work {}

    /** Consecutive groups of steps. The steps of one group run concurrently. */
    record OfSteps(List<List<Step>> steps) implements Work {
      static OfSteps inTurn(Step... steps) {
        return new OfSteps(Arrays.stream(steps).map(List::of).toList());
      }
    }

    record OfContainer(Container container) implements Work {}

    record OfResource(Resource resource) implements Work {}
  }

  /** The inputs, outputs or arguments of a template. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Parameters(List<Parameter> parameters) {
    static Parameters of(Parameter parameter) {
      return new Parameters(List.of(parameter));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Parameter(String name, String value, Optional<ValueFrom> valueFrom) {
    static Parameter named(String name) {
      return new Parameter(name, "", Optional.empty());
    }

    static Parameter of(String name, String value) {
      return new Parameter(name, value, Optional.empty());
    }

    static Parameter filtered(String name, String jqFilter) {
      return new Parameter(name, "", Optional.of(new ValueFrom(jqFilter)));
    }
  }

  /** The source of an output: a jq filter over a resource. */
  record ValueFrom(String jqFilter) {}

  /** Tasks with their dependencies. */
  record Dag(List<DagTask> tasks) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record DagTask(String name, String template, List<String> dependencies) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Step(String name, String template, Optional<Parameters> arguments, String when) {
    Step(String name, String template) {
      this(name, template, Optional.empty(), "");
    }
  }

  /**
   * An object that a step creates with kubectl.
   *
   * @param manifest YAML
   * @param successCondition over the object's fields; without it, Argo treats the first check that
   *     does not meet the failure condition as success
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Resource(
      String action,
      Optional<Boolean> setOwnerReference,
      String successCondition,
      String failureCondition,
      String manifest) {}

  /**
   * The retries of a step.
   *
   * @param limit a number, as text
   */
  record RetryStrategy(String limit, String retryPolicy, Backoff backoff) {}

  /**
   * The pauses between attempts: the duration, multiplied by the factor after each attempt, at most
   * the cap. Argo's field {@code maxDuration} is not set: it counts from the start of the first
   * attempt, so that a step that has run for longer than that would have no retry.
   */
  record Backoff(String duration, String factor, String cap) {}
}
