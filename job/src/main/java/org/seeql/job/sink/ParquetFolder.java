package org.seeql.job.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final String STAGED = "_seeql_";
  private static final String REPLACED = "_seeql_old_";
  private static final String MANIFESTS = "_seeql";
  private static final String FILES = "files";
  private static final String TARGET = "target";
  private static final String SUCCESS = "_SUCCESS";
  private static final String SUFFIX = ".parquet";

  /** Entries that belong to Parquet files. Others, such as {@code _delta_log}, are of a table. */
  private static final Pattern COMPANION =
      Pattern.compile("_seeql|_SUCCESS|_metadata|_common_metadata|\\..*\\.crc");

  private static final int DELETIONS = 5;

  public ParquetFolder {
    requireNonNull(target, "target is null");
    requireNonNull(runId, "runId is null");
  }

  /** The folder of the run next to the target, which readers ignore. */
  public Path staged() {
    return target.resolveSibling(STAGED + runId);
  }

  private Path attempts() {
    return staged().resolve("_attempts");
  }

  private Path replaced() {
    return target.resolveSibling(REPLACED + runId);
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

  /** Whether runs of SeeQL wrote all Parquet files of the target, according to its manifests. */
  public boolean isWrittenByRun() throws IOException {
    if (!Files.isDirectory(target.resolve(MANIFESTS))) {
      return false;
    }
    Set<String> written = new HashSet<>();
    for (Path manifest : list(target.resolve(MANIFESTS))) {
      JSON.readTree(manifest.toFile()).path(FILES).forEach(name -> written.add(name.asText()));
    }
    return targetFiles().stream().allMatch(f -> written.contains(f.getFileName().toString()));
  }

  /**
   * Finds a run that has moved the target away and not yet put its own folder in place. It
   * continues when it is resumed.
   */
  public Optional<String> findUnfinishedReplacement() throws IOException {
    if (targetExists()) {
      return Optional.empty();
    }
    for (Path sibling : list(target.getParent())) {
      String name = sibling.getFileName().toString();
      if (name.startsWith(REPLACED)) {
        String run = name.substring(REPLACED.length());
        Path manifest = manifest(target.resolveSibling(STAGED + run), run);
        if (Files.exists(manifest)
            && JSON.readTree(manifest.toFile()).path(TARGET).asText().equals(targetName())) {
          return Optional.of(run);
        }
      }
    }
    return Optional.empty();
  }

  private String targetName() {
    return target.getFileName().toString();
  }

  public boolean targetExists() {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }

  /** The Parquet files in the target, in order. */
  public List<Path> targetFiles() throws IOException {
    return list(target).stream().filter(f -> f.toString().endsWith(SUFFIX)).toList();
  }

  /** Entries of the target that are neither Parquet files nor belong to them. */
  public List<Path> foreignFiles() throws IOException {
    return list(target).stream()
        .filter(f -> !COMPANION.matcher(f.getFileName().toString()).matches())
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
    writeManifest(staged());
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
    writeManifest(target);
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

  private void writeManifest(Path folder) throws IOException {
    Path manifest = manifest(folder, runId);
    Files.createDirectories(manifest.getParent());
    ObjectNode document = JSON.createObjectNode();
    document.put("run_id", runId);
    document.put(TARGET, targetName());
    ArrayNode files = document.putArray(FILES);
    filesOfRun(folder).forEach(file -> files.add(file.getFileName().toString()));
    Path unfinished = manifest.resolveSibling(manifest.getFileName() + ".unfinished");
    Files.write(unfinished, document.toString().getBytes(UTF_8));
    Files.move(
        unfinished, manifest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Path> filesOfRun(Path folder) throws IOException {
    String prefix = "part-%s-".formatted(runId);
    return list(folder).stream()
        .filter(f -> f.getFileName().toString().startsWith(prefix))
        .filter(f -> f.toString().endsWith(SUFFIX))
        .toList();
  }

  /**
   * Removes what is not part of the result: files of lost attempts, and a replaced folder. If the
   * run has not published its rows, the target is as it was before.
   */
  public void clean() throws IOException {
    if (isPublished()) {
      delete(staged());
      delete(replaced());
      return;
    }
    if (!targetExists() && Files.exists(replaced())) {
      Files.move(replaced(), target, StandardCopyOption.ATOMIC_MOVE);
    }
    if (Files.isDirectory(target)) {
      for (Path file : filesOfRun(target)) {
        Files.deleteIfExists(file);
      }
    }
    delete(staged());
  }

  /** Deletes a folder. An attempt that was lost can create a file in it meanwhile. */
  private static void delete(Path folder) throws IOException {
    for (int attempt = 1; Files.exists(folder, LinkOption.NOFOLLOW_LINKS); attempt++) {
      try {
        deleteOnce(folder);
      } catch (DirectoryNotEmptyException e) {
        if (attempt == DELETIONS) {
          throw e;
        }
      }
    }
  }

  private static void deleteOnce(Path folder) throws IOException {
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
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              // another driver of the run deletes the folder, too
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
