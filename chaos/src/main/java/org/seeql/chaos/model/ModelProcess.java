package org.seeql.chaos.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.seeql.chaos.Workplace;

/** A process that runs {@link ModelWorker}. The caller that starts it closes it. */
final class ModelProcess implements AutoCloseable {
  private final Process process;
  private final PrintWriter statements;
  private final BufferedReader answers;
  private final ExecutorService reader = Executors.newSingleThreadExecutor();

  private ModelProcess(Process process) {
    this.process = process;
    this.statements = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ModelProcess start(Workplace place, Path cache) throws IOException {
    Path arguments = place.folder().resolve("worker.arguments");
    // pass arguments in a file: ONNX Runtime crashes in a process with a long command line
    Files.writeString(
        arguments,
        "-cp\n\"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Dlog4j2.configurationFile=" + place.root().resolve("chaos/log4j2.properties"),
            "@" + arguments,
            ModelWorker.class.getName(),
            place.connector().url(),
            place.connector().user(),
            cache.toString());
    builder.environment().put("SEEQL_DATABASE_PASSWORD", place.connector().password());
    builder.environment().put("SEEQL_HOME", place.root().toString());
    builder
        .directory(place.folder().toFile())
        .redirectError(
            ProcessBuilder.Redirect.appendTo(place.folder().resolve("output/worker.txt").toFile()));
    return new ModelProcess(builder.start());
  }

  /**
   * Sends a statement and waits for the answer.
   *
   * @return empty if the process ended instead
   * @throws TimeoutException if there was neither an answer nor an end in time
   */
  Optional<String> execute(String sql, Duration timeout)
      throws InterruptedException, TimeoutException {
    statements.println(sql);
    Future<String> answer = reader.submit(answers::readLine);
    try {
      return Optional.ofNullable(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    reader.shutdownNow();
  }
}
