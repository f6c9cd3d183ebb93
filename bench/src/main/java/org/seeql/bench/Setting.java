package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.Statement;

/**
 * The configuration of a measurement.
 *
 * @param model file of a detector, TorchScript or ONNX
 * @param options of CREATE MODEL in addition to its uri, as SQL
 * @param photos folder of the photos from which images are cropped
 * @param work folder for images and databases, retained between runs
 * @param cores threads of Spark and of the parts
 */
record Setting(Path model, String options, Path photos, Path work, int cores) {

  List<Path> images(int count) throws IOException {
    return BenchImages.in(work.resolve("images"), photos, count);
  }

  /**
   * Opens SeeQL with the model registered as {@code bench} and the images as {@code bench.images}.
   */
  BenchSession session(int images) throws IOException {
    images(images);
    Path database = Files.createTempDirectory(work, "database-");
    BenchSession session = new BenchSession(database, cores);
    session.execute(
        """
        CREATE DATABASE bench;
        CREATE TABLE bench.images (image_id BIGINT PRIMARY KEY, file_name VARCHAR(255) NOT NULL);
        INSERT INTO bench.images
          SELECT seq, CONCAT(LPAD(MOD(seq, %d), 6, '0'), '.jpg') FROM main.seq_0_to_%d;
        CREATE OR REPLACE MODEL bench OPTIONS (uri = '%s'%s);
        """
            .formatted(
                images,
                images - 1,
                model.toAbsolutePath(),
                options.isEmpty() ? "" : ", " + options));
    return session;
  }

  /** {@link #options} as options of the probe. */
  Map<String, String> probeOptions() {
    Statement statement =
        ProgramParser.parse(
                "CREATE MODEL bench OPTIONS (uri = ''"
                    + (options.isEmpty() ? "" : ", " + options)
                    + ")")
            .statements()
            .get(0);
    Map<String, String> values = new LinkedHashMap<>();
    ((CreateModelStatement) statement)
        .options()
        .values()
        .forEach((name, value) -> values.put(name, value.text()));
    values.remove("uri");
    return values;
  }

  /** The arguments of CMD that all statements of a benchmark share. */
  String command() {
    return "\"detect\", \"--model=bench\", \"--image_dir=" + work.resolve("images") + "\"";
  }
}
