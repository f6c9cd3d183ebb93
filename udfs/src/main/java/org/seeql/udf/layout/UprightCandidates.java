package org.seeql.udf.layout;

/** Candidates with the boxes of {@code yolov8}, or final boxes with those of {@code end2end}. */
class UprightCandidates extends HeadCandidates {
  UprightCandidates(FurtherValues further) {
    super(further);
  }

  @Override
  final void addColumn(BoxValues box, int column, int classId, float score) {
    track(column);
    addCentred(box.first(), box.second(), box.third(), box.fourth(), classId, score);
  }

  @Override
  final void addFinal(BoxValues box, int row, int classId, float score) {
    track(row);
    add(box.first(), box.second(), box.third(), box.fourth(), classId, score);
  }
}
