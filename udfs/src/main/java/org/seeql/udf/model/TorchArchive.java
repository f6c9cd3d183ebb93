package org.seeql.udf.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.seeql.udf.layout.ExportMetadata;

/**
 * Checks the content of a TorchScript archive, a ZIP file, before PyTorch executes it. An archive
 * is refused if two ZIP readers might interpret it differently.
 */
final class TorchArchive {
  private static final int END_BYTES = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final long MAX_CODE_BYTES = 64L << 20;
  private static final long MAX_PICKLE_BYTES = 256L << 20;
  private static final String METADATA = "/extra/config.txt";
  private static final int MAX_METADATA_BYTES = 4 << 20;
  private static final String LEGACY = "model.json";
  private static final Pattern NATIVE_CLASS = Pattern.compile("torch\\.classes\\.(\\w+)");

  private TorchArchive() {}

  /**
   * Checks the archive's code and the classes of its objects.
   *
   * @throws ForbiddenModelException if it uses a forbidden feature, or cannot be checked
   */
  static void check(Path file) throws ForbiddenModelException {
    try {
      long entries = entries(file);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        if (zip.size() != entries) {
          throw new ForbiddenModelException("its ZIP directory is inconsistent");
        }
        check(zip);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ForbiddenModelException("it is not a TorchScript ZIP file: " + e.getMessage(), e);
    }
  }

  /** What the exporter wrote into the extra file {@code config.txt}; nothing in most archives. */
  static ExportMetadata metadata(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Optional<? extends ZipEntry> config =
          zip.stream().filter(entry -> entry.getName().endsWith(METADATA)).findFirst();
      if (config.isEmpty()) {
        return ExportMetadata.NONE;
      }
      try (InputStream in = zip.getInputStream(config.get())) {
        return ExportMetadataReader.ofTorchScript(
            new String(in.readNBytes(MAX_METADATA_BYTES), StandardCharsets.UTF_8));
      }
    }
  }

  private static void check(ZipFile zip) throws IOException, ForbiddenModelException {
    Map<String, String> code = new HashMap<>();
    Set<String> names = new HashSet<>();
    long left = MAX_CODE_BYTES;
    for (ZipEntry entry :
        (Iterable<ZipEntry>) () -> zip.stream().<ZipEntry>map(e -> e).iterator()) {
      // PyTorch looks up entries without regard to case
      String name = entry.getName().toLowerCase(Locale.ROOT);
      if (!names.add(name)) {
        throw new ForbiddenModelException("it has two entries with the name " + name);
      }
      if (name.endsWith(LEGACY)) {
        throw new ForbiddenModelException("it has the format of PyTorch versions before 1.4");
      }
      if (name.endsWith(".py")) {
        byte[] bytes = read(zip, entry, left);
        left -= bytes.length;
        code.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
      } else if (name.endsWith(".pkl")) {
        checkClasses(new String(read(zip, entry, MAX_PICKLE_BYTES), StandardCharsets.ISO_8859_1));
      }
    }
    if (code.isEmpty()) {
      throw new ForbiddenModelException(
          "it has no code: it is a checkpoint written by torch.save; export the model, for example with"
              + " yolo export model=FILE.pt format=onnx, torch.onnx.export or torch.jit.save");
    }
    Optional<String> missing = TorchScriptCode.findTorchvision(code.values());
    if (missing.isPresent()) {
      throw new ForbiddenModelException(
          "it uses the operator %s, which the included PyTorch does not have; export it as ONNX"
              .formatted(missing.get()));
    }
    Optional<String> forbidden = TorchScriptCode.findForbidden(code.keySet(), code.values());
    if (forbidden.isPresent()) {
      throw new ForbiddenModelException(
          "it uses " + forbidden.get() + ", which is not allowed in a model");
    }
  }

  private static byte[] read(ZipFile zip, ZipEntry entry, long max)
      throws IOException, ForbiddenModelException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(max) + 1);
      if (bytes.length > max) {
        throw new ForbiddenModelException(
            "%s is too large (at most %d MiB)".formatted(entry.getName(), max >> 20));
      }
      return bytes;
    }
  }

  private static void checkClasses(String pickle) throws ForbiddenModelException {
    // a name may be split across two lines
    Matcher used = NATIVE_CLASS.matcher(pickle.replace('\n', '.'));
    while (used.find()) {
      if (!TorchScriptCode.isKnownClassNamespace(used.group(1))) {
        throw new ForbiddenModelException(
            "it uses the class " + used.group() + ", which is not allowed in a model");
      }
    }
    if (pickle.replace('\n', '.').contains("torch.distributed")) {
      throw new ForbiddenModelException("it uses torch.distributed");
    }
  }

  /**
   * The number of entries in the file's end record. All readers must find the same one: at the very
   * end of the file, directly after the directory to which it refers.
   */
  private static long entries(Path file) throws IOException, ForbiddenModelException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      if (length < END_BYTES) {
        throw new IOException("it has %d bytes".formatted(length));
      }
      ByteBuffer end = read(in, length - END_BYTES, END_BYTES);
      if (end.getInt(0) != END_SIGNATURE || end.getShort(20) != 0) {
        throw new IOException("it has no ZIP directory at its end");
      }
      long count = end.getShort(10) & 0xFFFFL;
      long directoryBytes = end.getInt(12) & 0xFFFFFFFFL;
      long directory = end.getInt(16) & 0xFFFFFFFFL;
      long directoryEnd = length - END_BYTES;
      long locatorAt = directoryEnd - LOCATOR_BYTES;
      if (locatorAt >= END64_BYTES
          && read(in, locatorAt, LOCATOR_BYTES).getInt(0) == LOCATOR_SIGNATURE) {
        long end64At = read(in, locatorAt, LOCATOR_BYTES).getLong(8);
        if (end64At != locatorAt - END64_BYTES) {
          throw new ForbiddenModelException("its ZIP directory is inconsistent");
        }
        ByteBuffer end64 = read(in, end64At, END64_BYTES);
        if (end64.getInt(0) != END64_SIGNATURE
            || !same(count, 0xFFFFL, end64.getLong(32))
            || !same(directoryBytes, 0xFFFFFFFFL, end64.getLong(40))
            || !same(directory, 0xFFFFFFFFL, end64.getLong(48))) {
          throw new ForbiddenModelException("its ZIP directory is inconsistent");
        }
        count = end64.getLong(32);
        directoryBytes = end64.getLong(40);
        directory = end64.getLong(48);
        directoryEnd = end64At;
      }
      if (directory + directoryBytes != directoryEnd) {
        throw new ForbiddenModelException("its ZIP directory is inconsistent");
      }
      return count;
    }
  }

  /** Whether a field equals its wider form, or refers to it. */
  private static boolean same(long field, long elsewhere, long wider) {
    return field == wider || field == elsewhere;
  }

  private static ByteBuffer read(RandomAccessFile in, long at, int bytes) throws IOException {
    byte[] read = new byte[bytes];
    in.seek(at);
    in.readFully(read);
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }
}
