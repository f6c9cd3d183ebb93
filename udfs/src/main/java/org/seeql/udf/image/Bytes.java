package org.seeql.udf.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Random access to the numbers in a file. Reading beyond the end throws {@link
 * IndexOutOfBoundsException}. If the file is not in memory, only the pages that are read are
 * loaded, one at a time. An I/O error then becomes an {@link UncheckedIOException}. Not
 * thread-safe.
 */
final class Bytes {
  private static final int PAGE = 64 << 10;

  private final Source source;
  private final boolean bigEndian;

  private Bytes(Source source, ByteOrder order) {
    this.source = source;
    this.bigEndian = order == ByteOrder.BIG_ENDIAN;
  }

  /** Single bytes by offset. */
  private interface Source {
    int at(long offset);

    default void copy(long offset, byte[] target, int count) {
      for (int i = 0; i < count; i++) {
        target[i] = (byte) at(offset + i);
      }
    }

    long length();
  }

  private static final class InMemory implements Source {
    private final byte[] file;

    InMemory(byte[] file) {
      this.file = file;
    }

    @Override
    public int at(long offset) {
      if (offset < 0 || offset >= file.length) {
        throw new IndexOutOfBoundsException(offset);
      }
      return file[(int) offset] & 0xff;
    }

    @Override
    public void copy(long offset, byte[] target, int count) {
      System.arraycopy(file, Math.toIntExact(offset), target, 0, count);
    }

    @Override
    public long length() {
      return file.length;
    }
  }

  private static final class Paged implements Source {
    private final ImageFile file;
    private final byte[] beginning;
    private byte[] page = {};
    private long start;

    Paged(ImageFile file, byte[] beginning) {
      this.file = file;
      this.beginning = beginning;
    }

    @Override
    public int at(long offset) {
      if (offset >= 0 && offset < beginning.length) {
        return beginning[(int) offset] & 0xff;
      }
      if (offset < start || offset >= start + page.length) {
        load(offset);
      }
      return page[(int) (offset - start)] & 0xff;
    }

    private void load(long offset) {
      if (offset < 0 || offset >= file.length()) {
        throw new IndexOutOfBoundsException(offset);
      }
      start = offset - offset % PAGE;
      try {
        byte[] loaded = new byte[(int) Math.min(PAGE, file.length() - start)];
        page = Arrays.copyOf(loaded, ImageFiles.fill(file, start, loaded, 0));
      } catch (IOException e) {
        page = new byte[0];
        throw new UncheckedIOException(e);
      }
      if (offset >= start + page.length) {
        throw new IndexOutOfBoundsException(offset);
      }
    }

    @Override
    public long length() {
      return file.length();
    }
  }

  static Bytes of(byte[] file) {
    return new Bytes(new InMemory(file), ByteOrder.BIG_ENDIAN);
  }

  /**
   * The bytes of a file that is read page by page.
   *
   * @param beginning the first bytes of the file, which are already read
   */
  static Bytes of(ImageFile file, byte[] beginning) {
    return new Bytes(new Paged(file, beginning), ByteOrder.BIG_ENDIAN);
  }

  /** The same bytes, with numbers in another byte order. */
  Bytes in(ByteOrder order) {
    return new Bytes(source, order);
  }

  int u8(long offset) {
    return source.at(offset);
  }

  int u16(long offset) {
    int first = source.at(offset);
    int second = source.at(offset + 1);
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  int s32(long offset) {
    int first = u16(offset);
    int second = u16(offset + 2);
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  long u32(long offset) {
    return Integer.toUnsignedLong(s32(offset));
  }

  /** Eight bytes; a value above the largest {@code long} becomes negative. */
  long s64(long offset) {
    long first = u32(offset);
    long second = u32(offset + 4);
    return bigEndian ? first << 32 | second : second << 32 | first;
  }

  boolean startsWith(long offset, String latin1) {
    if (offset < 0 || offset + latin1.length() > length()) {
      return false;
    }
    for (int i = 0; i < latin1.length(); i++) {
      if (source.at(offset + i) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Copies bytes to the start of an array. */
  void copy(long offset, byte[] target, int count) {
    source.copy(offset, target, count);
  }

  /** The first {@code count} bytes, or fewer if the file is shorter. */
  byte[] first(int count) {
    byte[] first = new byte[(int) Math.min(count, length())];
    copy(0, first, first.length);
    return first;
  }

  long length() {
    return source.length();
  }
}
