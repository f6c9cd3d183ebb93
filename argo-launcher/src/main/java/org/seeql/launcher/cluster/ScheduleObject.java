package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.launcher.manifest.CronTimes;
import org.seeql.launcher.manifest.Labels;
import org.seeql.launcher.manifest.SubmissionException;

/** An Argo CronWorkflow, read as the schedule of a program. */
final class ScheduleObject {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GenericKubernetesResource object;
  private final JsonNode tree;

  ScheduleObject(GenericKubernetesResource object) {
    this.object = requireNonNull(object, "object is null");
    this.tree = JSON.valueToTree(object);
  }

  String name() {
    return object.getMetadata().getName();
  }

  boolean isSeeqls() {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels != null && Labels.SEEQL.equals(labels.get(Labels.MANAGED_BY));
  }

  boolean isSuspended() {
    return spec().path("suspend").asBoolean();
  }

  JsonNode spec() {
    return tree.path("spec");
  }

  /** The schedule and the status of its latest run. */
  ScheduleState state(List<ScheduledRun> runs, Instant now) {
    List<String> expressions = new ArrayList<>();
    spec().path("schedules").forEach(expression -> expressions.add(expression.asText()));
    String zone = spec().path("timezone").asText();
    Optional<Instant> last = instant(tree.path("status").path("lastScheduledTime").asText());
    return new ScheduleState(
        name(),
        String.join(", ", expressions),
        zone,
        spec().path("concurrencyPolicy").asText(),
        isSuspended(),
        isSuspended() ? Optional.empty() : next(expressions, zone, now),
        last,
        runs.stream().findFirst(),
        problem());
  }

  private static Optional<Instant> next(List<String> expressions, String zone, Instant now) {
    try {
      return expressions.stream()
          .map(expression -> CronTimes.parse(expression, zone.isEmpty() ? "UTC" : zone))
          .flatMap(times -> times.next(now).stream())
          .sorted()
          .findFirst();
    } catch (SubmissionException e) {
      return Optional.empty(); // not created by SeeQL
    }
  }

  /** The problem that Argo reports. */
  private String problem() {
    for (JsonNode condition : tree.path("status").path("conditions")) {
      if (condition.path("status").asText().equals("True")) {
        return condition.path("message").asText();
      }
    }
    return "";
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
