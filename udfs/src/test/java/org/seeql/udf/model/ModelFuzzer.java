package org.seeql.udf.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seeql.udf.InferenceException;

/**
 * Probes damaged ONNX and TorchScript files, as CREATE MODEL does, and counts the results. Whatever
 * a file does to the probing process, this process must get an answer.
 *
 * <p>{@code java -cp … org.seeql.udf.model.ModelFuzzer COUNT SEED [FOLDER_OF_MODELS …]}
 */
final class ModelFuzzer {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Path> models;
  private final Path folder;
  private final long seed;
  private final ConcurrentMap<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();

  /**
   * @param folder for damaged files; those without a proper answer are kept
   */
  ModelFuzzer(List<Path> models, Path folder, long seed) {
    this.models = List.copyOf(models);
    this.folder = folder;
    this.seed = seed;
  }

  /** The results for the files. */
  record Report(Map<String, Integer> outcomes, List<String> failures) {}

  /** The models in folders that are small enough for many mutations. */
  static List<Path> find(Collection<Path> folders) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> Engine.findByFileName(file.toString()).isPresent())
            .filter(file -> file.toFile().length() < 2_000_000)
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Probes {@code count} files, on all cores. */
  Report run(int count) {
    List<String> failures =
        IntStream.range(0, count).parallel().mapToObj(this::tryOut).flatMap(List::stream).toList();
    Map<String, Integer> counts = new TreeMap<>();
    outcomes.forEach((outcome, number) -> counts.put(outcome, number.get()));
    return new Report(counts, failures);
  }

  /** Probes one file and returns the problems of the answer, if any. */
  private List<String> tryOut(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    Path model = models.get(random.nextInt(models.size()));
    Engine engine = Engine.findByFileName(model.toString()).orElseThrow();
    Path file = folder.resolve(number + "-" + model.getFileName());
    try {
      Files.write(file, new FileMutator(random).mutate(engine, model));
      ProbeRequest request =
          ProbeRequest.of(
              "m",
              Map.of(engine, file.toString()),
              engine == Engine.ONNX
                  ? Map.of("labels", TestModels.LABELS, "normalization", "none")
                  : Map.of(
                      "labels", TestModels.LABELS, "input_size", "64", "normalization", "none"));
      String outcome = outcome(request);
      outcomes.computeIfAbsent(engine + " " + outcome, o -> new AtomicInteger()).incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      return List.of(file + ": " + e);
    }
    file.toFile().delete();
    return List.of();
  }

  private static String outcome(ProbeRequest request) {
    try {
      IsolatedProbe.probe(request, new ProbeLimits(LIMIT, ProbeLimits.of(0).memoryBytes()));
      return "usable";
    } catch (InferenceException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("it ended the process")) {
        return "refused: ends the process that tests it";
      }
      if (message.contains("did not end within")) {
        return "refused: takes too long";
      }
      if (message.contains("returned no readable result")) {
        throw e;
      }
      return "refused: " + message.replaceAll("^(Cannot|Invalid) (\\w+) .*$(?s:.*)", "$1 $2 …");
    }
  }

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    List<Path> folders =
        arguments.length > 2
            ? Stream.of(arguments).skip(2).map(Path::of).toList()
            : List.of(Path.of("demo", "models"));
    long start = System.nanoTime();
    Report report =
        new ModelFuzzer(find(folders), Files.createTempDirectory("seeql-fuzz"), seed).run(count);
    report.outcomes().forEach((outcome, number) -> System.out.printf("%6d %s%n", number, outcome));
    report.failures().forEach(System.out::println);
    System.out.printf(
        "%d files, %d without an answer, %d s%n",
        count, report.failures().size(), Duration.ofNanos(System.nanoTime() - start).toSeconds());
    System.exit(report.failures().isEmpty() ? 0 : 2);
  }
}
