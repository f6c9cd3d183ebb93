package org.seeql.udf.model;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.seeql.udf.InferenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes a model in a separate process with limits on time, memory and processes. There is always a
 * result: a model that crashes, does not end or uses too much memory is refused.
 *
 * <p>This protects against faulty models. It does not protect against a model that takes over its
 * process, which then has this user's rights.
 */
public final class IsolatedProbe {
  private static final Logger LOG = LoggerFactory.getLogger(IsolatedProbe.class);

  /** Tasks in addition to those that already exist, because the limit applies to the user. */
  private static final int MORE_TASKS = 1_024;

  private static final int DEFAULT_TASKS = 8_192;

  /** Limits that the shell does not support are skipped. */
  private static final String WITH_LIMITS =
      """
      ulimit -c 0
      ulimit -t "$1" 2>/dev/null
      ulimit -d "$2" 2>/dev/null
      ulimit -u "$3" 2>/dev/null || ulimit -p "$3" 2>/dev/null
      shift 3
      exec "$@"
      """;

  /**
   * Variables that configure the libraries. No others are passed on, because they may hold secrets.
   */
  private static final List<String> VARIABLES =
      List.of("PATH", "HOME", "USER", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH", "LD_PRELOAD");

  private static final List<String> VARIABLE_PREFIXES =
      List.of("LC_", "DJL_", "PYTORCH_", "TORCH_", "ORT_", "OMP_", "MKL_", "KMP_", "MALLOC_");

  private static final List<String> PROPERTY_PREFIXES =
      List.of("ai.djl.", "DJL_", "PYTORCH_", "ENGINE_CACHE_DIR", "onnxruntime.", "jna.");

  /**
   * Restricts deserialization, because the answer comes from a process that a model may have taken
   * over.
   */
  private static final ObjectInputFilter ANSWERS =
      ObjectInputFilter.Config.createFilter(
          "maxbytes=268435456;maxdepth=20;maxarray=1000000;org.seeql.udf.*;org.seeql.udf.model.*;org.seeql.udf.layout.*;org.seeql.udf.image.*;org.seeql.udf.detect.ModelVariation;"
              + "java.util.CollSer;java.util.ImmutableCollections*;java.lang.Object;java.lang.Enum;java.lang.Number;"
              + "java.lang.Double;java.lang.Record;java.net.URI;java.time.Ser;java.time.Duration;!*");

  /** A shell adds this to the number of the signal that ended a process. */
  private static final int SIGNALLED = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 24,
          "SIGXCPU");

  private final String name;
  private final ProbeRequest request;
  private final ProbeLimits limits;

  private IsolatedProbe(String name, ProbeRequest request, ProbeLimits limits) {
    this.name = name;
    this.request = request;
    this.limits = limits;
  }

