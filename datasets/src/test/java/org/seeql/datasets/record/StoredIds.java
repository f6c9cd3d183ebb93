package org.seeql.datasets.record;

import java.util.Map;
import java.util.OptionalLong;

/** The ids that a database has for images and categories, by name. */
public record StoredIds(Map<String, Long> images, long lastImage, Map<String, Long> categories)
    implements KnownIds {

  @Override
  public OptionalLong image(String fileName) {
    return find(images, fileName);
  }

  @Override
  public OptionalLong category(String name) {
    return find(categories, name);
  }

  @Override
  public boolean hasCategory(long id) {
    return categories.containsValue(id);
  }

  private static OptionalLong find(Map<String, Long> ids, String name) {
    return ids.containsKey(name) ? OptionalLong.of(ids.get(name)) : OptionalLong.empty();
  }
}
