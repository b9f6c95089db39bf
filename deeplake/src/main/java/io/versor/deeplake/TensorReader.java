package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of a tensor, best from left to right: the chunk last used is kept. Positions
 * are those of stored samples: items where the tensor is one of sequences. Not thread-safe; needs
 * no closing.
 */
public final class TensorReader {
  private final Tensor tensor;
  private final DatasetFiles files;
  private @Nullable Chunk current;

  TensorReader(Tensor tensor, DatasetFiles files) {
    this.tensor = tensor;
    this.files = files;
  }

  /**
   * Samples from one on that are alike: as many as lie together, at most {@code most}.
   *
   * @throws StoreException {@code CORRUPT} with file and offset; {@code LIMIT}, {@code MEMORY}
   */
  public SampleRun run(long sample, int most) throws StoreException {
    tensor.checkItem(sample);
    Optional<TileIndex.Tiling> tiling = tensor.tiles().find(sample);
    if (tiling.isPresent()) {
      byte[] bytes = assemble(sample, tiling.get());
      return new SampleRun(
          Content.ARRAY, bytes, 0, bytes.length, 1, tiling.get().shape().clone(), true);
    }
    ChunkIndex index = tensor.index();
    int row = index.row(sample);
    Chunk chunk = chunk(row);
    long local = sample - index.first(row);
    long left = Math.min(most, index.last(row) - sample + 1);
    boolean packed = isPacked();
    int count = packed ? 1 : chunk.alike(local, (int) left);
    int[] shape = chunk.shape(local);
    Chunk.Slice slice = chunk.bytes(local, count);
    return packed ? unpacked(slice, shape, chunk) : plain(slice, count, shape, chunk);
  }

  /** One sample, in bytes of its own. */
  public Sample sample(long sample) throws StoreException {
    SampleRun run = run(sample, 1);
    byte[] bytes = Arrays.copyOfRange(run.bytes(), run.offset(), run.offset() + run.sampleBytes());
    return new Sample(run.content(), run.shape(), bytes, run.tiled());
  }

  /**
   * The bytes of a sample as they lie in its chunk, before a packing of its own is taken off. Of
   * chunks that are packed as a whole they are what is in there.
   *
   * @throws StoreException {@code UNSUPPORTED} for a sample in tiles, which has no bytes of its own
   */
  public byte[] storedBytes(long sample) throws StoreException {
    tensor.checkItem(sample);
    if (tensor.tiles().find(sample).isPresent()) {
      throw new StoreException(
          Code.UNSUPPORTED, tensor.display() + ": sample " + sample + " lies in tiles");
    }
    int row = tensor.index().row(sample);
    Chunk.Slice slice = chunk(row).bytes(sample - tensor.index().first(row), 1);
    return Arrays.copyOfRange(slice.bytes(), slice.offset(), slice.offset() + slice.length());
  }

  private boolean isPacked() {
    return tensor.meta().sampleCompression().filter(TensorMeta.LZ4::equals).isPresent();
  }

  private SampleRun unpacked(Chunk.Slice slice, int[] shape, Chunk chunk) throws StoreException {
    byte[] bytes = Lz4.unpack(slice.bytes(), slice.offset(), slice.length(), files, chunk.path());
    return plain(new Chunk.Slice(bytes, 0, bytes.length), 1, shape, chunk);
  }

  private SampleRun plain(Chunk.Slice slice, int count, int[] shape, Chunk chunk)
      throws StoreException {
    Content content = tensor.meta().content();
    int width = slice.length() / count;
    byte[] bytes = slice.bytes();
    int offset = slice.offset();
    if (content == Content.ARRAY) {
      checkArray(shape, width, chunk);
      if (swaps()) {
        bytes = swapped(bytes, offset, slice.length());
        offset = 0;
      }
    } else if (content == Content.TEXT || content == Content.LINK || content == Content.JSON) {
      for (int i = 0; i < count; i++) {
        Texts.utf8(bytes, offset + i * width, width, files.display(chunk.path()));
      }
    }
    return new SampleRun(content, bytes, offset, width, count, shape, false);
  }

