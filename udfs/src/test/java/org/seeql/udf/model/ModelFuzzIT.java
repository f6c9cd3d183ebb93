package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Set {@code -Dseeql.fuzz.count=5000} for more files, and {@code -Dseeql.fuzz.seed=2} for others.
 */
class ModelFuzzIT {
  /** Each file is probed in a process of its own; {@code chaos/run} probes many more. */
  private static final int COUNT = Integer.getInteger("seeql.fuzz.count", 20);

  /** Files that are only read, in this process. */
  private static final int READ_PER_PROBED = 50;

  private static final long SEED = Long.getLong("seeql.fuzz.seed", 1);

  @TempDir Path folder;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void answersWhateverTheFile() throws IOException {
    ModelFuzzer.Report report = new ModelFuzzer(models(), folder, SEED).run(COUNT);

    assertThat(report.failures()).isEmpty();
    assertThat(report.outcomes().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(COUNT);
  }

  @Test
  void readsDamagedFilesWithoutAnythingButRefusals() throws IOException {
    List<Path> models = models();
    Path file = folder.resolve("damaged");
    for (int i = 0; i < READ_PER_PROBED * COUNT; i++) {
      Random random = new Random(SEED * 1_000_003 + i);
      Path model = models.get(random.nextInt(models.size()));
      Engine engine = Engine.findByFileName(model.toString()).orElseThrow();
      Files.write(file, new FileMutator(random).mutate(engine, model));
      try {
        if (engine == Engine.ONNX) {
          OnnxFile.check(file);
        } else {
          TorchArchive.check(file);
        }
      } catch (ForbiddenModelException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private static List<Path> models() throws IOException {
    return ModelFuzzer.find(List.of(TestModels.file("rgb.txt").getParent()));
  }
}
