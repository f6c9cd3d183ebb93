package org.seeql.chaos;

/** The counted outcomes of a scenario. */
public enum Count {
  TRIALS("trials", false),
  DISTURBANCES("disturbances", false),
  REFUSED("refused or failed", false),
  LOST("lost", true),
  DUPLICATED("duplicated", true),
  NOT_RESUMABLE("not resumable", true),
  FALSE_SUCCESS("false success", true),
  CRASHES("crashes", true),
  HANGS("hangs", true),
  OTHER("other", true);

  private final String title;
  private final boolean defect;

  Count(String title, boolean defect) {
    this.title = title;
    this.defect = defect;
  }

  String title() {
    return title;
  }

  /** Whether it must be zero. */
  boolean isDefect() {
    return defect;
  }
}
