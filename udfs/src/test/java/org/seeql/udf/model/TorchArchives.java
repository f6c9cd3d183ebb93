package org.seeql.udf.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** TorchScript archives with custom code. */
final class TorchArchives {
  private static final String HEAD =
      """
      class Torchvision(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        def forward(self: __torch__.Torchvision,
          x: Tensor) -> Tensor:
      """;

  private TorchArchives() {}

  /** A model whose method forward consists of these lines, with the images in {@code x}. */
  static Path withForward(Path file, String... lines) throws IOException {
    StringBuilder code = new StringBuilder(HEAD);
    for (String line : lines) {
      code.append("    ").append(line).append('\n');
    }
    return withCode(file, code.toString());
  }

  /** A model with this code for its only class. */
  static Path withCode(Path file, String code) throws IOException {
    try (ZipFile template = new ZipFile(TestModels.file("torchvision.torchscript").toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(template.entries())) {
        if (entry.getName().endsWith(".debug_pkl")) {
          continue;
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().endsWith("__torch__.py")) {
          out.write(code.getBytes(StandardCharsets.UTF_8));
        } else {
          try (InputStream in = template.getInputStream(entry)) {
            in.transferTo(out);
          }
        }
        out.closeEntry();
      }
    }
    return file;
  }
}
