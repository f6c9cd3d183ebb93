package org.seeql.udf.layout;

/** Whether a model has a second input for the sizes of the original images. */
public enum ImageSizes {
  NONE,
  /** It is 1 x 1 for each image, so that boxes are fractions. */
  ONES
}
