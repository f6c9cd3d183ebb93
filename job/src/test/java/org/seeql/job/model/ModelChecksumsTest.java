package org.seeql.job.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seeql.database.RefusalException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelFile;

class ModelChecksumsTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final List<ModelFile> FILES =
      List.of(
          new ModelFile(Engine.TORCHSCRIPT, URI.create("file:/m.pt"), A),
          new ModelFile(Engine.ONNX, URI.create("file:/m.onnx"), B));

  @Test
  void takesChecksumsInAnyOrderAndCase() {
    assertThatCode(
            () ->
                ModelChecksums.check(
                    "m", FILES, Map.of("sha256", B.toUpperCase(Locale.ROOT) + ", " + A)))
        .doesNotThrowAnyException();
  }

  @Test
  void asksForNothingWithoutTheOption() {
    assertThatCode(() -> ModelChecksums.check("m", FILES, Map.of())).doesNotThrowAnyException();
  }

  @Test
  void refusesAFileOfAnotherChecksum() {
    assertThatThrownBy(() -> ModelChecksums.check("m", FILES.subList(1, 2), Map.of("sha256", A)))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot create model 'm': the sha256 of file:/m.onnx is %s, but OPTIONS requires %s; fetch the file again, or correct the option"
                .formatted(B, A));
  }

  @Test
  void refusesAChecksumWithoutAFile() {
    assertThatThrownBy(
            () -> ModelChecksums.check("m", FILES.subList(0, 1), Map.of("sha256", A + "," + B)))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot create model 'm': it has 1 files, but OPTIONS has 2 checksums; specify one checksum per file");
  }
}
