package org.seeql.udf.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.model.Device;

/** Runs inference on the files of a folder in eight concurrent tasks, in a separate process. */
final class LargeImageFiles {
  private static final int TASKS = 8;

  private LargeImageFiles() {}

  /** Prints one line per file: its name and its result. */
  public static void main(String[] arguments) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
      files = all.sorted().toList();
    }
    ExecutorService tasks = Executors.newFixedThreadPool(TASKS);
    try (InferencePipeline pipeline =
        InferencePipeline.over(FakeModel.ofAnyBatch(Device.CPU), TASKS)) {
      List<Future<List<String>>> parts = new ArrayList<>();
      for (int task = 0; task < TASKS; task++) {
        int share = task;
        parts.add(tasks.submit(() -> infer(pipeline, files, share)));
      }
      for (Future<List<String>> part : parts) {
        part.get().forEach(System.out::println);
      }
    } finally {
      tasks.shutdownNow();
    }
    System.out.println("reserved at the end: " + ReadBudget.ofJvm().used());
  }

  private static List<String> infer(InferencePipeline pipeline, List<Path> files, int share) {
    List<FileImage> images = new ArrayList<>();
    for (int i = share; i < files.size(); i += TASKS) {
      images.add(new FileImage(i, files.get(i)));
    }
    List<String> lines = new ArrayList<>();
    try (var results = pipeline.run(images.iterator(), PipelineOptions.DEFAULT)) {
      results.forEachRemaining(
          result ->
              lines.add(
                  "%s: %s"
                      .formatted(
                          result.source().file().getFileName(),
                          result.prediction() instanceof Prediction.Failure failure
                              ? failure.reason()
                              : "inferred")));
    }
    return lines;
  }
}
