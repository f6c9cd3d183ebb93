package org.seeql.udf.image;

import java.util.Arrays;
import java.util.Objects;
import org.seeql.udf.image.ImageHeader.Ending;

/**
 * The scans of a progressive JPEG file, or of one with a separate scan for each component. For
 * every scan, however short, a decoder processes the whole image.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex G</a>
 */
final class JpegScans {
  /**
   * Encoders write about ten; a hundred scans of a hundred megapixels take a few seconds.
   *
   * @see <a href="https://libjpeg-turbo.org/pmwiki/uploads/About/TwoIssueswiththeJPEGStandard.pdf">
   *     Two Issues with the JPEG Standard</a>
   */
  private static final int MAX_SCANS = 100;

  private static final int COEFFICIENTS = 64;
  private static final int NEVER = -1;

  // returned in place of a scan's offset: the end of the file, with and without its marker
  private static final int END = -1;
  private static final int NOTHING = -2;

  private final byte[] content;
  private final Bytes file;
  private final int frame;
  // the lowest bit present so far, by component and coefficient
  private final int[][] lowestBit;

  /**
   * @param frame the offset after the frame header's marker
   */
  JpegScans(byte[] content, int frame) {
    this.content = content;
    this.file = Bytes.of(content);
    this.frame = frame;
    lowestBit = new int[file.u8(frame + 7)][COEFFICIENTS];
    for (int[] component : lowestBit) {
      Arrays.fill(component, NEVER);
    }
  }

  /**
   * Reads all scan headers.
   *
   * @param firstScan the offset after the first scan header's marker
   * @return how the file ends; the image data is complete in either case
   */
  Ending ending(int firstScan) throws UndecodableImageException {
    int at = firstScan;
    try {
      for (int scans = 1; at != NOTHING; scans++) {
        if (scans > MAX_SCANS) {
          throw new UndecodableImageException(
              "The JPEG file has more than %d scans, which would take too long to decode"
                  .formatted(MAX_SCANS));
        }
        noteScan(at);
        at = nextScan(Objects.checkIndex(at + file.u16(at), content.length));
        if (at == END) {
          return Ending.PROPER;
        }
      }
    } catch (IndexOutOfBoundsException e) {
      // a damaged segment, which decoders may tolerate
      if (JpegHeader.endingAfter(content, firstScan) == Ending.PROPER) {
        return Ending.PROPER;
      }
      throw ImageHeader.truncated(ImageFileFormat.JPEG, content.length);
    }
    if (!isComplete()) {
      throw ImageHeader.truncated(ImageFileFormat.JPEG, content.length);
    }
    return Ending.WITHOUT_MARKER;
  }

  private void noteScan(int at) {
    int count = file.u8(at + 2);
    int spectrum = at + 3 + 2 * count;
    boolean progressive = (file.u8(frame - 1) & 3) == 2;
    int first = progressive ? file.u8(spectrum) : 0;
    int last = progressive ? Math.min(file.u8(spectrum + 1), COEFFICIENTS - 1) : COEFFICIENTS - 1;
    int bit = progressive ? file.u8(spectrum + 2) & 0xF : 0;
    for (int i = 0; i < count; i++) {
      int id = file.u8(at + 3 + 2 * i);
      for (int c = 0; c < lowestBit.length; c++) {
        if (file.u8(frame + 8 + 3 * c) == id && first <= last) {
          Arrays.fill(lowestBit[c], first, last + 1, bit);
        }
      }
    }
  }

  private boolean isComplete() {
    return Arrays.stream(lowestBit).flatMapToInt(Arrays::stream).allMatch(bit -> bit == 0);
  }

  /** The offset after the next scan header's marker, or one of the two codes for the end. */
  private int nextScan(int from) {
    int at = from;
    while (at + 1 < content.length) {
      if (content[at] != (byte) 0xFF) {
        at++;
        continue;
      }
      int marker = content[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
      } else if (JpegHeader.standsAlone(marker)) {
        at += 2; // a zero after an FF in pixel data, or a standalone marker
      } else if (marker == JpegHeader.SOS) {
        return at + 2;
      } else if (marker == JpegHeader.EOI) {
        return END;
      } else {
        at += 2 + file.u16(at + 2L);
      }
    }
    if (at > content.length) {
      throw new IndexOutOfBoundsException(at);
    }
    return NOTHING;
  }
}
