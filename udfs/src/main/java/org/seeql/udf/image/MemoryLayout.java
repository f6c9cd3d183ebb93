package org.seeql.udf.image;

/** The order of a model's input axes: N images, C channels, H rows, W columns. */
public enum MemoryLayout {
  NCHW,
  NHWC
}
