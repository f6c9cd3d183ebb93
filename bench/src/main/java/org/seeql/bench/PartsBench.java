package org.seeql.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.InputWriter;
import org.seeql.udf.image.UndecodableImageException;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.model.LoadedModel;

/** Measures the parts of a run in isolation, with as many threads as cores. */
final class PartsBench {
  private final LoadedModel model;
  private final int threads;

  PartsBench(LoadedModel model, int threads) {
    this.model = model;
    this.threads = threads;
  }

  /** Images per second for reading, decoding and letterboxing only. */
  double decoding(List<Path> files) throws InterruptedException {
    return rate(files.size(), part -> decode(files, part));
  }

  private Void decode(List<Path> files, int part) {
    InputFormat input = model.description().input();
    try (InputWriter writer = new InputWriter(input);
        InputBuffer buffer = new InputBuffer(input, 1)) {
      for (int i = part; i < files.size(); i += threads) {
        byte[] file = Files.readAllBytes(files.get(i));
        writer.write(file, ExifRotation.APPLY, PipelineOptions.MAX_PIXELS, buffer, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UndecodableImageException e) {
      throw new IllegalStateException(e);
    }
    return null;
  }

  /** Images per second of the model alone, with {@code batch} images per call. */
  double model(int batch, int images) throws InterruptedException {
    return rate(images, part -> call(batch, images / threads / batch));
  }

  private Void call(int batch, int calls) {
    try (InputBuffer buffer = new InputBuffer(model.description().input(), batch)) {
      for (int i = 0; i < calls; i++) {
        try (ModelOutputs outputs = model.run(buffer.bytes(), batch)) {
          if (outputs.tensors().isEmpty()) {
            throw new IllegalStateException("The model has no output");
          }
        }
      }
    }
    return null;
  }

  private interface Part {
    Void run(int part);
  }

  private double rate(int images, Part work) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Callable<Void>> parts =
          IntStream.range(0, threads).<Callable<Void>>mapToObj(p -> () -> work.run(p)).toList();
      for (Future<Void> part : pool.invokeAll(parts)) {
        part.get();
      }
      return images * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdown();
    }
  }
}
