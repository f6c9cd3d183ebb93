package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/**
 * A decoded image in the format of a model's input, which can be written again with parts of it
 * hidden. What is hidden has the colour of the model's padding. If its inputs have no padding, it
 * has the input value 0: the mean colour if the model subtracts one, otherwise black. Thread-safe;
 * must be closed.
 */
public final class MaskableInput implements AutoCloseable {
  private static final int CHANNELS = 3;

  private final InputFormat format;
  private final Letterbox letterbox;
  private final Rect visible;
  private final InputBuffer unmasked;
  // float32, one for each channel in the order of the input, only the visible part
  private final List<Mat> channels = new ArrayList<>();
  private final double[] hidden = new double[CHANNELS];
  // a cancelled image may still be written while this is closed
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private MaskableInput(InputFormat format, Letterbox letterbox) {
    this.format = format;
    this.letterbox = letterbox;
    int left = Math.max(0, letterbox.left());
    int top = Math.max(0, letterbox.top());
    int right = Math.min(format.width(), letterbox.left() + letterbox.width());
    int bottom = Math.min(format.height(), letterbox.top() + letterbox.height());
    visible = new Rect(left, top, right - left, bottom - top);
    unmasked = new InputBuffer(format, 1);
  }

  /** A copy of one image of a buffer. */
  public static MaskableInput copyOf(InputBuffer buffer, int slot, Letterbox letterbox) {
    requireNonNull(letterbox, "letterbox is null");
    InputFormat format = buffer.format();
    MaskableInput input = new MaskableInput(format, letterbox);
    int size = format.bytesPerImage();
    input.unmasked.bytes().put(0, buffer.bytes(), slot * size, size);
    input.split();
    return input;
  }

  private void split() {
    List<Mat> planes = new ArrayList<>();
    if (format.tensor().memoryLayout() == MemoryLayout.NCHW) {
      unmasked.planes(0).forEach(plane -> planes.add(plane.submat(visible)));
    } else {
      Mat part = unmasked.planes(0).get(0).submat(visible);
      Core.split(part, planes);
      part.release();
    }
    for (int c = 0; c < CHANNELS; c++) {
      Mat channel = new Mat();
      planes.get(c).convertTo(channel, CvType.CV_32F);
      planes.get(c).release();
      channels.add(channel);
      hidden[c] = hiddenValue(c);
    }
  }

  /** The value of a hidden pixel in the model's input. */
  private double hiddenValue(int channel) {
    ImageConversion conversion = format.conversion();
    return switch (conversion.placement()) {
      case CENTERED, TOP_LEFT ->
          (conversion.padding() * conversion.scale() - conversion.mean().get(channel))
              / conversion.std().get(channel);
      case STRETCH, CENTER_CROP -> 0;
    };
  }

  /** The position of the image in the input. */
  public Letterbox letterbox() {
    return letterbox;
  }

  /** The position of the image's part in the input, in pixels. */
  public int left() {
    return visible.x;
  }

  public int top() {
    return visible.y;
  }

  public int width() {
    return visible.width;
  }

  public int height() {
    return visible.height;
  }

  /**
   * Writes the image with parts of it hidden. The padding of the input stays as it is.
   *
   * @param shares how much of each pixel is shown, 0 to 1: {@link #height} rows of {@link #width}
   * @throws IllegalStateException if this is closed
   */
  public void write(float[] shares, InputBuffer target, int slot) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the image is no longer needed");
      }
      int size = format.bytesPerImage();
      target.bytes().put(slot * size, unmasked.bytes(), 0, size);
      writeVisible(shares, target, slot);
    } finally {
      use.readLock().unlock();
    }
  }

  private void writeVisible(float[] shares, InputBuffer target, int slot) {
    Mat mask = new Mat(visible.height, visible.width, CvType.CV_32F);
    mask.put(0, 0, shares);
    List<Mat> masked = new ArrayList<>();
    for (int c = 0; c < CHANNELS; c++) {
      masked.add(masked(c, mask));
    }
    mask.release();
    place(masked, target.planes(slot));
    masked.forEach(Mat::release);
  }

  /** {@code hidden + mask * (channel - hidden)}. */
  private Mat masked(int channel, Mat mask) {
    Mat result = new Mat();
    Core.subtract(channels.get(channel), Scalar.all(hidden[channel]), result);
    Core.multiply(result, mask, result);
    Core.add(result, Scalar.all(hidden[channel]), result);
    return result;
  }

  private void place(List<Mat> masked, List<Mat> planes) {
    if (format.tensor().memoryLayout() == MemoryLayout.NCHW) {
      for (int c = 0; c < CHANNELS; c++) {
        convert(masked.get(c), planes.get(c));
      }
    } else {
      Mat merged = new Mat();
      Core.merge(masked, merged);
      convert(merged, planes.get(0));
      merged.release();
    }
  }

  private void convert(Mat source, Mat plane) {
    Mat target = plane.submat(visible);
    source.convertTo(target, target.depth());
    target.release();
  }

  /** Waits for images that are being written. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        channels.forEach(Mat::release);
        unmasked.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
