package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seeql.launcher.manifest.Labels;
import org.seeql.launcher.manifest.WorkflowManifests;

/** An Argo Workflow, read as a run of a program. */
final class RunObject {
  /**
   * An annotation with the statements that an earlier attempt completed, which this attempt skips.
   */
  static final String DONE = "seeql.org/done";

  private static final Set<String> ENDS = Set.of("Succeeded", "Failed", "Error");
  private static final Pattern TASK = Pattern.compile("statement-([1-9][0-9]{0,8})");

  private final GenericKubernetesResource object;
  private final JsonNode tree;

  RunObject(GenericKubernetesResource object) {
    this.object = requireNonNull(object, "object is null");
    this.tree = Json.tree(object);
  }

  /** The kind of object that executes a statement. */
  enum Work {
    /** A SparkApplication of Kubeflow's operator. */
    KUBEFLOW,
    /** A SparkApplication of Apache's operator. */
    APACHE,
    /** A container: Spark's driver, SeeQL itself, or a user's program. */
    CONTAINER
  }

  /**
   * A statement of the program.
   *
   * @param infers whether the statement records its progress and skips completed parts when
   *     repeated
   */
  record Task(int statement, Work work, boolean infers) {}

  String name() {
    return object.getMetadata().getName();
  }

  GenericKubernetesResource object() {
    return object;
  }

  boolean isSeeqls() {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels != null && Labels.SEEQL.equals(labels.get(Labels.MANAGED_BY));
  }

  JsonNode spec() {
    return tree.path("spec");
  }

  JsonNode status() {
    return tree.path("status");
  }

  /** Argo's phase; {@code Pending} before Argo has processed the workflow. */
  String phase() {
    String phase = status().path("phase").asText();
    return phase.isEmpty() ? "Pending" : phase;
  }

  boolean hasEnded() {
    return isEnd(phase());
  }

  boolean hasSucceeded() {
    return isSuccess(phase());
  }

  static boolean isEnd(String phase) {
    return ENDS.contains(phase);
  }

  static boolean isSuccess(String phase) {
    return phase.equals("Succeeded");
  }

  /** Whether the run was cancelled. */
  boolean isStopped() {
    return !spec().path("shutdown").asText().isEmpty();
  }

  String message() {
    return status().path("message").asText();
  }

  String progress() {
    return status().path("progress").asText();
  }

  /** The start of the program. */
  String beginning() {
    return annotation(Labels.PROGRAM);
  }

  Optional<Instant> created() {
    return instant(object.getMetadata().getCreationTimestamp());
  }

  Optional<Instant> started() {
    return instant(status().path("startedAt").asText());
  }

  Optional<Instant> finished() {
    return instant(status().path("finishedAt").asText());
  }

  static Optional<Instant> instant(String text) {
    try {
      return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The ConfigMap with the program. */
  Optional<String> programConfig() {
    for (JsonNode volume : spec().path("volumes")) {
      if (volume.path("name").asText().equals("program")) {
        return Optional.of(volume.path("configMap").path("name").asText())
            .map(name -> name.replace("{{workflow.name}}", name()))
            .filter(name -> !name.isEmpty());
      }
    }
    return Optional.empty();
  }

  /** The statements that earlier attempts of the run completed. */
  NavigableSet<Integer> doneEarlier() {
    NavigableSet<Integer> done = new TreeSet<>();
    for (String number : annotation(DONE).split(",", -1)) {
      if (number.matches("[1-9][0-9]{0,8}")) {
        done.add(Integer.valueOf(number));
      }
    }
    return done;
  }

  private String annotation(String name) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(name))
        .orElse("");
  }

  /** The statements that this attempt executes, in order. */
  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (JsonNode task : template(spec().path("entrypoint").asText()).path("dag").path("tasks")) {
      statementOf(task.path("name").asText())
          .ifPresent(number -> tasks.add(task(number, template(task.path("template").asText()))));
    }
    return tasks;
  }

  private JsonNode template(String name) {
    for (JsonNode template : spec().path("templates")) {
      if (template.path("name").asText().equals(name)) {
        return template;
      }
    }
    return spec().path("none");
  }

  private static Task task(int statement, JsonNode template) {
    Work work = work(template);
    // a user's program has no args, whatever its command is
    boolean drives =
        template.at("/container/command/0").asText().equals(WorkflowManifests.SPARK_SUBMIT)
            && template.path("container").has("args");
    return new Task(statement, work, work != Work.CONTAINER || drives);
  }

  private static Work work(JsonNode template) {
    if (template.has("resource")) {
      return Work.KUBEFLOW;
    }
    return template.has("steps") ? Work.APACHE : Work.CONTAINER;
  }

  /** The statement number of a task name. Empty for tasks that are not statements. */
  static Optional<Integer> statementOf(String task) {
    Matcher matcher = TASK.matcher(task);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
