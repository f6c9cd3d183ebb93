package org.seeql.chaos.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The ways in which a model file is changed. */
enum ModelMutation {
  BYTES {
    @Override
    byte[] apply(byte[] file, Random random) {
      byte[] bad = file.clone();
      int changes = 1 + random.nextInt(1 << random.nextInt(EXPONENT));
      for (int i = 0; i < changes; i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      return bad;
    }
  },
  /** Changes the start of the file, which contains the graph, not the weights. */
  FIRST_BYTES {
    @Override
    byte[] apply(byte[] file, Random random) {
      byte[] bad = file.clone();
      int changes = 1 + random.nextInt(FEW);
      for (int i = 0; i < changes; i++) {
        bad[random.nextInt(Math.min(FIRST, bad.length))] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
      return bad;
    }
  },
  /** Changes characters of texts: names of operators, attributes or inputs. */
  CHARACTERS {
    @Override
    byte[] apply(byte[] file, Random random) {
      byte[] bad = file.clone();
      int from = random.nextInt(bad.length);
      int changes = 1 + random.nextInt(FEW);
      for (int i = from; i < bad.length && changes > 0; i++) {
        if (Character.isLetter(bad[i]) && random.nextInt(FEW) == 0) {
          bad[i] = (byte) ('a' + random.nextInt('z' - 'a'));
          changes--;
        }
      }
      return bad;
    }
  },
  TRUNCATED {
    @Override
    byte[] apply(byte[] file, Random random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  REPEATED {
    @Override
    byte[] apply(byte[] file, Random random) {
      int from = random.nextInt(file.length);
      int length = random.nextInt(Math.min(FIRST, file.length - from));
      byte[] bad = Arrays.copyOf(file, file.length + length);
      System.arraycopy(file, from, bad, from + length, file.length - from);
      return bad;
    }
  },
  /** Changes an entry of a TorchScript archive and recomputes its checksum. */
  ENTRY {
    @Override
    byte[] apply(byte[] file, Random random) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      boolean changed = false;
      try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file));
          ZipOutputStream out = new ZipOutputStream(bytes)) {
        out.setLevel(0);
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          byte[] content = in.readAllBytes();
          if (content.length > 0 && random.nextInt(FEW) == 0) {
            content = (random.nextBoolean() ? BYTES : CHARACTERS).apply(content, random);
          }
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(content);
          changed = true;
        }
        if (!changed) {
          // not an archive
          return BYTES.apply(file, random);
        }
      }
      return bytes.toByteArray();
    }
  };

  private static final List<ModelMutation> ALL = List.of(values());
  private static final int EXPONENT = 8;
  private static final int FEW = 5;
  private static final int FIRST = 6_000;

  abstract byte[] apply(byte[] file, Random random) throws IOException;

  static ModelMutation random(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
