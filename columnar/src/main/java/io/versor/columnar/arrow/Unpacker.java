package io.versor.columnar.arrow;

import com.github.luben.zstd.ZstdInputStream;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** Buffers that are packed each by itself, behind their length. */
@FunctionalInterface
interface Unpacker {
  /** What one Java array takes. */
  int MAX_BYTES = Integer.MAX_VALUE - 64;

  /** Reads what is packed. */
  InputStream open(InputStream packed) throws IOException;

  static Unpacker of(byte codec) throws StoreException {
    return switch (codec) {
      case CompressionType.LZ4_FRAME -> FramedLZ4CompressorInputStream::new;
      case CompressionType.ZSTD -> ZstdInputStream::new;
      default -> throw new StoreException(Code.INVALID_VALUE, "compression " + codec);
    };
  }

  default ByteBuffer unpack(ByteBuffer bytes) throws StoreException {
    if (bytes.limit() == 0) {
      return bytes;
    }
    long length = bytes.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    ByteBuffer packed = bytes.slice(8, bytes.limit() - 8);
    if (length == -1) {
      return packed; // it would have become longer
    }
    if (length < 0 || length > MAX_BYTES) {
      throw new StoreException(Code.INVALID_VALUE, "a buffer of " + length + " bytes unpacked");
    }
    byte[] copy = new byte[packed.remaining()];
    packed.get(copy);
    try (InputStream in = open(new ByteArrayInputStream(copy))) {
      // Grows with what is really there, whatever the length says.
      byte[] unpacked = in.readNBytes((int) length);
      if (unpacked.length < length) {
        throw new StoreException(
            Code.INVALID_VALUE,
            "a buffer of " + unpacked.length + " bytes unpacked, expected " + length);
      }
      return ByteBuffer.wrap(unpacked);
    } catch (IOException | RuntimeException e) {
      throw new StoreException(
          Code.INVALID_VALUE, "a buffer that cannot be unpacked: " + e.getMessage(), e);
    }
  }
}
