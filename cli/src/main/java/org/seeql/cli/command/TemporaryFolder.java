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
 * The folder for all temporary files of one process: native libraries, Spark's blocks, models. A
 * process deletes its folder when it ends. The next process deletes the folders of killed
 * processes. A lock on a file in the folder shows that its process is alive, even in another
 * container.
 */
final class TemporaryFolder {
  private static final String PROPERTY = "java.io.tmpdir";
  private static final String PREFIX = "seeql-temp-";
  private static final String IN_USE = "in-use";
  // a process locks its new folder within milliseconds
  private static final Duration TIME_TO_LOCK = Duration.ofHours(1);

  /**
   * The folders of this process. Their lock files are never opened again. When a process closes any
   * channel of a file, it loses all its POSIX locks on that file.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel inUse;

  private TemporaryFolder(Path path, FileChannel inUse) {
    this.path = requireNonNull(path, "path is null");
    this.inUse = requireNonNull(inUse, "inUse is null");
  }

  /**
   * Creates this process's folder, before other code uses the temporary directory. Deletes the
   * folders of killed processes. If this fails, temporary files stay in the previous directory.
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

  /** Deletes abandoned folders of the same user, and creates a locked one. */
  static synchronized TemporaryFolder createIn(Path parent) throws IOException {
    deleteAbandoned(parent);
    Path path = Files.createTempDirectory(parent, PREFIX);
    OWN.add(path.toRealPath());
    // Lock the file before it gets its name: a named file that can be locked marks an abandoned
    // folder.
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
          // another process was faster, or the files belong to another user: they remain
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // the parent is writable but cannot be listed: abandoned folders remain
    }
  }

  /** The owner of files that this process creates. Some containers do not know the user's name. */
  private static UserPrincipal userOf(Path parent) throws IOException {
    Path created = Files.createTempDirectory(parent, PREFIX);
    try {
      return Files.getOwner(created, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.delete(created);
    }
  }

  private static void deleteIfAbandoned(Path folder) throws IOException {
    Path inUse = folder.resolve(IN_USE);
    if (!Files.isRegularFile(inUse, LinkOption.NOFOLLOW_LINKS)) {
      Instant created = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (created.isBefore(Instant.now().minus(TIME_TO_LOCK))) {
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

  /** Deletes the folder and its content. The next process deletes what remains. */
  void delete() {
    try (inUse) {
      deleteRecursively(path);
    } catch (IOException e) {
      // another thread may have created a file in the meantime
    }
  }
}
