package org.seeql.launcher.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.seeql.launcher.cluster.RunObject.Task;

/** Streams the logs of a run's pods. */
public final class RunLogs {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Lines of Argo's executor between the lines of the program. */
  private static final Pattern ARGOS =
      Pattern.compile("time=\\S+ level=\\w+ msg=.*\\bargo=true\\b.*");

  private final Cluster cluster;
  private final Duration pause;

  public RunLogs(Cluster cluster) {
    this(cluster, PAUSE);
  }

  RunLogs(Cluster cluster, Duration pause) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.pause = requireNonNull(pause, "pause is null");
  }

  /** A pod whose log is requested. */
  private record Source(int statement, String name, Pod pod) {
    String uid() {
      return pod.getMetadata().getUid();
    }
  }

  /**
   * Prints the requested logs completely.
   *
   * @throws ClusterException if the run or the statement does not exist
   */
  public void print(LogRequest request, LogSink sink) {
    RunObject run = new RunReader(cluster).find(request.run());
    requireStatement(request, run);
    if (request.extent() == LogRequest.Extent.FOLLOW) {
      follow(request, sink);
    } else {
      present(request, run, sink);
    }
  }

  private static void requireStatement(LogRequest request, RunObject run) {
    List<Integer> known = run.tasks().stream().map(Task::statement).toList();
    if (request.statement().isPresent() && !known.contains(request.statement().getAsInt())) {
      throw new ClusterException(
          "Unknown statement '%d' of run %s; known: %s"
              .formatted(
                  request.statement().getAsInt(),
                  run.name(),
                  String.join(", ", known.stream().map(String::valueOf).toList())));
    }
  }

  private void present(LogRequest request, RunObject run, LogSink sink) {
    RunPods pods = pods(request);
    for (Task task : run.tasks()) {
      if (!request.wants(task.statement())) {
        continue;
      }
      List<Source> sources = sources(request, task, pods);
      if (sources.isEmpty()) {
        sink.note("Statement %d has no pod".formatted(task.statement()));
      }
      for (Source source : sources) {
        RunPods.waiting(source.pod())
            .ifPresentOrElse(
                reason ->
                    sink.note(
                        "Statement %d, %s: not started (%s)"
                            .formatted(source.statement(), source.name(), reason)),
                () -> copyPresent(source, sink));
      }
    }
  }

  private RunPods pods(LogRequest request) {
    return cluster.ask(
        "show the logs of " + request.run(), () -> RunPods.of(cluster, request.run()));
  }

  private static List<Source> sources(LogRequest request, Task task, RunPods pods) {
    List<Source> sources = new ArrayList<>();
    String name = task.work() == RunObject.Work.CONTAINER ? "step" : "driver";
    pods.working(task.statement(), task.work())
        .ifPresent(pod -> sources.add(new Source(task.statement(), name, pod)));
    if (request.part() == LogRequest.Part.ALL) {
      for (Pod pod : pods.executors(task.statement())) {
        sources.add(new Source(task.statement(), "executor " + RunPods.executorId(pod), pod));
      }
    }
    return sources;
  }

  private ContainerResource container(Pod pod) {
    return cluster
        .client()
        .pods()
        .inNamespace(cluster.namespace())
        .withName(pod.getMetadata().getName())
        .inContainer(RunPods.container(pod));
  }

  private void copyPresent(Source source, LogSink sink) {
    String what = "read the log of " + source.pod().getMetadata().getName();
    // Do not close the stream. It holds no resources at its end. The client would treat it as
    // abandoned and close the connection, which the next request may already use.
    InputStream log = cluster.ask(what, () -> container(source.pod()).getLogInputStream());
    try {
      copy(source, log, sink);
    } catch (IOException e) {
      throw new ClusterFailedException("Cannot " + what + ": " + e.getMessage(), e);
    }
  }

  private static void copy(Source source, InputStream log, LogSink sink) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(log, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!ARGOS.matcher(line).matches()) {
        synchronized (sink) {
          sink.line(source.statement(), source.name(), line);
        }
      }
    }
  }

  /** Starts one thread per pod, as soon as the main container of the pod has started. */
  private void follow(LogRequest request, LogSink sink) {
    Map<String, Thread> readers = new HashMap<>();
    while (true) {
      // read the run before the pods: if it has ended, the list of pods is complete
      RunObject run = new RunReader(cluster).find(request.run());
      RunPods pods = pods(request);
      for (Task task : run.tasks()) {
        if (request.wants(task.statement())) {
          for (Source source : sources(request, task, pods)) {
            if (RunPods.waiting(source.pod()).isEmpty()) {
              readers.computeIfAbsent(source.uid(), uid -> reader(source, sink));
            }
          }
        }
      }
      if (run.hasEnded() || isOver(request, run)) {
        readers.values().forEach(RunLogs::join);
        return;
      }
      RunWaiter.sleep(pause);
    }
  }

  /** Whether the requested statement has ended. False if all statements are requested. */
  private static boolean isOver(LogRequest request, RunObject run) {
    return request.statement().isPresent()
        && NodeStates.of(run)
            .map(nodes -> nodes.get(request.statement().getAsInt()))
            .filter(state -> RunObject.isEnd(state.phase()))
            .isPresent();
  }

  private Thread reader(Source source, LogSink sink) {
    Thread thread = new Thread(() -> copyAll(source, sink), "log-" + source.name());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void copyAll(Source source, LogSink sink) {
    try (LogWatch watch = container(source.pod()).watchLog()) {
      copy(source, watch.getOutput(), sink);
    } catch (IOException | KubernetesClientException e) {
      synchronized (sink) {
        sink.note(
            "Statement %d, %s: the log ends early: %s"
                .formatted(source.statement(), source.name(), e.getMessage()));
      }
    }
  }

  private static void join(Thread reader) {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFailedException("Interrupted while following logs", e);
    }
  }
}
