package org.seeql.chaos.input;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Unit;
import org.seeql.chaos.Workplace;
import org.seeql.chaos.input.Encodings.Encoded;

/**
 * Files of 1 to 500 MiB in a JVM with a heap of 512 MiB and eight tasks. The files are sparse and
 * use almost no disk space.
 */
final class LargeFiles implements Scenario {
  private static final int MAX_PER_TRIAL = 200;
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGEST = 500;
  private static final byte[] NO_IMAGE = {'n', 'o', ' ', 'i', 'm', 'a', 'g', 'e'};

  private final Workplace place;
  private final List<Encoded> undamaged;

  LargeFiles(Workplace place, List<Encoded> undamaged) {
    this.place = place;
    this.undamaged = undamaged;
  }

  @Override
  public String name() {
    return "large-files";
  }

  @Override
  public Unit unit() {
    return Unit.LARGE_FILE;
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Path folder = Files.createDirectories(place.folder().resolve("large-" + number));
    List<String> files = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_PER_TRIAL, max); i++) {
      files.add(write(folder, i, random));
    }
    String images = "large_" + number;
    String results = "large_rows_" + number;
    ClassificationStatement.register(place, images, files);
    String runId = "large-" + number;
    SeeqlProcess process =
        place.start(
            Map.of("SEEQL_JAVA_OPTS", "-Xmx512m"),
            "--master=local[8]",
            "--run-id",
            runId,
            "-e",
            ClassificationStatement.sql(images, "places", folder, "main." + results));
    Outcomes.check(place, process, runId, images, results, tally);
    tally.add(Count.DISTURBANCES, files.size());
    for (String file : files) {
      Files.delete(folder.resolve(file));
    }
  }

  private String write(Path folder, int number, Random random) throws IOException {
    Encoded image = undamaged.get(random.nextInt(undamaged.size()));
    String name = "%03d.%s".formatted(number, image.extension());
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.write(random.nextInt(3) == 0 ? NO_IMAGE : image.bytes());
      file.setLength((1L + random.nextInt(LARGEST)) * MEGABYTE);
    }
    return name;
  }
}
