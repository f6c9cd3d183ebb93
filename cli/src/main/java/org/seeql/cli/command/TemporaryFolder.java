package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one process for all temporary files: native libraries, Spark's blocks, models. A
 * process that ends deletes it; what a killed process leaves, the next one deletes. A lock on a
 * file in it says that its process lives, in whatever container that is.
 */
final class TemporaryFolder {
  private static final String PROPERTY = "java.io.tmpdir";
  private static final String PREFIX = "seeql-temp-";
  private static final String IN_USE = "in-use";
  // from the folder to its lock a process needs milliseconds
  private static final Duration TIME_TO_LOCK = Duration.ofHours(1);

  /**
   * The folders that this process made. Their locks are never opened again: a process that closes a
   * file loses all locks of POSIX that it has on it, whichever channel took them.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel inUse;

  private TemporaryFolder(Path path, FileChannel inUse) {
    this.path = requireNonNull(path, "path is null");
    this.inUse = requireNonNull(inUse, "inUse is null");
  }

  /**
   * Makes a folder the one of this process, before anything else asks for one, and deletes what
   * killed processes left. Where that cannot be done, temporary files go where they went.
   */
  static Optional<TemporaryFolder> ofProcess() {
    try {
      TemporaryFolder folder = createIn(Path.of(System.getProperty(PROPERTY)));
      System.setProperty(PROPERTY, folder.path.toString());
      return Optional.of(folder);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Deletes the folders of the same user that no process uses, and makes one in use. */
  static synchronized TemporaryFolder createIn(Path parent) throws IOException {
    deleteAbandoned(parent);
    Path path = Files.createTempDirectory(parent, PREFIX);
    OWN.add(path.toRealPath());
    // locked before it has its name: a file of this name that can be locked is an abandoned one
    Path unnamed = path.resolve(IN_USE + ".new");
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.lock();
      Files.move(unnamed, path.resolve(IN_USE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new TemporaryFolder(path, channel);
  }

  private static void deleteAbandoned(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      UserPrincipal user = userOf(parent);
      for (Path folder : folders) {
        try {
          if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
              && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
              && !OWN.contains(folder.toRealPath())) {
            deleteIfAbandoned(folder);
          }
        } catch (IOException e) {
          // another process was faster, or its files are not ours: they stay
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // the folder can be written to, but not listed: what is abandoned stays
    }
  }

  /** Whose files this process makes. The name of the user is not known in every container. */
  private static UserPrincipal userOf(Path parent) throws IOException {
    Path made = Files.createTempDirectory(parent, PREFIX);
    try {
      return Files.getOwner(made, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.delete(made);
    }
  }

  private static void deleteIfAbandoned(Path folder) throws IOException {
    Path inUse = folder.resolve(IN_USE);
    if (!Files.isRegularFile(inUse, LinkOption.NOFOLLOW_LINKS)) {
      Instant made = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (made.isBefore(Instant.now().minus(TIME_TO_LOCK))) {
        deleteRecursively(folder);
      }
      return;
    }
    try (FileChannel channel = FileChannel.open(inUse, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        deleteRecursively(folder);
      }
    }
  }

  private static void deleteRecursively(Path folder) throws IOException {
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
          public FileVisitResult postVisitDirectory(Path directory, IOException error)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  Path path() {
    return path;
  }

  /** Deletes the folder and what is in it; what cannot be deleted is left to the next process. */
  void delete() {
    try (inUse) {
      deleteRecursively(path);
    } catch (IOException e) {
      // a file may have come meanwhile
    }
  }
}
