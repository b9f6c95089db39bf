package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * For a fuzzer: the first byte says which file of a small dataset is another one, the others are
 * what is in it. The whole dataset is read.
 */
public final class DatasetFuzz {
  private static final Path FOLDER = made();
  private static final List<Path> FILES = files();

  private DatasetFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    Path file = FILES.get((input[0] & 0xFF) % FILES.size());
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOfRange(input, 1, input.length));
    try {
      ReadAll.of(FOLDER);
    } catch (StoreException e) {
      if (e.getMessage().length() < 10) {
        throw new AssertionError("says too little", e);
      }
    } finally {
      Files.write(file, whole);
    }
  }

  /** Inputs to begin with: each file as it is. */
  static byte[] seed(int file) throws IOException {
    byte[] content = Files.readAllBytes(FILES.get(file));
    byte[] input = new byte[1 + content.length];
    input[0] = (byte) file;
    System.arraycopy(content, 0, input, 1, content.length);
    return input;
  }

  static int fileCount() {
    return FILES.size();
  }

  private static Path made() {
    try {
      return DamageTest.oneOfEach(Files.createTempDirectory("dataset").resolve("made"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files() {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the inputs to begin with into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (int file = 0; file < fileCount(); file++) {
      Files.write(folder.resolve("seed" + file), seed(file));
    }
  }
}
