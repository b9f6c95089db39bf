package io.versor.format.chunk;

import com.github.luben.zstd.util.Native;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/**
 * The native library of zstd, unpacked into the temporary folder when it is needed first.
 *
 * <p>{@link #require} stands before every use of {@link com.github.luben.zstd.Zstd}: that class
 * loads the library as it is initialised, and if the folder cannot be written, it is an Error then
 * and broken until the process ends. Asked before, it is an error of one statement, and the next
 * one may find the folder mended.
 */
final class ZstdLibrary {
  private static volatile boolean loaded;

  private ZstdLibrary() {}

  /**
   * Makes sure that the library is there.
   *
   * @throws StoreException {@code IO} if it cannot be unpacked or loaded
   */
  static void require() throws StoreException {
    if (loaded) {
      return;
    }
    try {
      Native.load();
      loaded = true;
    } catch (LinkageError | RuntimeException e) {
      throw new StoreException(
          Code.IO,
          "the native library of zstd cannot be unpacked into the temporary folder "
              + System.getProperty("ZstdTempFolder", System.getProperty("java.io.tmpdir"))
              + " ("
              + e.getMessage()
              + "); start Java with -Djava.io.tmpdir=FOLDER or -DZstdTempFolder=FOLDER, a folder"
              + " that can be written and from which programs may run",
          e);
    }
  }
}
