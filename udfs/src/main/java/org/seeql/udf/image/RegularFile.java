package org.seeql.udf.image;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A regular file on a local or mounted disk. On Linux, the path is first resolved to a descriptor
 * without opening the file. That file is checked, and then the same file is opened through the
 * descriptor. A link that changes in the meantime therefore has no effect, and no pipe or device is
 * ever opened. On other systems, the path is checked before and after opening.
 */
public final class RegularFile implements ImageFile {
  private static final Logger LOG = LoggerFactory.getLogger(RegularFile.class);
  private static final boolean BY_DESCRIPTOR = canOpenByDescriptor();

  private final FileChannel channel;
  private final long length;

  private RegularFile(FileChannel channel, long length) {
    this.channel = channel;
    this.length = length;
  }

  /** Decides which files may be read. */
  public interface Guard {
    /** Allows any file. */
    Guard NONE = real -> {};

    /**
     * Throws if a file must not be read.
     *
     * @param real the path of the file itself, without links
     * @throws IOException if the file must not be read
     */
    void check(Path real) throws IOException;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it does not exist, is not a regular file, cannot be read, or is refused
   *     by the guard
   */
  public static RegularFile open(Path file, Guard guard) throws IOException {
    return BY_DESCRIPTOR ? openByDescriptor(file, guard) : openByPath(file, guard);
  }

  private static RegularFile openByDescriptor(Path file, Guard guard) throws IOException {
    int descriptor = Library.find(file);
    try {
      Path itself = Path.of("/proc/self/fd/" + descriptor);
      guard.check(Files.readSymbolicLink(itself));
      return open(itself, file);
    } finally {
      Library.close(descriptor);
    }
  }

  private static RegularFile openByPath(Path file, Guard guard) throws IOException {
    Path real = file.toRealPath();
    guard.check(real);
    RegularFile opened = open(real, file, LinkOption.NOFOLLOW_LINKS);
    if (!file.toRealPath().equals(real)) {
      opened.close();
      throw new FileSystemException(file.toString(), null, "it was changed while it was opened");
    }
    return opened;
  }

  private static RegularFile open(Path path, Path name, LinkOption... links) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, links);
    if (attributes.isDirectory()) {
      throw new IOException("It is a folder: " + name);
    }
    if (!attributes.isRegularFile()) {
      throw new IOException("It is not a regular file: " + name);
    }
    Set<OpenOption> options = new HashSet<>(Set.of(links));
    options.add(StandardOpenOption.READ);
    try {
      return new RegularFile(FileChannel.open(path, options), attributes.size());
    } catch (AccessDeniedException e) {
      throw (IOException) new AccessDeniedException(name.toString()).initCause(e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int read(long position, byte[] target, int offset, int count) throws IOException {
    return channel.read(ByteBuffer.wrap(target, offset, count), position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean canOpenByDescriptor() {
    if (!Platform.isLinux() || !Files.isDirectory(Path.of("/proc/self/fd"))) {
      return false;
    }
    try {
      Library.bind();
      return true;
    } catch (LinkageError e) {
      // the library or function is missing, or JNA cannot be initialised
      LOG.info("Files are opened by path instead of by descriptor: {}", e.toString());
      return false;
    }
  }

  /**
   * The C functions.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
   */
  private static final class Library {
    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int ENOENT = 2;

    /** The encoding of {@link Path#toString}. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

    static void bind() {
      Native.register(Library.class, "c");
    }

    /** A descriptor for the file that a path refers to; the file itself is not opened (O_PATH). */
    static int find(Path file) throws IOException {
      byte[] name = file.toString().getBytes(NAMES);
      int descriptor = open(Arrays.copyOf(name, name.length + 1), O_PATH | O_CLOEXEC);
      if (descriptor < 0) {
        int reason = Native.getLastError();
        Files.readAttributes(file, BasicFileAttributes.class); // throws the reason
        if (reason == ENOENT) {
          throw new NoSuchFileException(file.toString()); // the file exists again by now
        }
        throw new FileSystemException(
            file.toString(), null, "it cannot be opened (error %d)".formatted(reason));
      }
      return descriptor;
    }

    private static native int open(byte[] path, int flags);

    static native int close(int descriptor);
  }
}
