package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model as a user names it. Immutable. */
public sealed interface ModelReference {

  /**
   * A model that {@code CREATE MODEL} registered, in its latest version. Needs the database that
   * {@code spark.seeql.database} names.
   */
  static ModelReference named(String name) {
    return new Registered(name);
  }

  /** A model that is a file, with what can be found out about it; needs no database. */
  static ModelReference file(String uri) {
    return file(uri, Map.of());
  }

  /**
   * A model that is a file; needs no database.
   *
   * @param uri a path of the driver's machine or a URI that Hadoop knows; the executors fetch it
   *     from there, too
   * @param options those of {@code CREATE MODEL}: {@code layout}, {@code labels}, {@code
   *     input_size} and so on
   */
  static ModelReference file(String uri, Map<String, String> options) {
    return new Files(List.of(uri), options);
  }

  /** The name, for people. */
  String text();

  record Registered(String name) implements ModelReference {
    public Registered {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name is blank");
      }
    }

    @Override
    public String text() {
      return name;
    }
  }

  /**
   * Files of one model.
   *
   * @param uris one a format
   */
  record Files(List<String> uris, Map<String, String> options) implements ModelReference {
    public Files {
      uris = List.copyOf(new ArrayList<>(uris));
      requireNonNull(options, "options is null");
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      if (uris.isEmpty()) {
        throw new IllegalArgumentException("uris is empty");
      }
    }

    @Override
    public String text() {
      return uris.get(0);
    }
  }
}
