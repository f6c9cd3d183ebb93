package org.seeql.chaos.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Unit;
import org.seeql.chaos.Workplace;
import org.seeql.chaos.input.Encodings.Encoded;

/** Damaged files of all formats. Each must give a row or a recorded failure. */
final class DamagedImages implements Scenario {
  private static final int MAX_PER_TRIAL = 2_500;
  private static final int RARELY = 20;

  private final Workplace place;
  private final List<Encoded> undamaged;

  DamagedImages(Workplace place, List<Encoded> undamaged) {
    this.place = place;
    this.undamaged = undamaged;
  }

  @Override
  public String name() {
    return "damaged-images";
  }

  @Override
  public Unit unit() {
    return Unit.IMAGE;
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Path folder = Files.createDirectories(place.folder().resolve("damaged-" + number));
    List<String> files = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_PER_TRIAL, max); i++) {
      files.add(write(folder, i, random));
    }
    String images = "damaged_" + number;
    String results = "damaged_rows_" + number;
    ClassificationStatement.register(place, images, files);
    String runId = "damaged-" + number;
    SeeqlProcess process =
        place.start(
            "--run-id",
            runId,
            "-e",
            ClassificationStatement.sql(images, "places", folder, "main." + results));
    boolean right = Outcomes.check(place, process, runId, images, results, tally);
    tally.add(Count.DISTURBANCES, files.size());
    if (right) {
      place.execute("DROP TABLE " + images + ", " + results);
      for (String file : files) {
        Files.delete(folder.resolve(file));
      }
      Files.delete(folder);
    }
  }

  private String write(Path folder, int number, Random random) throws Exception {
    Encoded file = undamaged.get(random.nextInt(undamaged.size()));
    Encoded other = undamaged.get(random.nextInt(undamaged.size()));
    byte[] bad = Damage.random(random).apply(file.bytes(), other.bytes(), random);
    String extension = random.nextInt(RARELY) == 0 ? other.extension() : file.extension();
    String name = "%05d.%s".formatted(number, extension);
    Files.write(folder.resolve(name), bad);
    return name;
  }
}
