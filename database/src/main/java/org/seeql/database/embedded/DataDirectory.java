package org.seeql.database.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The layout of a data directory.
 *
 * <pre>
 * mysql/             MariaDB's own files
 * mysql.log          its error log since the last start, mysql.log.1 the one before
 * password           of the account that SeeQL uses, readable only by the owner
 * temporary          for tables that the server creates and drops by itself
 * server.properties  the server that is running, if any
 * lock               locked by the processes that use the directory: see {@link DirectoryLock}
 * </pre>
 */
record DataDirectory(Path root) {

  static final String USER = "seeql";

  /** Opens the directory and creates it if it is missing. */
  static DataDirectory open(Path directory) {
    try {
      Files.createDirectories(directory.toAbsolutePath());
      return new DataDirectory(directory.toRealPath());
    } catch (FileAlreadyExistsException e) {
      throw new EmbeddedDatabaseException(
          "Cannot store a database in " + directory + ": it is a file, not a directory", e);
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "Cannot create the data directory " + directory + ": " + reason(e), e);
    }
  }

  Path data() {
    return root.resolve("mysql");
  }

  Path log() {
    return root.resolve("mysql.log");
  }

  Path previousLog() {
    return root.resolve("mysql.log.1");
  }

  /** The directory for tables that the server creates and drops by itself. */
  Path temporary() {
    return root.resolve("temporary");
  }

  Path serverFile() {
    return root.resolve("server.properties");
  }

  Path lockFile() {
    return root.resolve("lock");
  }

  /**
   * The directory in which the system tables are created. It is renamed to {@link #data} when all
   * of them exist.
   */
  Path unfinishedData() {
    return root.resolve("mysql.unfinished");
  }

  /** The password of {@link #USER}, generated on first use. The caller must hold the lock. */
  String password() {
    Path file = root.resolve("password");
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return Files.readString(file).strip();
      }
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      writePrivately(file, password + "\n");
      return password;
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "Cannot use the password file " + file + ": " + reason(e), e);
    }
  }

  /** Writes a file that only the owner can read at any moment. */
  static void writePrivately(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content.getBytes(UTF_8));
  }

  /** Deletes a directory and everything below it, if it exists. */
  static void deleteRecursively(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The reason of a failure, also for exceptions whose message is only a path. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    return e.getMessage();
  }
}
