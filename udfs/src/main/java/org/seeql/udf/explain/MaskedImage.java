package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import org.seeql.udf.batch.PreparedInput;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.MaskableInput;

/** An image behind a mask. */
record MaskedImage(MaskableInput image, Mask mask, long row) implements PreparedInput {
  MaskedImage {
    requireNonNull(image, "image is null");
    requireNonNull(mask, "mask is null");
  }

  @Override
  public Letterbox write(InputBuffer target, int slot) {
    image.write(mask.pixels(image.width(), image.height()), target, slot);
    return image.letterbox();
  }
}