  /**
   * Describes a model like {@link ModelProbe#probe}.
   *
   * @throws InferenceException as in that method, and if the model crashes, does not end or uses
   *     too much memory
   */
  public static ModelDescription probe(
      String name, Map<Engine, Path> localFiles, Map<String, String> options) {
    Map<Engine, String> files = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<Engine, Path> file : localFiles.entrySet()) {
      files.put(file.getKey(), file.getValue().toAbsolutePath().toString());
      bytes += file.getValue().toFile().length();
    }
    return probe(ProbeRequest.of(name, files, options), ProbeLimits.of(bytes));
  }

  static ModelDescription probe(ProbeRequest request, ProbeLimits limits) {
    try {
      Path folder = Files.createTempDirectory("seeql-probe");
      try {
        return new IsolatedProbe(request.name(), request, limits).probeIn(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the process that tests a model", e);
    }
  }

  private ModelDescription probeIn(Path folder) throws IOException {
    long start = System.nanoTime();
    Path answer = folder.resolve("answer");
    Process process = start(folder, answer);
    NativeLines lines = new NativeLines(process.getErrorStream());
    boolean ended = false;
    try (ObjectOutputStream out = new ObjectOutputStream(process.getOutputStream())) {
      out.writeObject(request);
      out.flush();
      ended = process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InferenceException("Interrupted while model %s was tested".formatted(name), e);
    } catch (IOException e) {
      // the process ended before it read the request; its output shows why
      ended = waitBriefly(process);
    } finally {
      kill(process);
    }
    LOG.debug("Tested model {} in {} ms", name, (System.nanoTime() - start) / 1_000_000);
    if (Files.exists(answer)) {
      return described(read(answer), lines);
    }
    throw new InferenceException(withLines(reason(process, ended, lines), lines));
  }

  private static boolean waitBriefly(Process process) {
    try {
      return process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Process start(Path folder, Path answer) throws IOException {
    List<String> command = new ArrayList<>(shellWithLimits());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions(folder));
    command.add(ProbeMain.class.getName());
    command.add(answer.toString());
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    restrict(builder.environment());
    return builder.start();
  }

  /** The start of a command line that limits the process; empty on Windows. */
  private List<String> shellWithLimits() {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
      return List.of();
    }
    long processorSeconds =
        limits.time().toSeconds() * Runtime.getRuntime().availableProcessors() + 1;
    return List.of(
        "/bin/sh",
        "-c",
        WITH_LIMITS,
        "seeql-probe",
        String.valueOf(processorSeconds),
        String.valueOf(limits.memoryBytes() >> 10),
        String.valueOf(maxTasks()));
  }

  private static List<String> javaOptions(Path folder) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx1g",
                // a blank input has up to 2 GiB outside the heap
                "-XX:MaxDirectMemorySize=3g",
                "-Xms16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-CreateCoredumpOnCrash",
                "-Dfile.encoding=UTF-8",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djava.io.tmpdir=" + folder));
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (PROPERTY_PREFIXES.stream().anyMatch(key.toString()::startsWith)) {
                options.add("-D" + key + "=" + value);
              }
            });
    return options;
  }

  private static void restrict(Map<String, String> environment) {
    environment.keySet().removeIf(variable -> !isPassedOn(variable));
    // not an argument, because ONNX Runtime 1.29 fails with long command lines
    environment.put("CLASSPATH", ProbeClassPath.find());
    environment.put("ORT_DISABLE_TELEMETRY", "1");
  }

  private static boolean isPassedOn(String variable) {
    return VARIABLES.contains(variable)
        || VARIABLE_PREFIXES.stream().anyMatch(variable::startsWith);
  }

  /** Linux counts all tasks of a user, so the limit is the current number plus a reserve. */
  private static long maxTasks() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/loadavg"))) {
      String tasks = lines.findFirst().orElse("").split(" ", -1)[3].split("/", -1)[1];
      return Long.parseLong(tasks) + MORE_TASKS;
    } catch (IOException | RuntimeException e) {
      return DEFAULT_TASKS;
    }
  }

  /** Kills the process and all its descendants. */
  private static void kill(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProbeAnswer read(Path answer) {
    try (InputStream file = Files.newInputStream(answer);
        ObjectInputStream in = new ObjectInputStream(file)) {
      in.setObjectInputFilter(ANSWERS);
      return (ProbeAnswer) in.readObject();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      throw new InferenceException(
          "Cannot use model %s: the process that tested it returned no readable result"
              .formatted(name),
          e);
    }
  }

  private ModelDescription described(ProbeAnswer answer, NativeLines lines) {
    if (answer instanceof ProbeAnswer.Described described) {
      return described.model();
    }
    ProbeAnswer.Refused refused = (ProbeAnswer.Refused) answer;
    // names in the file may contain line breaks and terminal escape sequences
    String message = refused.message().replaceAll("\\p{Cc}+", " ");
    if (refused.ofLibrary()) {
      message = withLines(message, lines);
      if (RuntimeLibraryException.isOutOfMemory(message)) {
        message += "; " + memoryLimit();
      }
    }
    throw new InferenceException(message);
  }

  private String memoryLimit() {
    return "its test may use %s of memory (-D%s=N allows more memory)"
        .formatted(limits.memory(), ProbeLimits.MEBIBYTES);
  }

  private static String withLines(String message, NativeLines lines) {
    return lines.added(message).map(added -> message + "; printed: " + added).orElse(message);
  }

  private String reason(Process process, boolean ended, NativeLines lines) {
    if (!ended) {
      return "Cannot use model %s: its test did not end within %d s (-D%s=N allows more time)"
          .formatted(name, limits.time().toSeconds(), ProbeLimits.SECONDS);
    }
    Optional<String> signal =
        lines.crash().or(() -> Optional.ofNullable(SIGNALS.get(process.exitValue() - SIGNALLED)));
    return "Cannot use model %s: it ended the process that tested it (%s); %s"
        .formatted(name, signal.orElseGet(() -> "exit code " + process.exitValue()), memoryLimit());
  }

  /** Deletes as much as possible; a failure does not change the result. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("Cannot delete {}", folder, e);
    }
  }
}
