package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.record.KnownIds;

/** The ids of a database, loaded on first use. */
final class DatabaseIds implements KnownIds {
  private final DatabaseSession session;
  private final DataSetTables tables;
  private final ImageFolder folder;
  private final ImageNames names;
  private final Map<String, Long> images = new HashMap<>();
  private final Map<String, Long> categories = new HashMap<>();
  // includes the ids of all categories with the same name
  private final Set<Long> categoryIds = new HashSet<>();
  private boolean isLoaded;
  private long lastImage;

  DatabaseIds(DatabaseSession session, DataSetTables tables, ImageFolder folder, ImageNames names) {
    this.session = requireNonNull(session, "session is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.names = requireNonNull(names, "names is null");
  }

  @Override
  public OptionalLong image(String fileName) throws SQLException {
    load();
    return find(images, folder.prefix() + names.below(fileName).orElse(fileName));
  }

  @Override
  public long lastImage() throws SQLException {
    load();
    return lastImage;
  }

  @Override
  public OptionalLong category(String name) throws SQLException {
    load();
    return find(categories, name);
  }

  @Override
  public boolean hasCategory(long id) throws SQLException {
    load();
    return categoryIds.contains(id);
  }

  private static OptionalLong find(Map<String, Long> ids, String name) {
    Long id = ids.get(name);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  private void load() throws SQLException {
    if (isLoaded) {
      return;
    }
    isLoaded = true;
    if (tables.hasRows(session, "images")) {
      session.query(
          "SELECT path, image_id FROM " + tables.quoted("images"),
          row -> images.put(folder.earlierPrefix() + row.getString(1), row.getLong(2)));
      images.values().forEach(id -> lastImage = Math.max(lastImage, id));
    }
    if (tables.hasRows(session, "categories")) {
      session.query(
          "SELECT name, id FROM " + tables.quoted("categories") + " ORDER BY id DESC",
          row -> {
            categoryIds.add(row.getLong(2));
            return categories.put(row.getString(1), row.getLong(2));
          });
    }
  }
}
