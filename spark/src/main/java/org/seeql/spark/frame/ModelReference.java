package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A user's reference to a model. Immutable. */
public sealed interface ModelReference {

  /**
   * The latest version of a model that {@code CREATE MODEL} registered. Needs the database of
   * {@code spark.seeql.database}.
   */
  static ModelReference named(String name) {
    return new Registered(name);
  }

  /** A model in a file. Its properties are determined from the file; needs no database. */
  static ModelReference file(String uri) {
    return file(uri, Map.of());
  }

  /**
   * A model in a file; needs no database.
   *
   * @param uri a path of the driver's machine, or a URI that Hadoop can read; the executors read
   *     it, too
   * @param options the options of {@code CREATE MODEL}: {@code layout}, {@code labels}, {@code
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
   * The files of one model.
   *
   * @param uris one per format
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
