package org.seeql.job.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.PartitionRecords.CommittedAttempt;

/**
 * The files of one run on their way into a folder.
 *
 * <p>Attempts write into a folder next to the target, below a name that begins with an underscore,
 * which Spark and pyarrow do not read. Publishing moves the committed files to names that contain
 * the run and the partition, writes the manifest, and then renames the folder, or, if the run
 * appends, moves the files into the target. Each step can be repeated.
 *
 * @param target an absolute path
 */
public record ParquetFolder(Path target, String runId) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFESTS = "_seeql";
  private static final String SUCCESS = "_SUCCESS";
  private static final String SUFFIX = ".parquet";

  public ParquetFolder {
    requireNonNull(target, "target is null");
    requireNonNull(runId, "runId is null");
  }

  /** The folder of the run next to the target, which readers ignore. */
  public Path staged() {
    return target.resolveSibling("_seeql_" + runId);
  }

  private Path attempts() {
    return staged().resolve("_attempts");
  }

  private Path replaced() {
    return target.resolveSibling("_seeql_old_" + runId);
  }

  private static Path manifest(Path folder, String runId) {
    return folder.resolve(MANIFESTS).resolve(runId + ".json");
  }

  /** The file of an attempt. */
  Path attempt(int partition, AttemptId attempt) {
    return attempts()
        .resolve(
            "part-%05d-%d-%d%s"
                .formatted(partition, attempt.ownerEpoch(), attempt.attempt(), SUFFIX));
  }

  private String name(int partition) {
    return "part-%s-%05d%s".formatted(runId, partition, SUFFIX);
  }

  /** The file of a result without rows, which is deleted if an earlier driver has written it. */
  Path newEmptyFile() throws IOException {
    Path file = staged().resolve("part-%s-empty%s".formatted(runId, SUFFIX));
    Files.deleteIfExists(file);
    return file;
  }

  /** Creates the folder of the run, unless it exists. */
  void create() throws IOException {
    Files.createDirectories(attempts());
  }

  boolean exists() {
    return Files.isDirectory(staged());
  }

  /** Whether the rows of the run are in the target. */
  boolean isPublished() {
    return Files.exists(manifest(target, runId));
  }

  /** Whether a run of SeeQL has written into the target. */
  public boolean isWrittenByRun() {
    return Files.isDirectory(target.resolve(MANIFESTS));
  }

  public boolean targetExists() {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }

  /** The Parquet files in the target, in order. */
  public List<Path> targetFiles() throws IOException {
    return list(target).stream().filter(f -> f.toString().endsWith(SUFFIX)).toList();
  }

  /** Entries of the target that are neither Parquet files nor hidden from readers. */
  public List<Path> foreignFiles() throws IOException {
    return list(target).stream()
        .filter(f -> !f.getFileName().toString().matches("[_.].*"))
        .filter(f -> !f.toString().endsWith(SUFFIX) || !Files.isRegularFile(f))
        .toList();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  /**
   * Finds a committed file that this machine does not see: executors write to another file system.
   */
  Optional<Path> findMissing(List<CommittedAttempt> committed) {
    return committed.stream()
        .filter(c -> !Files.exists(attempt(c.partition(), c.attempt())))
        .filter(c -> !Files.exists(staged().resolve(name(c.partition()))))
        .filter(c -> !Files.exists(target.resolve(name(c.partition()))))
        .map(c -> attempt(c.partition(), c.attempt()))
        .findFirst();
  }

  /** A committed file that is not in the target yet. */
  Optional<Path> findFile(List<CommittedAttempt> committed) {
    return committed.stream()
        .map(c -> attempt(c.partition(), c.attempt()))
        .filter(Files::exists)
        .findFirst();
  }

  /** Puts the committed files into a new folder in place of the target. */
  void replace(List<CommittedAttempt> committed) throws IOException {
    for (CommittedAttempt c : committed) {
      moveOnce(attempt(c.partition(), c.attempt()), staged().resolve(name(c.partition())));
    }
    // An attempt that was lost can still create a file: it must not become visible.
    delete(attempts());
    writeManifest(staged(), committed);
    Files.write(staged().resolve(SUCCESS), new byte[0]);
    if (targetExists()) {
      delete(replaced());
      Files.move(target, replaced(), StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(staged(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      restore(e);
      throw e;
    }
  }

  /** Puts the replaced folder back, if another driver of the run has published in the meantime. */
  private void restore(IOException cause) {
    try {
      if (!targetExists() && Files.exists(replaced())) {
        Files.move(replaced(), target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Moves the committed files into the target. */
  void append(List<CommittedAttempt> committed) throws IOException {
    Files.createDirectories(target);
    for (CommittedAttempt c : committed) {
      moveOnce(attempt(c.partition(), c.attempt()), target.resolve(name(c.partition())));
    }
    writeManifest(target, committed);
    Files.write(target.resolve(SUCCESS), new byte[0]);
  }

  private static void moveOnce(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      if (!Files.exists(to)) {
        throw e;
      }
      // an earlier driver of the run has moved it
    }
  }

  private void writeManifest(Path folder, List<CommittedAttempt> committed) throws IOException {
    Path manifest = manifest(folder, runId);
    Files.createDirectories(manifest.getParent());
    ObjectNode document = JSON.createObjectNode();
    document.put("run_id", runId);
    ArrayNode files = document.putArray("files");
    committed.forEach(c -> files.add(name(c.partition())));
    Path unfinished = manifest.resolveSibling(manifest.getFileName() + ".unfinished");
    Files.write(unfinished, document.toString().getBytes(UTF_8));
    Files.move(
        unfinished, manifest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what is not part of the result: files of lost attempts, and a replaced folder. */
  public void clean() throws IOException {
    delete(staged());
    if (isPublished()) {
      delete(replaced());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
