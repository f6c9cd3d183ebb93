package org.seeql.job.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seeql.database.RefusalException;
import org.seeql.udf.model.ModelFile;

/** Compares the checksums of a model's files with the option {@code sha256} of CREATE MODEL. */
final class ModelChecksums {
  private ModelChecksums() {}

  /**
   * Checks the option, if present: one checksum per file, in any order.
   *
   * @throws RefusalException if a file has none of the checksums, or the number of checksums is not
   *     the number of files
   */
  static void check(String model, List<ModelFile> files, Map<String, String> options) {
    String option = options.get("sha256");
    if (option == null) {
      return;
    }
    List<String> wanted =
        Arrays.stream(option.split(","))
            .map(checksum -> checksum.trim().toLowerCase(Locale.ROOT))
            .toList();
    for (ModelFile file : files) {
      if (!wanted.contains(file.sha256())) {
        throw new RefusalException(
            "Cannot create model '%s': the sha256 of %s is %s, but OPTIONS requires %s; fetch the file again, or correct the option"
                .formatted(model, file.uri(), file.sha256(), String.join(" or ", wanted)));
      }
    }
    if (wanted.size() != files.size()) {
      throw new RefusalException(
          "Cannot create model '%s': it has %d files, but OPTIONS has %d checksums; specify one checksum per file"
              .formatted(model, files.size(), wanted.size()));
    }
  }
}
