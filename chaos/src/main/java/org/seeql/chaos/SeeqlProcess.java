package org.seeql.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A SeeQL command in a separate process. Its output is written to a file. */
public final class SeeqlProcess {
  /** Exit codes 128 + SIGKILL and 128 + SIGTERM: the suite ended the process. */
  private static final List<Integer> KILLED = List.of(137, 143);

  private static final int SIGNALLED = 128;

  private final Process process;
  private final Path output;

  private SeeqlProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * The outcome of a command.
   *
   * @param output standard output and standard error
   */
  public record Outcome(int exitCode, String output) {
    public boolean isSuccess() {
      return exitCode == 0;
    }

    /** Whether the JVM crashed: by a signal that the suite did not send, or for lack of memory. */
    public boolean isCrash() {
      return (exitCode > SIGNALLED && !KILLED.contains(exitCode))
          || exitCode == 52
          || output.contains("A fatal error has been detected by the Java Runtime Environment");
    }

    /** The last lines of the output, for the report of a defect. */
    public String summary() {
      List<String> lines = output.strip().lines().toList();
      return "exit code "
          + exitCode
          + ": "
          + String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
  }

  static SeeqlProcess start(
      Path root, Path output, Map<String, String> environment, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(root.resolve("seeql").toString()));
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(output.getParent().toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    try {
      return new SeeqlProcess(builder.start(), output);
    } catch (IOException e) {
      throw new ChaosException("Cannot start ./seeql", e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its executor processes, if Spark started any. */
  public List<ProcessHandle> executors() {
    return process
        .descendants()
        .filter(
            p ->
                String.join(" ", p.info().arguments().orElse(new String[0]))
                    .contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() throws InterruptedException {
    end();
    process.waitFor();
  }

  /** Sends SIGKILL to the process and its executors. */
  void end() {
    List<ProcessHandle> executors = executors();
    process.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  /** Sends SIGSTOP. The process is suspended until {@link #wake}. */
  public void suspend() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  public void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  /** Waits for the end. After the patience it kills the process and returns an empty result. */
  public Optional<Outcome> await(Duration timeout) throws IOException, InterruptedException {
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    return Optional.of(new Outcome(process.exitValue(), text));
  }
}
