package org.seeql.datasets.load;

/** Is told how far an import is, from the importing thread; must not block. */
public interface DataSetListener {
  /** Hears nothing. */
  DataSetListener NONE =
      new DataSetListener() {
        @Override
        public void reading(String source) {}

        @Override
        public void progress(Phase phase, long done, long total) {}
      };

  /** What is done to annotations. */
  enum Phase {
    CHECKED,
    IMPORTED
  }

  /** A file is looked through for the first time, and nothing can be counted yet. */
  void reading(String source);

  /**
   * So many annotations are through.
   *
   * @param total annotations of all files; 0 where it is not known yet
   */
  void progress(Phase phase, long done, long total);
}
