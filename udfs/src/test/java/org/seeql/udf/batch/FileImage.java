package org.seeql.udf.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image of a file. */
record FileImage(long row, Path file) implements ImageSource {
  @Override
  public byte[] read() throws IOException {
    return Files.readAllBytes(file);
  }
}
