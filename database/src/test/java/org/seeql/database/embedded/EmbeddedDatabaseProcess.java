package org.seeql.database.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another process that uses a data directory until it receives a stop request or is killed. */
final class EmbeddedDatabaseProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final String url;

  private EmbeddedDatabaseProcess(Process process) throws IOException {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.url = output.readLine();
  }

  static EmbeddedDatabaseProcess start(Path directory) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new EmbeddedDatabaseProcess(
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedDatabaseProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/other-process.log")))
            .start());
  }

  /** The URL at which the process found the database. */
  String url() {
    return url;
  }

  void stop() throws IOException, InterruptedException {
    try (PrintWriter input =
        new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
      input.println("stop");
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The other process does not stop");
    }
  }

  /** Kills it like {@code kill -9}: no shutdown hook runs. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
  }

  public static void main(String[] arguments) throws IOException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]))) {
      System.out.println(database.connector().url());
      System.in.read();
    }
  }
}
