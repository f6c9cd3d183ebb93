package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.fs.FileSystem;
import org.seeql.job.storage.Storage;
import org.seeql.job.storage.StorageErrors;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;
import org.seeql.udf.model.OnnxFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local copies of model files, addressed by their checksums. An existing copy is not fetched again,
 * and it always has the content of the registered file. A process verifies the checksum of a copy
 * on first use, and whenever its size or modification time has changed. A damaged copy is fetched
 * again. Several processes may share a folder.
 *
 * <p>An ONNX file with external weights has a folder that contains all its files.
 */
public final class ModelCache {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);

  /** The copies whose checksums this process has verified. */
  private static final ConcurrentMap<Path, Stamp> VERIFIED = new ConcurrentHashMap<>();

  private final Path folder;

  public ModelCache(Path folder) {
    this.folder = requireNonNull(folder, "folder is null").toAbsolutePath();
  }

  /** The folder of the copies. */
  public Path folder() {
    return folder;
  }

  /** A fetched file. */
  public record Copy(Path path, String sha256, List<ModelFile.Weights> weights) {}

  /** Attributes that show cheaply whether a file has changed. */
  private record Stamp(String sha256, long size, FileTime modified) {
    static Stamp of(Path file, String sha256) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(sha256, attributes.size(), attributes.lastModifiedTime());
    }
  }

  /** A downloaded file that has not been moved to its final path. */
  private record Part(Path path, String sha256) {}

  /** Copies a file to this machine. */
  private interface Copier {
    void copy(URI from, Path to) throws IOException;
  }

  /** An operation that may fail with an I/O error. */
  private interface Fetching<T> {
    T fetch() throws IOException;
  }

  /**
   * Fetches a file whose checksum is not known yet.
   *
   * @param uri {@code file:}, or a URI that Hadoop can read
   * @throws InferenceException if the file or its weights cannot be read
   */
  public Copy fetch(Engine engine, URI uri) {
    Part part = download("model", uri, ModelCache::copyAtOnce);
    List<Part> weights = new ArrayList<>();
    try {
      List<String> locations = engine == Engine.ONNX ? externalFiles(part, uri) : List.of();
      List<ModelFile.Weights> described = new ArrayList<>();
      for (String location : locations) {
        Part fetched = download("weights", sibling(uri, location), ModelCache::copyAtOnce);
        weights.add(fetched);
        described.add(new ModelFile.Weights(location, fetched.sha256()));
      }
      ModelFile file = new ModelFile(engine, uri, part.sha256(), described);
      return reading(
          "model",
          uri,
          () -> {
            for (int i = 0; i < weights.size(); i++) {
              keep(weights.get(i), weightsPath(file, described.get(i)));
            }
            keep(part, path(file));
            return new Copy(path(file), part.sha256(), described);
          });
    } finally {
      discard(part);
      weights.forEach(ModelCache::discard);
    }
  }

  /**
   * Keeps an ONNX file that was made on this machine.
   *
   * @throws InferenceException if the folder cannot be written
   */
  public ModelFile put(byte[] onnx) {
    String sha256 = ModelFile.sha256(onnx);
    Path kept = folder.resolve(sha256 + extension(Engine.ONNX));
    return reading(
        "model",
        kept.toUri(),
        () -> {
          Files.createDirectories(folder);
          Path part = Files.createTempFile(folder, "fetching", null);
          Files.write(part, onnx);
          keep(new Part(part, sha256), kept);
          return new ModelFile(Engine.ONNX, kept.toUri(), sha256);
        });
  }

  /**
   * Fetches a text file with the labels of a model.
   *
   * @param uri as for {@link #fetch(Engine, URI)}
   * @throws InferenceException if it cannot be read
   */
  Path fetchLabels(URI uri) {
    Part part = download("labels", uri, ModelCache::copyAtOnce);
    try {
      Path kept = folder.resolve(part.sha256() + ".labels.txt");
      return reading(
          "labels",
          uri,
          () -> {
            keep(part, kept);
            return kept;
          });
    } finally {
      discard(part);
    }
  }

  /**
   * The local copies of all files of a model. Missing or changed copies are fetched.
   *
   * @throws InferenceException if a file cannot be read, or is not the one that was registered
   */
  public Map<Engine, Path> files(ModelDescription model) {
    Map<Engine, Path> files = new EnumMap<>(Engine.class);
    for (ModelFile file : model.files()) {
      Path kept = path(file);
      complete(model, "model", file.uri(), kept, file.sha256());
      for (ModelFile.Weights weights : file.weights()) {
        complete(
            model,
            "weights",
            sibling(file.uri(), weights.location()),
            weightsPath(file, weights),
            weights.sha256());
      }
      files.put(file.engine(), kept);
    }
    return files;
  }

  private void complete(ModelDescription model, String what, URI uri, Path kept, String sha256) {
    if (isVerified(kept, sha256)) {
      return;
    }
    Part part = download(what, uri, ModelCache::copyPatiently);
    try {
      if (!part.sha256().equals(sha256)) {
        throw new InferenceException(
            "Cannot use model '%s': %s has changed since CREATE MODEL (its sha256 is %s and was %s)"
                    .formatted(model.name(), uri, part.sha256(), sha256)
                + "; register the changed file with CREATE OR REPLACE MODEL");
      }
      reading(
          what,
          uri,
          () -> {
            keep(part, kept);
            return kept;
          });
    } finally {
      discard(part);
    }
  }

  /** Whether a copy exists and has the expected checksum. */
  private static boolean isVerified(Path kept, String sha256) {
    try {
      Stamp now = Stamp.of(kept, sha256);
      if (now.equals(VERIFIED.get(kept))) {
        return true;
      }
      if (Files.isRegularFile(kept) && ModelFile.sha256(kept).equals(sha256)) {
        VERIFIED.put(kept, now);
        return true;
      }
      LOG.warn("{} is damaged; fetching it again", kept);
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      LOG.warn("{} cannot be read ({}); fetching it again", kept, StorageErrors.reason(e));
      return false;
    }
  }

  private Path path(ModelFile file) {
    return file.weights().isEmpty()
        ? folder.resolve(file.sha256() + extension(file.engine()))
        : folderOf(file).resolve("model" + extension(file.engine()));
  }

  private Path weightsPath(ModelFile file, ModelFile.Weights weights) {
    return folderOf(file).resolve(weights.location());
  }

  /**
   * The folder depends on the ONNX file and its weights, because the same graph may have other
   * weights.
   */
  private Path folderOf(ModelFile file) {
    StringBuilder all = new StringBuilder(file.sha256());
    file.weights()
        .forEach(w -> all.append('\n').append(w.location()).append(' ').append(w.sha256()));
    return folder.resolve(ModelFile.sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String extension(Engine engine) {
    return engine == Engine.ONNX ? ".onnx" : ".pt";
  }

  /** The ONNX file gives the location of its weights relative to its own folder. */
  private static URI sibling(URI model, String location) {
    return isLocal(model)
        ? Path.of(model.getPath()).resolveSibling(location).toUri()
        : new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(model).getParent(), location)
            .toUri();
  }

  private static List<String> externalFiles(Part part, URI uri) {
    try {
      return OnnxFile.externalFiles(part.path());
    } catch (InferenceException e) {
      throw new InferenceException(
          String.valueOf(e.getMessage()).replace(part.path().toString(), uri.toString()), e);
    }
  }

  private Part download(String what, URI uri, Copier copier) {
    return reading(
        what,
        uri,
        () -> {
          Files.createDirectories(folder);
          Path part = Files.createTempFile(folder, "fetching", null);
          try {
            copier.copy(uri, part);
            return new Part(part, ModelFile.sha256(part));
          } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
          }
        });
  }

  private static <T> T reading(String what, URI uri, Fetching<T> fetching) {
    try {
      return fetching.fetch();
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

  /** Moves the file atomically: concurrent readers see either the old file or the new one. */
  private static void keep(Part part, Path kept) throws IOException {
    Files.createDirectories(kept.getParent());
    Files.move(
        part.path(), kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    VERIFIED.put(kept, Stamp.of(kept, part.sha256()));
  }

  private static void discard(Part part) {
    try {
      Files.deleteIfExists(part.path());
    } catch (IOException e) {
      LOG.warn("Cannot delete {}", part.path(), e);
    }
  }

  /** For an interactive caller: reports within seconds if a store does not respond. */
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

  /** For a run: waits longer, because a store that does not respond may recover. */
  private static void copyPatiently(URI uri, Path to) throws IOException {
    if (copyIfLocal(uri, to)) {
      return;
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
    try (InputStream in = Storage.of(path).open(path)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isLocal(URI uri) {
    return "file".equalsIgnoreCase(uri.getScheme());
  }

  private static boolean copyIfLocal(URI uri, Path to) throws IOException {
    if (!isLocal(uri)) {
      return false;
    }
    Path from = Path.of(uri.getPath());
    BasicFileAttributes attributes = Files.readAttributes(from, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(from.toString(), null, "it is a folder");
    }
    // Reading a device may never end, and reading a pipe may never begin
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(from.toString(), null, "it is not a regular file");
    }
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
