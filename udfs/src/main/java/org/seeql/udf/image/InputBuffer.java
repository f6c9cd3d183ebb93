package org.seeql.udf.image;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Native memory for a batch of a model's input, with a fixed number of slots, initially zero.
 * Several threads may write concurrently, each to its own slot. Close it to free the memory.
 */
public final class InputBuffer implements AutoCloseable {
  static {
    OpenCv.load();
  }

  /** The size of a cache line, and of an AVX-512 vector. */
  private static final int ALIGNMENT = 64;

  private final InputFormat format;
  private final int capacity;
  private final Memory memory;
  private final ByteBuffer bytes;
  // matrix headers for each plane, by slot, then channel; created once and reused for all images
  private final List<List<Mat>> planes = new ArrayList<>();

  public InputBuffer(InputFormat format, int capacity) {
    this.format = format;
    this.capacity = capacity;
    long size = (long) capacity * format.bytesPerImage();
    if (capacity < 1 || size > Integer.MAX_VALUE - ALIGNMENT) {
      throw new IllegalArgumentException("Invalid capacity: " + capacity + " images");
    }
    memory = new Memory(size + ALIGNMENT);
    memory.clear();
    long start = -com.sun.jna.Pointer.nativeValue(memory) & (ALIGNMENT - 1);
    bytes = memory.getByteBuffer(start, size).order(ByteOrder.nativeOrder());
    for (int slot = 0; slot < capacity; slot++) {
      planes.add(planesOf(slot));
    }
  }

  private List<Mat> planesOf(int slot) {
    ByteBuffer image = slice(bytes, slot * format.bytesPerImage(), format.bytesPerImage());
    if (format.tensor().memoryLayout() == MemoryLayout.NHWC) {
      return List.of(new Mat(format.height(), format.width(), CvType.makeType(depth(), 3), image));
    }
    int plane = format.bytesPerImage() / 3;
    List<Mat> channels = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      channels.add(
          new Mat(
              format.height(),
              format.width(),
              CvType.makeType(depth(), 1),
              slice(image, c * plane, plane)));
    }
    return channels;
  }

  private static ByteBuffer slice(ByteBuffer buffer, int from, int length) {
    return buffer.slice(from, length).order(ByteOrder.nativeOrder());
  }

  private int depth() {
    return switch (format.tensor().pixelType()) {
      case FLOAT32 -> CvType.CV_32F;
      case FLOAT16 -> CvType.CV_16F;
      case UINT8 -> CvType.CV_8U;
    };
  }

  public int capacity() {
    return capacity;
  }

  /** All images consecutively, in native byte order; valid until this is closed. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Moves an image from one slot to another. */
  public void move(int from, int to) {
    int size = format.bytesPerImage();
    bytes.put(to * size, bytes, from * size, size);
  }

  InputFormat format() {
    return format;
  }

  /** One matrix per channel, or a single matrix with three channels for NHWC. */
  List<Mat> planes(int slot) {
    return planes.get(slot);
  }

  @Override
  public void close() {
    planes.forEach(channels -> channels.forEach(Mat::release));
    planes.clear();
    memory.close();
  }
}
