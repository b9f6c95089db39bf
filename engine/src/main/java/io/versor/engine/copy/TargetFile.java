package io.versor.engine.copy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Files that are written: new ones, packed if their names say so. */
final class TargetFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private TargetFile() {}

  static OutputStream open(Path path) throws IOException {
    OutputStream file =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            BUFFER_BYTES);
    try {
      String lower = path.toString().toLowerCase(Locale.ROOT);
      if (lower.endsWith(".gz")) {
        return new GZIPOutputStream(file, BUFFER_BYTES);
      }
      return lower.endsWith(".zst") ? new ZstdOutputStream(file) : file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
