package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.seeql.database.ledger.FileState;
import org.seeql.database.ledger.FileStates;

/**
 * The states of the files below an image root. A remote store receives several requests in
 * parallel, because each takes a round trip.
 *
 * @param root as for {@link ImageRoot#open}
 */
public record RootFileStates(String root) implements FileStates {
  private static final int ASKED_AT_ONCE = 16;

  public RootFileStates {
    requireNonNull(root, "root is null");
  }

  @Override
  public List<Optional<FileState>> of(List<Optional<String>> paths) {
    if (paths.isEmpty()) {
      return List.of();
    }
    ImageRoot opened;
    try {
      opened = ImageRoot.open(root);
    } catch (IOException e) {
      return paths.stream().map(path -> Optional.<FileState>empty()).toList();
    }
    return ImageRoot.isLocal(root)
        ? paths.stream().map(path -> path.flatMap(opened::findState)).toList()
        : atOnce(paths, opened);
  }

  private static List<Optional<FileState>> atOnce(List<Optional<String>> paths, ImageRoot opened) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(ASKED_AT_ONCE, paths.size()));
    try {
      List<Callable<Optional<FileState>>> questions = new ArrayList<>();
      paths.forEach(path -> questions.add(() -> path.flatMap(opened::findState)));
      List<Optional<FileState>> states = new ArrayList<>();
      for (Future<Optional<FileState>> answer : pool.invokeAll(questions)) {
        states.add(answer.get());
      }
      return states;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the states of files", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
