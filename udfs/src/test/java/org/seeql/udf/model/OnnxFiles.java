package org.seeql.udf.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes ONNX files field by field, valid or not. */
final class OnnxFiles {
  private OnnxFiles() {}

  /** A Protocol Buffers message. */
  static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes.toByteArray());
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        bytes.write((int) (left & 0x7F | 0x80));
        left >>>= 7;
      }
      bytes.write((int) left);
    }

    /**
     * Adds the message with a tag of that many bytes, of which only the lower 32 bits are the
     * field's tag.
     */
    Message hidden(int field, Message value, int tagBytes) {
      long tag = 1L << 7 * tagBytes - 1 | (long) field << 3 | 2;
      varint(tag);
      varint(value.bytes.size());
      bytes.writeBytes(value.toByteArray());
      return this;
    }

    /** Adds the message as a field whose tag is padded with zeros. */
    Message padded(int field, Message value, int tagBytes) {
      long tag = (long) field << 3 | 2;
      for (int i = 0; i < tagBytes - 1; i++) {
        bytes.write((int) (tag >>> 7 * i & 0x7F | 0x80));
      }
      bytes.write(0);
      varint(value.bytes.size());
      bytes.writeBytes(value.toByteArray());
      return this;
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }

  static Message node(String domain, String operator, String input, String output) {
    return new Message().text(1, input).text(2, output).text(4, operator).text(7, domain);
  }

  /** An input or output of float32. */
  static Message tensorInfo(String name, int elementType, long... shape) {
    Message dimensions = new Message();
    for (long size : shape) {
      dimensions.message(1, new Message().number(1, size));
    }
    Message type = new Message().number(1, elementType).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, type));
  }

  static Message metadata(String key, String value) {
    return new Message().text(1, key).text(2, value);
  }

  /** A model with this graph. */
  static Message model(Message graph) {
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 17));
  }

  static Message attribute(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  /** A classifier of 8 x 8 images that returns the mean of each channel as that type. */
  static Message meansOfChannels(int outputType) {
    Message axes = new Message().text(1, "axes").number(8, 2).number(8, 3).number(20, 7);
    Message mean =
        node("", "ReduceMean", "x", "mean").message(5, axes).message(5, attribute("keepdims", 0));
    Message cast = node("", "Cast", "mean", "y").message(5, attribute("to", outputType));
    Message graph =
        new Message()
            .message(1, mean)
            .message(1, cast)
            .text(2, "means")
            .message(11, tensorInfo("x", 1, 1, 3, 8, 8))
            .message(12, tensorInfo("y", outputType, 1, 3));
    return model(graph);
  }

  static Path write(Path file, Message model) throws IOException {
    return Files.write(file, model.toByteArray());
  }
}
