package org.seeql.chaos.input;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The ways in which an image file is damaged. */
enum Damage {
  /** The end of the file is missing. */
  TRUNCATED {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  BITS_FLIPPED {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      byte[] bad = file.clone();
      int flips = 1 + random.nextInt(MANY);
      for (int i = 0; i < flips; i++) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
      return bad;
    }
  },
  /** Flips bits of the header, which contains sizes, counts and offsets. */
  HEADER_FLIPPED {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      byte[] bad = file.clone();
      int flips = 1 + random.nextInt(FEW);
      for (int i = 0; i < flips; i++) {
        bad[random.nextInt(Math.min(HEADER, bad.length))] ^=
            (byte) (1 << random.nextInt(Byte.SIZE));
      }
      return bad;
    }
  },
  /** Sets bytes of the header, which may be a number, to all ones or all zeros. */
  EXTREME_NUMBER {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      byte[] bad = file.clone();
      int from = random.nextInt(Math.min(HEADER, bad.length));
      int to = Math.min(bad.length, from + (1 << random.nextInt(FEW)));
      Arrays.fill(bad, from, to, (byte) (random.nextBoolean() ? 0xff : 0));
      return bad;
    }
  },
  /** Replaces the first bytes with those of another format. */
  FOREIGN_HEADER {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      byte[] bad = file.clone();
      int length = Math.min(1 + random.nextInt(HEADER), Math.min(bad.length, other.length));
      System.arraycopy(other, 0, bad, 0, length);
      return bad;
    }
  },
  ZEROED {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      byte[] bad = file.clone();
      int from = random.nextInt(bad.length);
      Arrays.fill(bad, from, from + random.nextInt(bad.length - from), (byte) 0);
      return bad;
    }
  },
  /** Duplicates a part, which shifts the rest. */
  REPEATED {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      int from = random.nextInt(file.length);
      int length = random.nextInt(file.length - from);
      byte[] bad = Arrays.copyOf(file, file.length + length);
      System.arraycopy(file, from, bad, from + length, file.length - from);
      return bad;
    }
  },
  /** Keeps the start and replaces the rest with noise. */
  NOISE {
    @Override
    byte[] apply(byte[] file, byte[] other, Random random) {
      byte[] bad = new byte[file.length];
      random.nextBytes(bad);
      System.arraycopy(file, 0, bad, 0, Math.min(random.nextInt(HEADER), file.length));
      return bad;
    }
  };

  private static final List<Damage> ALL = List.of(values());
  private static final int HEADER = 64;
  private static final int FEW = 4;
  private static final int MANY = 40;

  /**
   * Returns a damaged copy.
   *
   * @param other a file of any format
   */
  abstract byte[] apply(byte[] file, byte[] other, Random random);

  static Damage random(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
