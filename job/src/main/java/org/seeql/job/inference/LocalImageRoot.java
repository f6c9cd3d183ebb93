package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.seeql.database.ledger.FileState;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.RegularFile;

/** A local or mounted folder of this machine. */
final class LocalImageRoot extends ImageRoot {
  private final Path declared;
  private final Path real;

  private LocalImageRoot(Path declared, Path real) {
    this.declared = requireNonNull(declared, "declared is null");
    this.real = requireNonNull(real, "real is null");
  }

  static LocalImageRoot at(Path root) throws IOException {
    Path declared = root.toAbsolutePath().normalize();
    if (!Files.exists(declared)) {
      throw new NoSuchFileException(declared.toString(), null, "there is no such folder");
    }
    if (!Files.isDirectory(declared)) {
      throw new NotDirectoryException(declared.toString());
    }
    return new LocalImageRoot(declared, declared.toRealPath());
  }

  @Override
  void check() throws IOException {
    if (!Files.isDirectory(real)) {
      throw new IOException("The image root " + declared + " no longer exists");
    }
  }

  @Override
  public ImageFile image(String path) throws IOException {
    return openFile(
        () -> locate(path),
        file -> {
          if (!file.startsWith(real)) {
            throw leaves(path, ": a symbolic link leads to " + file);
          }
        });
  }

  @Override
  Optional<FileState> findState(String path) {
    try {
      Path file = locate(path);
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() && Files.isReadable(file)
          ? Optional.of(new FileState(attributes.size(), attributes.lastModifiedTime().toMillis()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Locates the file to open. */
  interface FileLocator {
    Path locate() throws IOException;
  }

  /** Opens a file. The exception's message gives the reason in plain words. */
  static ImageFile openFile(FileLocator locator, RegularFile.Guard guard) throws IOException {
    try {
      Path path = locator.locate();
      RegularFile file = RegularFile.open(path, guard);
      try {
        requireReadable(file.length(), path);
      } catch (IOException e) {
        file.close();
        throw e;
      }
      return file;
    } catch (NoSuchFileException e) {
      throw new IOException("There is no such file: " + e.getFile(), e);
    } catch (AccessDeniedException e) {
      throw new IOException("The file may not be read: " + e.getFile(), e);
    } catch (FileSystemException e) {
      throw new IOException("The file cannot be read: " + e.getMessage(), e);
    } catch (InvalidPathException e) {
      throw new IOException("It is not a path: " + e.getReason(), e);
    }
  }

  private Path locate(String path) throws IOException {
    if (path.isBlank()) {
      throw new IOException("The path is empty");
    }
    if (!isLocal(path)) {
      throw leaves(path, "");
    }
    Path file = declared.resolve(localPath(path)).normalize();
    if (!file.startsWith(declared) && !file.startsWith(real)) {
      throw leaves(path, "");
    }
    return file;
  }

  private IOException leaves(String path, String how) {
    return new IOException(
        "The path '%s' leaves the image root %s%s".formatted(path, declared, how));
  }
}
