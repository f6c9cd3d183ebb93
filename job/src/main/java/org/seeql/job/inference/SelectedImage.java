package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.image.ImageFile;

/** An image of the selection, below a root. */
record SelectedImage(SelectedRow selected, ImageRoot root) implements ImageSource {
  SelectedImage {
    requireNonNull(selected, "selected is null");
    requireNonNull(root, "root is null");
  }

  @Override
  public long row() {
    return selected.row();
  }

  @Override
  public ImageFile open() throws IOException {
    return root.image(selected.pathText().orElseThrow(() -> new IOException("The path is NULL")));
  }
}
