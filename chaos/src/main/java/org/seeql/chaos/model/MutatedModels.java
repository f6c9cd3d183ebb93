package org.seeql.chaos.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.seeql.chaos.Count;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Unit;
import org.seeql.chaos.Workplace;

/**
 * Changed files of the demo's models. CREATE MODEL must always answer and the process must survive.
 */
public final class MutatedModels implements Scenario {
  private static final int MAX_PER_TRIAL = 50;

  /** Longer than the time limit of a model's trial inference. */
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  private final Workplace place;
  private final List<Path> models;
  private final Path cache;
  private Optional<ModelProcess> process = Optional.empty();

  private MutatedModels(Workplace place, List<Path> models) {
    this.place = place;
    this.models = models;
    this.cache = place.folder().resolve("models-cache");
  }

  public static MutatedModels prepare(Workplace place) throws IOException {
    try (Stream<Path> files = Files.list(place.demo().resolve("models"))) {
      return new MutatedModels(
          place, files.filter(f -> !f.toString().endsWith(".txt")).sorted().toList());
    }
  }

  @Override
  public String name() {
    return "mutated-models";
  }

  @Override
  public Unit unit() {
    return Unit.MODEL;
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Path folder = Files.createDirectories(place.folder().resolve("models-" + number));
    List<Path> unclear = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_PER_TRIAL, max); i++) {
      Path model = models.get(random.nextInt(models.size()));
      Path bad = folder.resolve("%03d-%s".formatted(i, model.getFileName()));
      Files.write(bad, ModelMutation.random(random).apply(Files.readAllBytes(model), random));
      boolean answered = register(model, bad, tally);
      tally.add(Count.DISTURBANCES, 1);
      if (answered) {
        Files.delete(bad);
      } else {
        unclear.add(bad);
      }
    }
    if (unclear.isEmpty()) {
      Files.delete(folder);
    }
    clearCache();
  }

  /** Returns whether the answer is useful for a user. */
  private boolean register(Path model, Path bad, Tally tally) throws Exception {
    if (process.isEmpty()) {
      process = Optional.of(ModelProcess.start(place, cache));
    }
    String labels =
        model.toString().substring(0, model.toString().lastIndexOf('.')) + ".labels.txt";
    String sql =
        "CREATE OR REPLACE MODEL mutated OPTIONS (uri = '%s', labels = '%s')"
            .formatted(bad, labels);
    try {
      Optional<String> answer = process.get().execute(sql, TIMEOUT);
      if (answer.isEmpty()) {
        tally.addDefect(Count.CRASHES, 1, bad.toString());
        restart();
        return false;
      }
      if (answer.get().startsWith(ModelWorker.FAILED)) {
        tally.addDefect(Count.OTHER, 1, bad + " " + answer.get());
        return false;
      }
      if (answer.get().startsWith(ModelWorker.REFUSED)) {
        tally.add(Count.REFUSED, 1);
      }
      return true;
    } catch (TimeoutException e) {
      tally.addDefect(Count.HANGS, 1, bad.toString());
      restart();
      return false;
    }
  }

  private void restart() {
    close();
    process = Optional.empty();
  }

  private void clearCache() throws IOException {
    if (Files.isDirectory(cache)) {
      try (Stream<Path> files = Files.list(cache)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() {
    process.ifPresent(ModelProcess::close);
  }
}
