package org.seeql.udf.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Writes uncompressed TIFF files with one strip, and the directory after the pixels. */
final class TiffBuilder {
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final byte[] pixels;
  private final TreeMap<Integer, List<Long>> entries = new TreeMap<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private TiffBuilder(int width, int height, int samples, int bits, byte[] pixels) {
    this.pixels = pixels.clone();
    with(256, width).with(257, height).with(259, 1).with(277, samples).with(278, height);
    entries.put(258, new ArrayList<>(java.util.Collections.nCopies(samples, (long) bits)));
    with(262, samples == 1 ? 1 : 2).with(273, 8).with(279, pixels.length);
  }

  static TiffBuilder rgb(int width, int height, byte[] pixels) {
    return new TiffBuilder(width, height, 3, 8, pixels);
  }

  static TiffBuilder grey(int width, int height, int bits, byte[] pixels) {
    return new TiffBuilder(width, height, 1, bits, pixels);
  }

  TiffBuilder with(int tag, long value) {
    entries.put(tag, List.of(value));
    return this;
  }

  TiffBuilder in(ByteOrder newOrder) {
    order = newOrder;
    return this;
  }

  byte[] build() {
    int directory = 8 + pixels.length + (pixels.length & 1);
    int behind = directory + 2 + 12 * entries.size() + 4;
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    ByteBuffer file = ByteBuffer.allocate(behind + 64).order(order);
    file.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes());
    file.putShort((short) 42).putInt(directory).put(pixels).position(directory);
    file.putShort((short) entries.size());
    entries.forEach(
        (tag, numbers) -> {
          boolean isShort = numbers.size() > 1 || tag != 273 && tag != 279;
          file.putShort((short) (int) tag).putShort((short) (isShort ? SHORT : LONG));
          file.putInt(numbers.size());
          if (numbers.size() == 1) {
            file.mark();
            if (isShort) {
              file.putShort((short) (long) numbers.get(0)).putShort((short) 0);
            } else {
              file.putInt((int) (long) numbers.get(0));
            }
          } else {
            file.putInt(behind + values.size());
            ByteBuffer shorts = ByteBuffer.allocate(2 * numbers.size()).order(order);
            numbers.forEach(number -> shorts.putShort((short) (long) number));
            values.writeBytes(shorts.array());
          }
        });
    file.putInt(0).put(values.toByteArray());
    return java.util.Arrays.copyOf(file.array(), file.position());
  }
}
