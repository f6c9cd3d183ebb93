package org.seeql.udf.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import org.seeql.udf.InferenceException;

/**
 * The process that probes one model. Reads a {@link ProbeRequest} from standard input and writes a
 * {@link ProbeAnswer} to the file in its argument. It ends when its parent ends.
 */
final class ProbeMain {
  private static final int ORPHANED = 3;

  private ProbeMain() {}

  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    ProbeRequest request = (ProbeRequest) new ObjectInputStream(System.in).readObject();
    endWithParent(System.in);
    Path answer = Path.of(arguments[0]);
    Path part = answer.resolveSibling("answer.part");
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(part))) {
      out.writeObject(answer(request));
    }
    Files.move(part, answer, StandardCopyOption.ATOMIC_MOVE);
    // do not wait for threads of the libraries or of the model
    Runtime.getRuntime().halt(0);
  }

  private static void endWithParent(InputStream in) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (in.read() >= 0) {
                  // no further input is expected
                }
              } catch (IOException e) {
                // an error means the same as the end of the input
              }
              Runtime.getRuntime().halt(ORPHANED);
            },
            "end with the parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static ProbeAnswer answer(ProbeRequest request) {
    Map<Engine, Path> files = new EnumMap<>(Engine.class);
    request.files().forEach((engine, file) -> files.put(engine, Path.of(file)));
    try {
      return new ProbeAnswer.Described(ModelProbe.probe(request.name(), files, request.options()));
    } catch (InferenceException e) {
      return new ProbeAnswer.Refused(e.getMessage(), e.getCause() != null);
    } catch (RuntimeException | Error e) {
      // any failure is caused by this model
      return new ProbeAnswer.Refused(
          "Cannot use model %s: its test failed: %s".formatted(request.name(), e), true);
    }
  }
}
