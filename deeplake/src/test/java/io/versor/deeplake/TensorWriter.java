package io.versor.deeplake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One tensor of a written dataset: its description and its chunks. */
final class TensorWriter {
  private static final byte[] VERSION = "\u00063.9.52".getBytes(StandardCharsets.US_ASCII);

  private final String key;
  private final ObjectNode meta = Fixture.JSON.createObjectNode();
  private final List<ChunkWriter> chunks = new ArrayList<>();

  /** Rows of the sequence index, of tile, pad and credential indexes, as they are written. */
  private final List<Integer> sequences = new ArrayList<>();

  private final List<Long> tiles = new ArrayList<>();
  private final List<Integer> pads = new ArrayList<>();
  private int chunkIdWidth = 8;
  private long tiledSamples;
  private long rank;

  TensorWriter(String key, String htype, String dtype) {
    this.key = key;
    meta.put("htype", htype).put("dtype", dtype).put("length", 0);
    meta.putNull("typestr").putNull("sample_compression").putNull("chunk_compression");
    meta.put("is_sequence", false).put("is_link", false).put("hidden", false);
    meta.putArray("min_shape");
    meta.putArray("max_shape");
  }

  String key() {
    return key;
  }

  ObjectNode meta() {
    return meta;
  }

  TensorWriter with(String name, String value) {
    meta.put(name, value);
    return this;
  }

  /** Chunk ids and last samples in four bytes each, without a byte that says so. */
  TensorWriter oldIndex() {
    chunkIdWidth = 4;
    return this;
  }

  ChunkWriter chunk() {
    ChunkWriter chunk = new ChunkWriter(0x100 + chunks.size());
    chunks.add(chunk);
    return chunk;
  }

  TensorWriter sequence(int items, int first, int last) {
    meta.put("is_sequence", true);
    sequences.addAll(List.of(items, first, last));
    return this;
  }

  TensorWriter pad(int from, int to) {
    pads.addAll(List.of(from, to));
    return this;
  }

  /** A tiled sample; its tiles are the chunks that end at it. */
  TensorWriter tiled(long sample, long[] shape, long[] tile) {
    tiledSamples++;
    rank = shape.length;
    tiles.add(sample);
    for (long extent : shape) {
      tiles.add(extent);
    }
    for (long extent : tile) {
      tiles.add(extent);
    }
    return this;
  }

  void writeMeta(Path node) throws IOException {
    long last = -1;
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    for (ChunkWriter chunk : chunks) {
      last += chunk.continuesTile ? 0 : chunk.samples();
      put(index, chunkIdWidth, chunk.id);
      put(index, chunkIdWidth, last);
    }
    if (meta.get("max_shape").isEmpty()) {
      putExtents();
    }
    int sequenceRows = sequences.size();
    meta.put("length", sequenceRows == 0 ? last + 1 : sequences.get(sequenceRows - 1) + 1);
    write(node, "tensor_meta.json", Fixture.JSON.writeValueAsBytes(meta));
    byte[] width = chunkIdWidth == 4 ? new byte[0] : new byte[] {8};
    write(node, "chunks_index/unsharded", concat(VERSION, width, index.toByteArray()));
    if (!sequences.isEmpty()) {
      write(node, "sequence_index/unsharded", concat(VERSION, ints(sequences)));
    }
    if (!pads.isEmpty()) {
      write(node, "pad_index/unsharded", concat(VERSION, ints(pads)));
    }
    if (tiledSamples > 0) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      put(out, 8, tiledSamples);
      put(out, 8, rank);
      tiles.forEach(number -> put(out, 8, number));
      write(node, "tiles_index/unsharded", concat(VERSION, out.toByteArray()));
    }
  }

  /** The smallest and greatest extents of samples, as Deep Lake notes them. */
  private void putExtents() {
    List<long[]> shapes = new ArrayList<>();
    if (tiledSamples > 0) {
      shapes.add(tiles.stream().skip(1).limit(rank).mapToLong(Long::longValue).toArray());
    } else {
      chunks.forEach(
          chunk -> chunk.shapes.forEach(row -> shapes.add(Arrays.copyOf(row, row.length - 1))));
    }
    for (int i = 0; i < shapes.get(0).length; i++) {
      int extent = i;
      meta.withArray("min_shape").add(shapes.stream().mapToLong(s -> s[extent]).min().orElse(0));
      meta.withArray("max_shape").add(shapes.stream().mapToLong(s -> s[extent]).max().orElse(0));
    }
  }

  void writeChunks(Path node) throws IOException {
    for (ChunkWriter chunk : chunks) {
      write(node, "chunks/" + Long.toHexString(chunk.id), chunk.bytes());
    }
  }

  private void write(Path node, String name, byte[] bytes) throws IOException {
    Path file = node.resolve(key).resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] ints(List<Integer> numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    numbers.forEach(number -> put(out, 4, number));
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, int width, long value) {
    for (int i = 0; i < width; i++) {
      out.write((int) (value >>> 8 * i));
    }
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Samples of one chunk. */
  static final class ChunkWriter {
    private final long id;
    private final List<long[]> shapes = new ArrayList<>();
    private final List<long[]> places = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean continuesTile;
    private byte[] packed;
    private long samples;

    private ChunkWriter(long id) {
      this.id = id;
    }

    ChunkWriter continuesTile() {
      continuesTile = true;
      return this;
    }

    /** Samples of one shape and length behind one another. */
    ChunkWriter run(byte[] bytes, int count, long... shape) {
      long start = data.size();
      samples += count;
      long[] row = new long[shape.length + 1];
      System.arraycopy(shape, 0, row, 0, shape.length);
      row[shape.length] = samples - 1;
      shapes.add(row);
      places.add(new long[] {bytes.length / count, start, samples - 1});
      data.writeBytes(bytes);
      return this;
    }

    ChunkWriter text(String text) {
      return run(text.getBytes(StandardCharsets.UTF_8), 1, 1);
    }

    /** What stands instead of the samples' bytes: they are packed as a whole. */
    ChunkWriter packed(byte[] bytes) {
      packed = bytes;
      return this;
    }

    ChunkWriter withoutPlaces() {
      places.clear();
      return this;
    }

    byte[] data() {
      return data.toByteArray();
    }

    private long samples() {
      return samples;
    }

    byte[] bytes() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      put(out, 4, shapes.size());
      put(out, 4, shapes.isEmpty() ? 0 : shapes.get(0).length);
      shapes.forEach(row -> putRow(out, row));
      put(out, 4, places.size());
      places.forEach(row -> putRow(out, row));
      return concat(VERSION, out.toByteArray(), packed == null ? data.toByteArray() : packed);
    }

    private static void putRow(ByteArrayOutputStream out, long[] row) {
      for (long value : row) {
        put(out, 4, value);
      }
    }
  }

  /** Little-endian. */
  static byte[] int32(int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }

  /** LZ4 as Deep Lake writes it, of literals only. */
  static byte[] lz4(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    put(out, 4, raw.length);
    out.writeBytes(literals(raw));
    return out.toByteArray();
  }

  static byte[] literals(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Math.min(raw.length, 15) << 4);
    if (raw.length >= 15) {
      int rest = raw.length - 15;
      for (; rest >= 255; rest -= 255) {
        out.write(255);
      }
      out.write(rest);
    }
    out.writeBytes(raw);
    return out.toByteArray();
  }
}
