package org.seeql.datasets.load;

/** Receives the progress of an import, in the importing thread; must not block. */
public interface DataSetListener {
  /** A listener that does nothing. */
  DataSetListener NONE =
      new DataSetListener() {
        @Override
        public void reading(String source) {}

        @Override
        public void progress(Phase phase, long done, long total) {}
      };

  /** What happens to the counted annotations. */
  enum Phase {
    CHECKED,
    IMPORTED
  }

  /** Reports that a source is read for the first time. Nothing can be counted yet. */
  void reading(String source);

  /**
   * Reports how many annotations have been processed.
   *
   * @param total annotations of all files; 0 if the total is not known yet
   */
  void progress(Phase phase, long done, long total);
}
