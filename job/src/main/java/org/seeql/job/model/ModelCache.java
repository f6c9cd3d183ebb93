package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.seeql.job.storage.Storage;
import org.seeql.job.storage.StorageErrors;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.InferenceException;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

/**
 * Copies of models' files on this machine, by their checksum: a file that is here is never fetched
 * again, and never another than the one that was registered. Several processes may share a folder.
 */
public final class ModelCache {
  private final Path folder;

  public ModelCache(Path folder) {
    this.folder = requireNonNull(folder, "folder is null");
  }

  /** A file that has been fetched. */
  public record Copy(Path path, String sha256) {}

  /**
   * Fetches a file that is not known yet.
   *
   * @param uri {@code file:}, or one that Hadoop knows
   * @throws InferenceException if it cannot be read
   */
  public Copy fetch(Engine engine, URI uri) {
    return fetch("model", uri, extension(engine), ModelCache::copyAtOnce);
  }

  /**
   * Fetches a text file with a model's labels.
   *
   * @param uri as for {@link #fetch(Engine, URI)}
   * @throws InferenceException if it cannot be read
   */
  Path fetchLabels(URI uri) {
    return fetch("labels", uri, ".labels.txt", ModelCache::copyAtOnce).path();
  }

  /** How a file gets here. */
  private interface Copier {
    void copy(URI from, Path to) throws IOException;
  }

  private Copy fetch(String what, URI uri, String extension, Copier copier) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "fetching", null);
      try {
        copier.copy(uri, part);
        String sha256 = ModelFile.sha256(part);
        Path kept = folder.resolve(sha256 + extension);
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Copy(kept, sha256);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new InferenceException(
          "Cannot read the %s %s: there is no such %s"
              .formatted(what, uri, StorageErrors.isOfBucket(e) ? "bucket" : "file"),
          e);
    } catch (IOException e) {
      throw new InferenceException(
          "Cannot read the %s %s: %s".formatted(what, uri, StorageErrors.reason(e)), e);
    }
  }

  /**
   * Copies of all files of a model, fetched where they are not here yet.
   *
   * @throws InferenceException if a file cannot be read, or is not the one that was registered
   */
  public Map<Engine, Path> files(ModelDescription model) {
    Map<Engine, Path> files = new EnumMap<>(Engine.class);
    for (ModelFile file : model.files()) {
      Path kept = path(file.engine(), file.sha256());
      if (!Files.isRegularFile(kept)) {
        Copy copy = fetch("model", file.uri(), extension(file.engine()), ModelCache::copyPatiently);
        if (!copy.sha256().equals(file.sha256())) {
          throw new InferenceException(
              "Cannot use model '%s': %s has changed since CREATE MODEL (its sha256 is %s and was %s)"
                      .formatted(model.name(), file.uri(), copy.sha256(), file.sha256())
                  + "; CREATE OR REPLACE MODEL registers it as it is now");
        }
      }
      files.put(file.engine(), kept);
    }
    return files;
  }

  private Path path(Engine engine, String sha256) {
    return folder.resolve(sha256 + extension(engine));
  }

  private static String extension(Engine engine) {
    return engine == Engine.ONNX ? ".onnx" : ".pt";
  }

  /** For somebody who waits: a store that does not answer is said within seconds. */
  private static void copyAtOnce(URI uri, Path to) throws IOException {
    if (copyIfLocal(uri, to)) {
      return;
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
    try (FileSystem files = Storage.impatient(path);
        InputStream in = files.open(path)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** For a run: a store that does not answer may come back. */
  private static void copyPatiently(URI uri, Path to) throws IOException {
    if (copyIfLocal(uri, to)) {
      return;
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
    try (InputStream in = Storage.of(path).open(path)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean copyIfLocal(URI uri, Path to) throws IOException {
    if (!"file".equalsIgnoreCase(uri.getScheme())) {
      return false;
    }
    Path from = Path.of(uri.getPath());
    if (Files.isDirectory(from)) {
      throw new FileSystemException(from.toString(), null, "it is a folder");
    }
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
