package org.seeql.launcher.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Argo's Workflow, as far as SeeQL uses it. Fields are those of argoproj.io/v1alpha1 in Argo
 * Workflows 4.1; what is empty is left out.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Workflow(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  static final String API_VERSION = "argoproj.io/v1alpha1";

  Workflow(ObjectMeta metadata, Spec spec) {
    this(API_VERSION, "Workflow", metadata, spec);
  }

  /** What runs. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Spec(
      String entrypoint,
      String onExit,
      String serviceAccountName,
      Optional<WorkflowMetadata> workflowMetadata,
      ObjectMeta podMetadata,
      PodSecurityContext securityContext,
      Optional<String> podPriorityClassName,
      OptionalLong activeDeadlineSeconds,
      TtlStrategy ttlStrategy,
      Metrics metrics,
      List<Volume> volumes,
      List<Template> templates) {}

  /** Labels that a workflow gets as it begins. */
  record WorkflowMetadata(Map<String, LabelSource> labelsFrom) {}

  /** A label whose value Argo computes. */
  record LabelSource(String expression) {}

  /** How long a workflow is kept after its end. */
  record TtlStrategy(long secondsAfterCompletion) {}

  /** What Argo's controller tells Prometheus of a workflow, beside what it tells of all. */
  record Metrics(List<Metric> prometheus) {}

  /**
   * A metric that is counted when the workflow has ended.
   *
   * @param name to which Argo adds {@code argo_workflows_} in front
   */
  record Metric(String name, String help, List<Label> labels, Histogram histogram) {}

  record Label(String key, String value) {}

  /**
   * How a metric's values are counted.
   *
   * @param value a number, as text
   * @param buckets upper bounds
   */
  record Histogram(String value, List<Integer> buckets) {}

  /** Something that can be done, as often as it is asked for. */
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

    /** Given up after so long, whether its pod has begun or not. */
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

    /** With a label on its pods. */
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

  /** What a template does, as the one field of the template that says so. */
  sealed interface Work {
    /** Tasks, each after those that it depends on. */
    record OfDag(Dag dag) implements Work {}

    /** Steps one after the other; those of one list side by side. */
    record OfSteps(List<List<Step>> steps) implements Work {
      static OfSteps inTurn(Step... steps) {
        return new OfSteps(Arrays.stream(steps).map(List::of).toList());
      }
    }

    record OfContainer(Container container) implements Work {}

    record OfResource(Resource resource) implements Work {}
  }

  /** What goes into a template, comes out of one, or is given to one. */
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

  /** Where an output comes from: a filter of jq over a resource. */
  record ValueFrom(String jqFilter) {}

  /** Tasks in the order of what they depend on. */
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
   * An object that kubectl makes.
   *
   * @param manifest YAML
   * @param successCondition over the object's fields; Argo takes a failure condition alone for
   *     success at the first look
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Resource(
      String action,
      Optional<Boolean> setOwnerReference,
      String successCondition,
      String failureCondition,
      String manifest) {}

  /**
   * When a step is tried again.
   *
   * @param limit a number, as text
   */
  record RetryStrategy(String limit, String retryPolicy, Backoff backoff) {}

  record Backoff(String duration, String factor, String maxDuration) {}
}
