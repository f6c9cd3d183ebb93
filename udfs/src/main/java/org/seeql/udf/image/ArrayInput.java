package org.seeql.udf.image;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An input stream for the JDK's image readers over a byte array and a few extra bytes after it.
 * Nothing is copied.
 */
final class ArrayInput extends ImageInputStreamImpl {
  private final byte[] content;
  private final byte[] end;

  ArrayInput(byte[] content, byte... end) {
    this.content = content;
    this.end = end;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= length()) {
      return -1;
    }
    int at = (int) streamPos++;
    return (at < content.length ? content[at] : end[at - content.length]) & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    bitOffset = 0;
    if (streamPos >= length()) {
      return -1;
    }
    int at = (int) streamPos;
    byte[] source = at < content.length ? content : end;
    int from = at < content.length ? at : at - content.length;
    int read = Math.min(count, source.length - from);
    System.arraycopy(source, from, target, offset, read);
    streamPos += read;
    return read;
  }

  @Override
  public long length() {
    return (long) content.length + end.length;
  }
}
