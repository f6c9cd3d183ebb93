package org.seeql.launcher.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/**
 * Argo's CronWorkflow, with the fields that SeeQL uses. Source: argoproj.io/v1alpha1 in Argo
 * Workflows 4.1. Empty fields are omitted.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record CronWorkflow(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  CronWorkflow(ObjectMeta metadata, Spec spec) {
    this(Workflow.API_VERSION, "CronWorkflow", metadata, spec);
  }

  /**
   * The firing times and the workflow that each firing starts.
   *
   * @param startingDeadlineSeconds how late a firing may start that Argo missed
   * @param workflowMetadata of every run
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Spec(
      List<String> schedules,
      String timezone,
      String concurrencyPolicy,
      long startingDeadlineSeconds,
      int successfulJobsHistoryLimit,
      int failedJobsHistoryLimit,
      ObjectMeta workflowMetadata,
      Workflow.Spec workflowSpec) {}
}
