package org.seeql.udf.image;

import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Writes BGR pixels into a model's input: resized and padded, with each value scaled and
 * normalised. Resizing is OpenCV's INTER_LINEAR without antialiasing. Not thread-safe; must be
 * closed.
 */
final class TensorWriter implements AutoCloseable {
  static {
    OpenCv.load();
  }

  private final InputFormat format;
  private final ImageConversion conversion;
  private final Mat canvas;
  private final Mat reordered = new Mat();
  private final Mat plane = new Mat();
  private Rect placed = new Rect();
  private Mat window = new Mat();

  TensorWriter(InputFormat format) {
    this.format = format;
    conversion = format.conversion();
    canvas = new Mat(format.height(), format.width(), CvType.CV_8UC3);
  }

  /**
   * Writes one image.
   *
   * @param pixels BGR, 8 bits per channel, of any size
   */
  void write(Mat pixels, Letterbox letterbox, InputBuffer target, int slot) {
    if (letterbox.left() < 0 || letterbox.top() < 0) {
      crop(pixels, letterbox);
    } else {
      place(pixels, letterbox);
    }
    convert(target.planes(slot));
  }

  private void place(Mat pixels, Letterbox box) {
    Rect place = new Rect(box.left(), box.top(), box.width(), box.height());
    if (!place.equals(placed)) {
      canvas.setTo(Scalar.all(conversion.padding()));
      window.release();
      window = canvas.submat(place);
      placed = place;
    }
    resize(pixels, window, box.width(), box.height());
  }

  /**
   * Crops before resizing, because a long narrow image would not fit into memory if resized whole.
   */
  private void crop(Mat pixels, Letterbox box) {
    int width = part(pixels.cols(), format.width(), box.width());
    int height = part(pixels.rows(), format.height(), box.height());
    Mat middle =
        pixels.submat(
            new Rect((pixels.cols() - width) / 2, (pixels.rows() - height) / 2, width, height));
    resize(middle, canvas, format.width(), format.height());
    middle.release();
    placed = new Rect();
  }

  private static int part(int whole, int shown, int resized) {
    return Math.max(1, (int) Math.rint(whole * (shown / (double) resized)));
  }

  private static void resize(Mat pixels, Mat target, int width, int height) {
    if (pixels.cols() == width && pixels.rows() == height) {
      pixels.copyTo(target);
    } else {
      Imgproc.resize(pixels, target, new Size(width, height), 0, 0, Imgproc.INTER_LINEAR);
    }
  }

  private void convert(List<Mat> planes) {
    if (format.tensor().memoryLayout() == MemoryLayout.NCHW) {
      for (int c = 0; c < 3; c++) {
        Core.extractChannel(canvas, plane, conversion.color() == ColorOrder.RGB ? 2 - c : c);
        convert(plane, planes.get(c), c);
      }
    } else if (isUniform()) {
      convert(ordered(), planes.get(0), 0);
    } else {
      convertChannels(planes.get(0));
    }
  }

  private boolean isUniform() {
    return conversion.mean().stream().distinct().count() == 1
        && conversion.std().stream().distinct().count() == 1;
  }

  private Mat ordered() {
    if (conversion.color() == ColorOrder.BGR) {
      return canvas;
    }
    Imgproc.cvtColor(canvas, reordered, Imgproc.COLOR_BGR2RGB);
    return reordered;
  }

  private void convert(Mat source, Mat target, int channel) {
    double std = conversion.std().get(channel);
    source.convertTo(
        target, target.depth(), conversion.scale() / std, -conversion.mean().get(channel) / std);
  }

  /**
   * Interleaved channels with separate means and deviations: rare, so not optimized to run in
   * place.
   */
  private void convertChannels(Mat target) {
    List<Mat> channels = new ArrayList<>();
    Core.split(ordered(), channels);
    for (int c = 0; c < 3; c++) {
      Mat converted = new Mat();
      double std = conversion.std().get(c);
      channels
          .get(c)
          .convertTo(
              converted, target.depth(), conversion.scale() / std, -conversion.mean().get(c) / std);
      channels.get(c).release();
      channels.set(c, converted);
    }
    Core.merge(channels, target);
    channels.forEach(Mat::release);
  }

  @Override
  public void close() {
    window.release();
    canvas.release();
    reordered.release();
    plane.release();
  }
}
