package org.seeql.udf.batch;

import java.io.IOException;
import java.nio.file.Path;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.RegularFile;

/** An image from a file. */
record FileImage(long row, Path file) implements ImageSource {
  @Override
  public ImageFile open() throws IOException {
    return RegularFile.open(file, RegularFile.Guard.NONE);
  }
}
