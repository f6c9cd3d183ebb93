package org.seeql.udf.image;

/** Whether an image is turned the way its EXIF data says before it is used. */
public enum ExifRotation {
  APPLY,
  IGNORE
}
