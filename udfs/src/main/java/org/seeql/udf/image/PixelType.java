package org.seeql.udf.image;

/** The type of one value of a model's input. */
public enum PixelType {
  FLOAT32(4),
  FLOAT16(2),
  UINT8(1);

  private final int bytes;

  PixelType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of one value. */
  public int bytes() {
    return bytes;
  }
}
