package org.seeql.udf.model;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The request to the process that probes a model. The files are paths. */
record ProbeRequest(String name, TreeMap<Engine, String> files, HashMap<String, String> options)
    implements Serializable {
  static ProbeRequest of(String name, Map<Engine, String> files, Map<String, String> options) {
    return new ProbeRequest(name, new TreeMap<>(files), new HashMap<>(options));
  }
}
