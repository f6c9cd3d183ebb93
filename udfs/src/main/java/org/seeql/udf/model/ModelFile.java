package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One file of a model.
 *
 * @param uri where the file is stored, not the location of a local copy
 * @param sha256 of the file's bytes, 64 lower-case hexadecimal digits
 * @param weights the files with an ONNX model's external weights; empty if it has none
 */
public record ModelFile(Engine engine, URI uri, String sha256, List<Weights> weights)
    implements Serializable {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * A file with external weights of an ONNX file.
   *
   * @param location relative to the folder of the ONNX file, with slashes
   * @param sha256 of the file's bytes, 64 lower-case hexadecimal digits
   */
  public record Weights(String location, String sha256) implements Serializable {
    public Weights {
      requireNonNull(location, "location is null");
      if (!OnnxFile.isBelow(location)) {
        throw new IllegalArgumentException(
            "Invalid location of weights: '%s' is not below the folder of the model"
                .formatted(location));
      }
      checkSha256(location, sha256);
    }
  }

  public ModelFile {
    requireNonNull(engine, "engine is null");
    requireNonNull(uri, "uri is null");
    checkSha256(uri, sha256);
    weights = List.copyOf(weights);
  }

  /** A file without external weights. */
  public ModelFile(Engine engine, URI uri, String sha256) {
    this(engine, uri, sha256, List.of());
  }

  /** The same file at another location. */
  public ModelFile locatedAt(URI place) {
    return new ModelFile(engine, place, sha256, weights);
  }

  private static void checkSha256(Object file, String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("Invalid SHA-256 of " + file + ": " + sha256);
    }
  }

  /** The SHA-256 of a file's bytes, as 64 lower-case hexadecimal digits. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
