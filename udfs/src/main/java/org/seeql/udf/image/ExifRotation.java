package org.seeql.udf.image;

/** Whether an image is rotated according to its EXIF data before it is used. */
public enum ExifRotation {
  APPLY,
  IGNORE
}
