package io.versor.format.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Compresses and decompresses frames of zstd on the heap. Contexts are kept: to make one costs as
 * much as a block of text. Thread-safe.
 */
final class ZstdFrames {
  private static final int LEVEL = 1;

  /** At most as many as threads were ever at it at once. */
  private static final ConcurrentLinkedQueue<ZstdDecompressCtx> IDLE =
      new ConcurrentLinkedQueue<>();

  private static final ConcurrentLinkedQueue<ZstdCompressCtx> IDLE_COMPRESSING =
      new ConcurrentLinkedQueue<>();

  private ZstdFrames() {}

  static byte[] compress(byte[] data, int start, int bytes) throws StoreException {
    ZstdLibrary.require();
    byte[] frame = new byte[Math.toIntExact(Zstd.compressBound(bytes))];
    return Arrays.copyOf(frame, compress(data, start, bytes, frame, 0));
  }

  /** Compresses into an array from {@code at} on; length of the frame, -1 if it has no room. */
  static int compress(byte[] data, int start, int bytes, byte[] into, int at)
      throws StoreException {
    ZstdLibrary.require();
    ZstdCompressCtx known = IDLE_COMPRESSING.poll();
    ZstdCompressCtx context = known == null ? new ZstdCompressCtx().setLevel(LEVEL) : known;
    try {
      return context.compressByteArray(into, at, into.length - at, data, start, bytes);
    } catch (ZstdException e) {
      if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        return -1;
      }
      throw new StoreException(
          Code.MEMORY, "zstd cannot compress " + bytes + " bytes: " + e.getMessage(), e);
    } finally {
      IDLE_COMPRESSING.add(context);
    }
  }

  /** Decompresses a frame that must give {@code rawBytes} bytes; what it gives instead, if so. */
  static Optional<String> decompress(
      byte[] frame, int start, int bytes, byte[] into, int at, int rawBytes) throws StoreException {
    ZstdLibrary.require();
    ZstdDecompressCtx known = IDLE.poll();
    ZstdDecompressCtx context = known == null ? new ZstdDecompressCtx() : known;
    try {
      int done = context.decompressByteArray(into, at, rawBytes, frame, start, bytes);
      return done == rawBytes ? Optional.empty() : Optional.of(done + " bytes");
    } catch (ZstdException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      IDLE.add(context);
    }
  }
}
