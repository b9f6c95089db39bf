package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chunk of a tensor: the bytes of its samples, unpacked where the chunk is packed as a whole.
 * Of a large one that is not, only the samples asked for are read, until they are many. Not
 * thread-safe.
 */
final class Chunk {
  /** Those without pixels take no room in it, so a damaged index could tell of any number. */
  private static final int MOST_IN_A_PICTURE = 1 << 20;

  /** Samples read one by one up to this part of the chunk; then it is read whole. */
  private static final int FEW = 8;

  private static final int SMALL_BYTES = 1 << 16;

  private final DatasetFiles files;
  private final String path;
  private final TensorMeta meta;
  private final ChunkTable table;

  /** Bytes of samples as they lie in the file. */
  private final long storedBytes;

  /** The bytes of all samples, unpacked. */
  private byte @Nullable [] data;

  /** Where samples begin in {@code data}, if a picture was unpacked into it. */
  private int @Nullable [] starts;

  private long asked;

  private Chunk(
      DatasetFiles files, String path, TensorMeta meta, ChunkTable table, long storedBytes) {
    this.files = files;
    this.path = path;
    this.meta = meta;
    this.table = table;
    this.storedBytes = storedBytes;
  }

  static Chunk open(DatasetFiles files, String path, TensorMeta meta) throws StoreException {
    long bytes = files.size(path);
    ChunkTable table = ChunkTable.read(files, path, bytes);
    return new Chunk(files, path, meta, table, bytes - table.dataStart());
  }

  String path() {
    return path;
  }

  long samples() {
    return table.samples();
  }

  /** Bytes of a sample that lie in {@code bytes} from {@code offset} on. */
  record Slice(byte[] bytes, int offset, int length) {}

  int[] shape(long sample) throws StoreException {
    check(sample);
    return table.shape(sample, files.display(path));
  }

  /**
   * How many samples from one on have the same shape and length and lie behind one another; at most
   * {@code most}.
   */
  int alike(long sample, int most) throws StoreException {
    check(sample);
    RunIndex places = table.places();
    if (places.rows() == 0) {
      return 1; // pictures have their own shapes
    }
    long last = places.last(places.row(sample));
    if (table.shapes().rows() > 0) {
      last = Math.min(last, table.shapes().last(table.shapes().row(sample)));
    }
    return (int) Math.min(most, last - sample + 1);
  }

  /** The bytes of samples that are {@link #alike}, behind one another. */
  Slice bytes(long sample, int count) throws StoreException {
    check(sample);
    Optional<String> packing = meta.chunkCompression();
    if (packing.isPresent() && data == null) {
      unpack(packing.get());
    }
    if (starts != null && data != null) {
      int start = starts[(int) sample];
      return new Slice(data, start, starts[(int) sample + 1] - start);
    }
    if (table.places().rows() == 0) {
      return samples() == 1 ? slice(0, size(dataBytes())) : new Slice(new byte[0], 0, 0);
    }
    int row = table.places().row(sample);
    long width = table.places().value(row, 0);
    long start = table.places().value(row, 1) + width * (sample - table.places().first(row));
    long length = width * count;
    if (length > DatasetFiles.MAX_CHUNK_BYTES || start + length > dataBytes()) {
      throw files.corrupt(
          path,
          "byte "
              + (table.dataStart() + start)
              + ": "
              + length
              + " bytes of sample "
              + sample
              + " expected, but the chunk has "
              + dataBytes()
              + " from "
              + table.dataStart()
              + " on");
    }
    return slice(start, (int) length);
  }

  private Slice slice(long start, int length) throws StoreException {
    if (data != null) {
      return new Slice(data, (int) start, length);
    }
    asked += length;
    if (storedBytes <= SMALL_BYTES || asked > storedBytes / FEW) {
      data = files.read(path, table.dataStart(), size(storedBytes));
      return new Slice(data, (int) start, length);
    }
    return new Slice(files.read(path, table.dataStart() + start, length), 0, length);
  }

  private int size(long bytes) throws StoreException {
    if (bytes > DatasetFiles.MAX_CHUNK_BYTES) {
      throw files.corrupt(
          path, bytes + " bytes of samples, at most " + DatasetFiles.MAX_CHUNK_BYTES + " are read");
    }
    return (int) bytes;
  }

  private long dataBytes() {
    return data == null ? storedBytes : data.length;
  }

  private void unpack(String packing) throws StoreException {
    byte[] packed = files.read(path, table.dataStart(), size(storedBytes));
    if (packing.equals(TensorMeta.LZ4)) {
      data = Lz4.unpack(packed, 0, packed.length, files, path);
    } else {
      unpackPicture(packed);
    }
  }

  /** One picture of all samples, side by side from the left, each at the top. */
  private void unpackPicture(byte[] packed) throws StoreException {
    if (table.samples() > MOST_IN_A_PICTURE) {
      throw files.corrupt(
          path,
          table.samples() + " samples in one picture, at most " + MOST_IN_A_PICTURE + " are read");
    }
    int count = (int) table.samples();
    long bytes = 0;
    long pixels = 0;
    for (int i = 0; i < count; i++) {
      int[] shape = shape(i);
      bytes += Shapes.elements(shape);
      pixels = Math.max(pixels, Shapes.elements(shape));
      if (bytes > DatasetFiles.MAX_CHUNK_BYTES) {
        throw files.corrupt(path, "samples of more than " + bytes + " bytes in one picture");
      }
    }
    int[] begins = new int[count + 1];
    byte[] out = files.allocate(bytes, path);
    Picture picture =
        pixels == 0 ? Picture.NONE : Picture.decode(packed, 0, packed.length, files, path);
    int left = 0;
    for (int i = 0; i < count; i++) {
      int[] shape = shape(i);
      begins[i + 1] = begins[i] + (int) Shapes.elements(shape);
      if (begins[i + 1] > begins[i]) {
        picture.copy(left, shape, out, begins[i]);
        left += shape[1];
      }
    }
    data = out;
    starts = begins;
  }

  private void check(long sample) throws StoreException {
    if (sample < 0 || sample >= table.samples()) {
      throw files.corrupt(
          path, "has " + table.samples() + " samples, the index tells of sample " + sample);
    }
  }
}
