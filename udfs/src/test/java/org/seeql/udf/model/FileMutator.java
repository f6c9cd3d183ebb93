package org.seeql.udf.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Damages files in the way that disks, networks and attackers do. */
final class FileMutator {
  private static final int[] EDGES = {0, 1, -1, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000};

  private final RandomGenerator random;

  FileMutator(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Damages bytes. In an archive, it may also damage the content of an entry and repack it
   * correctly.
   */
  byte[] mutate(Engine engine, Path file) throws IOException {
    return engine == Engine.TORCHSCRIPT && random.nextInt(4) > 0
        ? mutateEntry(file)
        : mutate(Files.readAllBytes(file));
  }

  private byte[] mutate(byte[] bytes) {
    byte[] mutated = bytes.clone();
    for (int i = 1 + random.nextInt(4); i > 0 && mutated.length > 8; i--) {
      mutated = mutateOnce(mutated);
    }
    return mutated;
  }

  private byte[] mutateOnce(byte[] bytes) {
    int at = place(bytes);
    int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> Arrays.fill(bytes, at, at + length, (byte) 0);
      case 3 -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, at, length);
      }
      case 4 -> {
        int edge = EDGES[random.nextInt(EDGES.length)];
        for (int i = 0; i < Integer.BYTES && at + i < bytes.length; i++) {
          bytes[at + i] = (byte) (edge >>> 8 * i);
        }
      }
      case 5 ->
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
      case 6 -> {
        return splice(bytes, at, length, new byte[0]);
      }
      default -> {
        return random.nextInt(8) == 0
            ? Arrays.copyOf(bytes, at)
            : splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      }
    }
    return bytes;
  }

  /** Most of a model consists of weights; its structure is at both ends. */
  private int place(byte[] bytes) {
    int near = Math.min(bytes.length, 4_096);
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(near);
      case 1 -> bytes.length - 1 - random.nextInt(near);
      default -> random.nextInt(bytes.length);
    };
  }

  private static byte[] splice(byte[] bytes, int at, int removed, byte[] added) {
    byte[] spliced = Arrays.copyOf(bytes, bytes.length - removed + added.length);
    System.arraycopy(added, 0, spliced, at, added.length);
    System.arraycopy(bytes, at + removed, spliced, at + added.length, bytes.length - at - removed);
    return spliced;
  }

  private record Entry(String name, byte[] content) {}

  private byte[] mutateEntry(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.add(new Entry(entry.getName(), in.readAllBytes()));
        }
      }
    }
    List<Entry> structure =
        entries.stream().filter(e -> e.name().matches(".*\\.(py|pkl)|.*/version")).toList();
    Entry chosen = structure.get(random.nextInt(structure.size()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Entry entry : entries) {
        out.putNextEntry(new ZipEntry(entry.name()));
        out.write(entry.equals(chosen) ? mutate(entry.content()) : entry.content());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
