package org.seeql.launcher.install;

/** For which cluster SeeQL's manifests are. */
public enum Overlay {
  /** Any. */
  BASE("base"),
  /** One machine, with a folder of its own as the volume of images. */
  LOCAL("overlays/local"),
  /** One with NVIDIA GPUs. */
  GPU("overlays/gpu");

  private final String folder;

  Overlay(String folder) {
    this.folder = folder;
  }

  /** Below {@code k8s}. */
  String folder() {
    return folder;
  }
}