  private void checkArray(int[] shape, int bytes, Chunk chunk) throws StoreException {
    int width = tensor.elementWidth();
    long elements = Shapes.elements(shape);
    boolean nothing = shape.length == 0 && bytes == 0; // None before anything told the extents
    if (!nothing && (elements > Integer.MAX_VALUE || elements * width != bytes)) {
      throw files.corrupt(
          chunk.path(),
          "a sample of shape "
              + Arrays.toString(shape)
              + " with elements of "
              + width
              + " bytes has "
              + bytes
              + " bytes");
    }
  }

  private boolean swaps() throws StoreException {
    return tensor.meta().bigEndian() && tensor.elementWidth() > 1;
  }

  private byte[] swapped(byte[] bytes, int offset, int length) {
    int width = tensor.meta().element().orElseThrow().swapped();
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = bytes[offset + i - i % width + width - 1 - i % width];
    }
    return out;
  }

  private Chunk chunk(int row) throws StoreException {
    String path = tensor.chunkPath(row);
    Chunk known = current;
    if (known != null && known.path().equals(path)) {
      return known;
    }
    Chunk opened = Chunk.open(files, path, tensor.meta());
    current = opened;
    return opened;
  }

  private byte[] assemble(long sample, TileIndex.Tiling tiling) throws StoreException {
    int width = tensor.elementWidth();
    long bytes = Math.multiplyHigh(Shapes.elements(tiling.shape()), width);
    long size = bytes == 0 ? Shapes.elements(tiling.shape()) * width : Long.MAX_VALUE;
    int first = tensor.index().row(sample);
    int rows = tensor.index().rowsOfSample(first);
    if (tiling.tiles() != rows) {
      throw files.corrupt(
          tensor.folder() + "tiles_index/unsharded",
          "sample "
              + sample
              + " has "
              + tiling.tiles()
              + " tiles, but the index of chunks "
              + rows);
    }
    byte[] out = files.allocate(size, tensor.folder() + "tiles_index/unsharded");
    for (int i = 0; i < rows; i++) {
      Chunk chunk = chunk(first + i);
      putTile(chunk, i, tiling, out, width);
    }
    return out;
  }

  private void putTile(Chunk chunk, int number, TileIndex.Tiling tiling, byte[] out, int width)
      throws StoreException {
    int rank = tiling.shape().length;
    int[] start = new int[rank];
    int[] extent = new int[rank];
    int rest = number;
    for (int i = rank - 1; i >= 0; i--) {
      start[i] = rest % tiling.along(i) * tiling.tile()[i];
      extent[i] = Math.min(tiling.tile()[i], tiling.shape()[i] - start[i]);
      rest /= tiling.along(i);
    }
    byte[] tile = tile(chunk, extent, width);
    long lines = Shapes.elements(Arrays.copyOf(extent, rank - 1));
    int line = extent[rank - 1] * width;
    for (int i = 0; i < lines; i++) {
      long at = 0;
      int left = i;
      long stride = tiling.shape()[rank - 1];
      for (int dimension = rank - 2; dimension >= 0; dimension--) {
        at += (start[dimension] + left % extent[dimension]) * stride;
        left /= extent[dimension];
        stride *= tiling.shape()[dimension];
      }
      int to = (int) ((at + start[rank - 1]) * width);
      System.arraycopy(tile, i * line, out, to, line);
    }
  }

  /** The array of a tile, which is the only sample of its chunk. */
  private byte[] tile(Chunk chunk, int[] extent, int width) throws StoreException {
    Chunk.Slice slice = chunk.bytes(0, 1);
    long bytes = Shapes.elements(extent) * width;
    byte[] tile;
    if (isPacked()) {
      tile = Lz4.unpack(slice.bytes(), slice.offset(), slice.length(), files, chunk.path());
    } else if (tensor.meta().content() == Content.ENCODED) {
      tile = files.allocate(bytes, chunk.path());
      Picture.decode(slice.bytes(), slice.offset(), slice.length(), files, chunk.path())
          .copy(0, extent, tile, 0);
    } else {
      tile = Arrays.copyOfRange(slice.bytes(), slice.offset(), slice.offset() + slice.length());
    }
    if (tile.length != bytes) {
      throw files.corrupt(
          chunk.path(),
          "a tile of "
              + Arrays.toString(extent)
              + " with elements of "
              + width
              + " bytes has "
              + tile.length);
    }
    return swaps() ? swapped(tile, 0, tile.length) : tile;
  }
}
