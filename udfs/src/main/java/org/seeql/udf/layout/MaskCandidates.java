package org.seeql.udf.layout;

import org.seeql.udf.detect.Geometry;
import org.seeql.udf.image.Letterbox;

/** Boxes with the coefficients of their masks. */
final class MaskCandidates extends UprightCandidates {
  private final MaskPrototypes prototypes;

  MaskCandidates(FurtherValues further, MaskPrototypes prototypes) {
    super(further);
    this.prototypes = prototypes;
  }

  @Override
  Geometry geometry(int candidate, Letterbox letterbox, PixelBox box) {
    float[] coefficients = new float[furtherCount()];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = further(candidate, i);
    }
    return prototypes.mask(coefficients, box);
  }
}
