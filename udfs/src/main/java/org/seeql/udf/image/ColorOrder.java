package org.seeql.udf.image;

/** The order of a model's input channels. */
public enum ColorOrder {
  RGB,
  BGR
}
