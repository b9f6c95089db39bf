package io.versor.columnar.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How pages are packed. */
final class Codecs {
  private Codecs() {}

  /** The name of a codec that is not read here. */
  static Optional<String> unsupported(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> Optional.empty();
      default -> Optional.of(codec.name());
    };
  }

  /**
   * Unpacks a page.
   *
   * @param size that its header claims; memory is taken for what is there
   * @throws IOException if it is damaged
   */
  static byte[] unpack(CompressionCodecName codec, byte[] packed, int size) throws IOException {
    try {
      return switch (codec) {
        case UNCOMPRESSED -> packed;
        case GZIP -> read(new GZIPInputStream(new ByteArrayInputStream(packed)), size);
        case ZSTD -> read(new ZstdInputStream(new ByteArrayInputStream(packed)), size);
        case SNAPPY -> {
          byte[] plain = new byte[Math.min(size, most(packed.length))];
          int length =
              new SnappyDecompressor().decompress(packed, 0, packed.length, plain, 0, plain.length);
          yield whole(plain, length, size);
        }
        case LZ4_RAW -> {
          byte[] plain = new byte[Math.min(size, most(packed.length))];
          int length =
              new Lz4Decompressor().decompress(packed, 0, packed.length, plain, 0, plain.length);
          yield whole(plain, length, size);
        }
        default -> throw new IllegalStateException(codec + " was not refused");
      };
    } catch (RuntimeException e) {
      throw new IOException(codec + ": " + e.getMessage(), e);
    }
  }

  /** What a byte of Snappy or LZ4 can stand for at most is less than 256. */
  private static int most(int packed) {
    return (int) Math.min(Integer.MAX_VALUE - 64, 256L * packed + 64);
  }

  private static byte[] read(InputStream in, int size) throws IOException {
    try (in) {
      byte[] plain = in.readNBytes(size);
      return whole(plain, plain.length, size);
    }
  }

  private static byte[] whole(byte[] plain, int length, int size) throws IOException {
    if (length != size) {
      throw new IOException(length + " bytes unpacked, expected " + size);
    }
    return plain;
  }

  /** Packs pages. */
  static BytesInputCompressor compressor(CompressionCodecName codec) {
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        return codec == CompressionCodecName.UNCOMPRESSED ? bytes : BytesInput.from(pack(bytes));
      }

      @Override
      public CompressionCodecName getCodecName() {
        return codec;
      }

      @Override
      public void release() {
        // holds nothing
      }

      private byte[] pack(BytesInput bytes) throws IOException {
        ByteArrayOutputStream gathered = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(gathered);
        byte[] plain = gathered.toByteArray();
        return switch (codec) {
          case GZIP -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
              out.write(plain);
            }
            yield packed.toByteArray();
          }
          case SNAPPY -> {
            SnappyCompressor snappy = new SnappyCompressor();
            byte[] packed = new byte[snappy.maxCompressedLength(plain.length)];
            int length = snappy.compress(plain, 0, plain.length, packed, 0, packed.length);
            yield Arrays.copyOf(packed, length);
          }
          default -> Zstd.compress(plain);
        };
      }
    };
  }
}
