package org.seeql.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.seeql.job.inference.Devices;
import org.seeql.udf.image.JpegLibrary;
import org.seeql.udf.model.NativeLibraries;

/** Checks of this machine: Java, native libraries, folders, GPU. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 17;
  private static final double GIB = 1L << 30;
  private static final double LOW_GIB = 5;
  private static final double VERY_LOW_GIB = 0.5;

  private MachineChecks() {}

  static Finding java() {
    int version = Runtime.version().feature();
    String found =
        String.format(
            Locale.ROOT,
            "Java %s, %.1f GiB of heap",
            Runtime.version(),
            Runtime.getRuntime().maxMemory() / GIB);
    return version < OLDEST_JAVA
        ? Finding.failed(found, "install Java 17 or later")
        : Finding.ok(found);
  }

  static Finding onnxRuntime() {
    try {
      return Finding.ok("ONNX Runtime " + NativeLibraries.onnxRuntime());
    } catch (RuntimeException | LinkageError e) {
      return Finding.failed(String.valueOf(e.getMessage()), NO_LIBRARY);
    }
  }

  static Finding pytorch() {
    try {
      return Finding.ok("PyTorch " + NativeLibraries.pytorch());
    } catch (RuntimeException | LinkageError e) {
      return Finding.failed(String.valueOf(e.getMessage()), NO_LIBRARY);
    }
  }

  private static final String NO_LIBRARY =
      "use Linux on x86-64 with glibc 2.28 or later, and a folder for temporary files from which "
          + "libraries can be loaded (not noexec)";

  static Finding jpeg() {
    return JpegLibrary.isTurbo()
        ? Finding.ok("libjpeg-turbo")
        : Finding.warning(
            "OpenCV decodes JPEG files, at half the speed",
            "install libturbojpeg.so.0; on Debian and Ubuntu: apt-get install libturbojpeg0");
  }

  static Finding gpu() {
    if (!Devices.hasGpu()) {
      return Finding.ok("none: models run on the CPU");
    }
    return NativeLibraries.onnxRuntimeKnowsGpus()
        ? Finding.ok("NVIDIA")
        : Finding.warning(
            "NVIDIA, but ONNX Runtime has no support for it",
            "use the image of k8s/images/build --image cuda, or --device=cpu");
  }

  /** Whether a folder, or the folder in which it will be created, is writable and has space. */
  static Finding folder(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Finding.failed(
          "%s is not a writable folder".formatted(existing),
          "correct its permissions, or select another folder");
    }
    try {
      double free = Files.getFileStore(existing).getUsableSpace() / GIB;
      String found = String.format(Locale.ROOT, "%s: %.1f GiB free", folder, free);
      if (free < VERY_LOW_GIB) {
        return Finding.failed(found, "free some space");
      }
      return free < LOW_GIB ? Finding.warning(found, "free some space") : Finding.ok(found);
    } catch (IOException e) {
      return Finding.warning("%s: %s".formatted(folder, e.getMessage()), "check the file system");
    }
  }
}
