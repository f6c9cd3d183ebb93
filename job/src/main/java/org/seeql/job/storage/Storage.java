package org.seeql.job.storage;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Hadoop file systems, by the scheme of a URI: {@code s3a:}, {@code hdfs:} and others. */
public final class Storage {
  private static final Pattern BELOW_ROOT = Pattern.compile("[^:/]+://[^/]*/+[^/].*");
  private static final Pattern S3 = Pattern.compile("(?i)s3a?:(?=//)");

  private Storage() {}

  /** The canonical form of a URI: schemes as in Hadoop, no slash at the end of a folder. */
  public static String canonical(String uri) {
    String known = S3.matcher(uri).lookingAt() ? S3.matcher(uri).replaceFirst("s3a:") : uri;
    return BELOW_ROOT.matcher(known).matches() ? known.replaceFirst("/+$", "") : known;
  }

  /**
   * The file system of a path. It is shared in this JVM and must not be closed.
   *
   * @throws IOException if the scheme has no file system, or it cannot be reached
   */
  public static FileSystem of(Path path) throws IOException {
    return open(path, HadoopConfiguration.current(), path::getFileSystem);
  }

  /**
   * A new file system that gives up within seconds. The caller closes it.
   *
   * @throws IOException if the scheme has no file system, or it cannot be reached
   */
  public static FileSystem impatient(Path path) throws IOException {
    return open(
        path,
        HadoopConfiguration.impatient(),
        configuration -> FileSystem.newInstance(path.toUri(), configuration));
  }

  private interface Opener {
    FileSystem open(Configuration configuration) throws IOException;
  }

  private static FileSystem open(Path path, Configuration configuration, Opener opener)
      throws IOException {
    try {
      return opener.open(configuration);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw new IOException(
            "URIs of the form %s: are not supported: %s is not on the class path%s"
                .formatted(
                    path.toUri().getScheme(),
                    missing.getMessage().replaceFirst("^Class (\\S+) not found$", "$1"),
                    missing.getMessage().contains("s3a")
                        ? "; it is in org.apache.hadoop:hadoop-aws, in the version of Spark's Hadoop"
                        : ""),
            e);
      }
      throw e;
    }
  }
}
