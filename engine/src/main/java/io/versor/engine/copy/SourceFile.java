package io.versor.engine.copy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A file that is read.
 *
 * @param name as the user knows it: what was given, and the place under it
 * @param place under the folder given, with slashes; the last part of a file given by itself
 * @param bytes its size
 */
public record SourceFile(Path path, String name, String place, long bytes) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Its content, unpacked if it ends in {@code .gz} or {@code .zst}. */
  public InputStream open() throws IOException {
    InputStream file = Files.newInputStream(path);
    try {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.endsWith(".gz")) {
        return new GZIPInputStream(file, BUFFER_BYTES);
      }
      return lower.endsWith(".zst") ? new ZstdInputStream(file) : file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The last part of its name. */
  static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** What stands behind the last dot, in lower case; of a packed file behind the one before. */
  static String ending(String name) {
    String lower = last(name).toLowerCase(Locale.ROOT);
    for (String packed : new String[] {".gz", ".zst"}) {
      if (lower.endsWith(packed)) {
        lower = lower.substring(0, lower.length() - packed.length());
      }
    }
    int dot = lower.lastIndexOf('.');
    return dot <= 0 ? "" : lower.substring(dot + 1);
  }
}
