package org.seeql.udf.explain;

/** How parts of an image are hidden to see whether the answer changes. */
public enum SaliencyMethod {
  /**
   * Random masks; the weight is the best match with the explained detection.
   *
   * @see <a href="https://arxiv.org/abs/2006.03204">Petsiuk and others: Black-box Explanation of
   *     Object Detectors via Saliency Maps</a>
   */
  DRISE,
  /**
   * Random masks; the weight is the score of the class.
   *
   * @see <a href="https://arxiv.org/abs/1806.07421">Petsiuk and others: RISE</a>
   */
  RISE,
  /** A window that moves over the image; deterministic. */
  OCCLUSION
}
