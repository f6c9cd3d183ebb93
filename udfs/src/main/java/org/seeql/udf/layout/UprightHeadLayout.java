package org.seeql.udf.layout;

/** A {@link YoloHeadLayout} with the boxes of {@code yolov8} and {@code end2end}. */
abstract class UprightHeadLayout extends YoloHeadLayout {
  private static final long serialVersionUID = 1;

  @Override
  final BoxTable.BoxKind finalBoxes() {
    return BoxTable.BoxKind.CORNERS;
  }

  @Override
  final HeadCandidates boxCandidates(FurtherValues further) {
    return new UprightCandidates(further);
  }
}
