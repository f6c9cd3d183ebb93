package org.seeql.datasets;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.datasets.ImageTable.StoredFile;
import org.seeql.datasets.ImportSummary.SkippedFile;
import org.seeql.datasets.ImportSummary.Unread;
import org.seeql.datasets.load.LongSet;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.image.UndecodableImageException;

/** One import in progress. Not thread-safe. */
final class FolderScan implements FileTree.Visitor, AutoCloseable {
  private static final int BATCH = 500;

  private final FileTree files;
  private final TableName name;
  private final ImageTable table;
  private final ImportListener listener;
  private final ExecutorService readers;
  private final long total;
  private final Map<String, Long> batch = new LinkedHashMap<>();
  private final List<SkippedFile> examples = new ArrayList<>();
  private final LongSet seen = new LongSet();
  private final Set<String> skippedNames = new HashSet<>();
  private long done;
  private long added;
  private long known;
  private long changed;
  private long skipped;
  private Optional<Unread> unread = Optional.empty();

  FolderScan(FileTree files, TableName name, ImageTable table, ImportListener listener)
      throws IOException {
    this.files = files;
    this.name = name;
    this.table = table;
    this.listener = listener;
    this.total = files.count();
    this.readers = Executors.newFixedThreadPool(files.readers());
  }

  @Override
  public void file(String file, long bytes) throws IOException {
    if (file.length() > ImageTable.LONGEST_NAME) {
      skip(file, "its path has more than " + ImageTable.LONGEST_NAME + " characters");
      return;
    }
    batch.put(file, bytes);
    if (batch.size() == BATCH) {
      importBatch();
    }
  }

  @Override
  public void skipped(String path, String reason) {
    skippedNames.add(path);
    skip(path, reason);
  }

  @Override
  public void missing(String path, String reason) {
    skip(path, reason);
  }

  private void skip(String path, String reason) {
    skipped++;
    if (examples.size() < ImportSummary.MAX_EXAMPLES) {
      examples.add(new SkippedFile(path, reason));
    }
    advance();
  }

  private void skipUnread(SkippedFile file) {
    if (files.isRemote()) {
      unread =
          Optional.of(
              unread.map(u -> new Unread(u.files() + 1, u.first())).orElse(new Unread(1, file)));
    }
    skip(file.path(), file.reason());
  }

  ImportSummary finish(VanishedFiles policy) throws IOException, SQLException {
    importBatch();
    long returned = 0;
    long vanished = 0;
    if (policy == VanishedFiles.MARK) {
      returned = table.clearMissing(seen::contains);
      vanished = table.markMissing(row -> seen.contains(row.id()) || isSkipped(row.name()));
    }
    return new ImportSummary(
        name, files.root(), added, known, changed, skipped, vanished, returned, unread, examples);
  }

  /** Whether a file, or a folder above it, exists but is not read. */
  private boolean isSkipped(String file) {
    int end = file.length();
    while (end >= 0) {
      if (skippedNames.contains(file.substring(0, end))) {
        return true;
      }
      end = file.lastIndexOf('/', end - 1);
    }
    return false;
  }

  private void importBatch() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    try {
      Map<String, StoredFile> present = table.find(List.copyOf(batch.keySet()));
      List<String> missing = new ArrayList<>();
      batch.forEach(
          (file, bytes) -> {
            StoredFile stored = present.get(file);
            if (stored == null) {
              missing.add(file);
            } else {
              compare(stored, bytes);
            }
          });
      List<ImageRecord> images = read(missing);
      table.add(images);
      table
          .find(images.stream().map(ImageRecord::fileName).toList())
          .values()
          .forEach(row -> seen.add(row.id()));
      added += images.size();
      batch.clear();
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot import into " + name, e);
    }
  }

  private void compare(StoredFile stored, long bytes) {
    seen.add(stored.id());
    if (stored.bytes() == bytes) {
      known++;
    } else {
      changed++;
    }
    advance();
  }

  private List<ImageRecord> read(List<String> names) throws IOException {
    List<Future<ImageRecord>> reads = new ArrayList<>();
    for (String file : names) {
      reads.add(readers.submit(() -> ImageRecord.read(files, file)));
    }
    List<ImageRecord> images = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      await(reads.get(i), names.get(i)).ifPresent(images::add);
    }
    return images;
  }

  private Optional<ImageRecord> await(Future<ImageRecord> read, String file) throws IOException {
    try {
      ImageRecord image = read.get();
      advance();
      return Optional.of(image);
    } catch (ExecutionException e) {
      Throwable reason = e.getCause();
      if (reason instanceof UndecodableImageException) {
        skip(file, reason.getMessage());
      } else if (reason instanceof IOException) {
        skipUnread(new SkippedFile(file, "it cannot be read: " + reason.getMessage()));
      } else {
        throw new IllegalStateException("Cannot read " + file, reason);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the import was interrupted", e);
    }
  }

  private void advance() {
    done++;
    listener.progress(done, total);
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
