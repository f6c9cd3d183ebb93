package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.MaskableInput;

/** An image whose decoded form is kept, so that it can be masked. Must be closed. */
final class KeptImage implements ImageSource, AutoCloseable {
  private final ImageSource source;
  private Optional<MaskableInput> kept = Optional.empty();
  private boolean closed;

  KeptImage(ImageSource source) {
    this.source = requireNonNull(source, "source is null");
  }

  /** The decoded image; present after a prediction. */
  synchronized MaskableInput input() {
    return kept.orElseThrow();
  }

  @Override
  public synchronized void decoded(InputBuffer buffer, int slot, Letterbox letterbox) {
    if (!closed) {
      kept.ifPresent(MaskableInput::close);
      kept = Optional.of(MaskableInput.copyOf(buffer, slot, letterbox));
    }
  }

  @Override
  public long row() {
    return source.row();
  }

  @Override
  public ImageFile open() throws IOException {
    return source.open();
  }

  @Override
  public long bytesHeld() {
    return source.bytesHeld();
  }

  @Override
  public synchronized void close() {
    closed = true;
    kept.ifPresent(MaskableInput::close);
    kept = Optional.empty();
  }
}
