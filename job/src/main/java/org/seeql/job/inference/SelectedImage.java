package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.image.ImageFile;

/**
 * An image of the selection, below a root.
 *
 * @param content hashes the file while it is read, if the hash is needed
 */
record SelectedImage(SelectedRow selected, ImageRoot root, Optional<ContentHash> content)
    implements ImageSource {
  SelectedImage {
    requireNonNull(selected, "selected is null");
    requireNonNull(root, "root is null");
    requireNonNull(content, "content is null");
  }

  /** An image whose content is not hashed. */
  SelectedImage(SelectedRow selected, ImageRoot root) {
    this(selected, root, Optional.empty());
  }

  @Override
  public long row() {
    return selected.row();
  }

  @Override
  public ImageFile open() throws IOException {
    ImageFile file =
        root.image(selected.pathText().orElseThrow(() -> new IOException("The path is NULL")));
    return content.isPresent() ? content.get().hashing(file) : file;
  }
}
