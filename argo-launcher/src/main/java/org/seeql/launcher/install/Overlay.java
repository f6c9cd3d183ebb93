package org.seeql.launcher.install;

/** The kind of cluster that SeeQL's manifests target. */
public enum Overlay {
  /** Any cluster. */
  BASE("base"),
  /** A single machine, with a local folder as the volume of images. */
  LOCAL("overlays/local"),
  /** A cluster with NVIDIA GPUs. */
  GPU("overlays/gpu");

  private final String folder;

  Overlay(String folder) {
    this.folder = folder;
  }

  /** The folder, relative to {@code k8s}. */
  String folder() {
    return folder;
  }
}
