package org.seeql.job.evaluate;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.seeql.udf.evaluate.SampledImage;

/** The stored form of a presence sample. */
final class PresenceBits {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PresenceBits() {}

  /** The bits of one class; the first image is the lowest bit. */
  static byte[] column(
      List<SampledImage> sample, Function<SampledImage, BitSet> set, int classNumber) {
    BitSet bits = new BitSet(sample.size());
    for (int i = 0; i < sample.size(); i++) {
      bits.set(i, set.apply(sample.get(i)).get(classNumber));
    }
    return bits.toByteArray();
  }

  /** Encodes ids as a JSON array, compressed with gzip. */
  static byte[] pack(List<String> ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      JSON.writeValue(zip, ids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<String> unpack(byte[] packed) {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return JSON.readValue(zip, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("the ids of a presence sample are damaged", e);
    }
  }
}
