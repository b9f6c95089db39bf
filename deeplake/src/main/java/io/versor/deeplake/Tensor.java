package io.versor.deeplake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tensor at one node: what it is, and where its samples are. Samples are told by their position;
 * of sequences, each is a list of items, which have positions of their own. Immutable, thread-safe.
 */
public final class Tensor {
  private static final String INDEX = "/unsharded";

  private final DatasetFiles files;
  private final ChunkPlaces places;
  private final String node;
  private final String name;
  private final String key;
  private final TensorMeta meta;
  private final JsonNode info;
  private final ChunkIndex index;
  private final TileIndex tiles;
  private final Optional<RunIndex> sequences;
  private final RunIndex creds;
  private final long[] pads;
  private @Nullable Map<String, String> chunkPaths;

  Tensor(DatasetFiles files, ChunkPlaces places, String node, String name, String key)
      throws StoreException {
    this.files = files;
    this.places = places;
    this.node = node;
    this.name = name;
    this.key = key;
    String metaPath = folder() + "tensor_meta.json";
    meta = TensorMeta.parse(files.json(metaPath), files, metaPath);
    info =
        files
            .findJson(folder() + "tensor_info.json")
            .orElseGet(() -> JsonNodeFactory.instance.objectNode());
    index = ChunkIndex.read(files.findBytes(folder() + "chunks_index" + INDEX));
    tiles = TileIndex.read(files.findBytes(folder() + "tiles_index" + INDEX));
    sequences = meta.isSequence() ? Optional.of(runs("sequence_index", 2)) : Optional.empty();
    creds = meta.isLink() ? runs("creds_index", 1) : RunIndex.empty(1);
    pads = pads();
    checkLength();
    checkSequences();
  }

  private RunIndex runs(String file, int columns) throws StoreException {
    Optional<FileBytes> bytes = files.findBytes(folder() + file + INDEX);
    return bytes.isEmpty() || bytes.get().remaining() == 0
        ? RunIndex.empty(columns)
        : RunIndex.readAll(bytes.get().skipVersion(), columns, "row");
  }

  private long[] pads() throws StoreException {
    Optional<FileBytes> bytes = files.findBytes(folder() + "pad_index" + INDEX);
    if (bytes.isEmpty() || bytes.get().remaining() == 0) {
      return new long[0];
    }
    FileBytes in = bytes.get().skipVersion();
    if (in.remaining() % 8 != 0) {
      throw in.corrupt(in.position(), in.remaining() + " bytes, expected pairs of 4-byte numbers");
    }
    long[] runs = new long[in.remaining() / 4];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = in.u32("a padded sample");
      if (i > 0 && runs[i] < runs[i - 1]) {
        throw in.corrupt(in.position() - 4, "padded samples that fall back to " + runs[i]);
      }
    }
    return runs;
  }

  private void checkLength() throws StoreException {
    // Deep Lake counts items there as soon as sequences were updated, and does not look at it.
    long indexed = index.samples();
    if (sequences.isEmpty() && indexed != meta.length()) {
      throw files.corrupt(
          folder() + "tensor_meta.json",
          "tells of " + meta.length() + " samples, the index has " + indexed);
    }
  }

  private void checkSequences() throws StoreException {
    RunIndex runs = sequences.orElse(RunIndex.empty(2));
    long next = 0;
    for (int row = 0; row < runs.rows(); row++) {
      long count = runs.last(row) - runs.first(row) + 1;
      long items = runs.value(row, 0) * count;
      if (runs.value(row, 1) != next && items > 0 || next + items > index.samples()) {
        throw files.corrupt(
            folder() + "sequence_index" + INDEX,
            "row "
                + row
                + ": "
                + count
                + " sequences of "
                + runs.value(row, 0)
                + " items from "
                + runs.value(row, 1)
                + " on, expected from "
                + next
                + " of "
                + index.samples());
      }
      next += items;
    }
  }

  /** Its name at this node, groups in front: {@code boxes/xy}. */
  public String name() {
    return name;
  }

  /** What its folder is called: the name it was made with. */
  public String key() {
    return key;
  }

  public TensorMeta meta() {
    return meta;
  }

  /** A JSON object; {@code class_names} and the like. Not to be changed. */
  public JsonNode info() {
    return info;
  }

  /** Names of class labels by number; none where there are none. */
  public List<String> classNames() {
    List<String> names = new ArrayList<>();
    info.path("class_names").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Samples; a sequence is one. */
  public long length() {
    return sequences.map(RunIndex::samples).orElse(index.samples());
  }

  /** Stored samples: items, where the tensor is one of sequences. */
  public long items() {
    return index.samples();
  }

  /** The first item of a sequence. Of other tensors items are the samples. */
  public long firstItem(long sample) {
    checkSample(sample);
    if (sequences.isEmpty()) {
      return sample;
    }
    int row = sequences.get().row(sample);
    long before = sample - sequences.get().first(row);
    return sequences.get().value(row, 1) + before * sequences.get().value(row, 0);
  }

  /** How many items a sequence has; 1 for a sample of other tensors. */
  public int itemCount(long sample) {
    checkSample(sample);
    return sequences.isEmpty() ? 1 : (int) sequences.get().value(sequences.get().row(sample), 0);
  }

  /** Whether a sample was never given, only skipped by one behind it. */
  public boolean isPadded(long sample) {
    checkSample(sample);
    for (int i = 0; i < pads.length; i += 2) {
      if (sample >= pads[i] && sample < pads[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** Whether there are samples that were never given. */
  boolean hasPads() {
    return pads.length > 0;
  }

  /** How many links ask for credentials. */
  long itemsWithCredentials() {
    long asking = 0;
    for (int row = 0; row < creds.rows(); row++) {
      asking += creds.value(row, 0) == 0 ? 0 : creds.last(row) - creds.first(row) + 1;
    }
    return asking;
  }

  /** Which of the dataset's credentials a link's target asks for; 0 = none, else 1 and up. */
  public int credentials(long item) {
    return item < creds.samples() ? (int) creds.value(creds.row(item), 0) : 0;
  }

  /** Where all stored samples are, in their order. */
  public List<ChunkSpan> spans() throws StoreException {
    List<ChunkSpan> spans = new ArrayList<>();
    for (int row = 0; row < index.rows(); row++) {
      String path = chunkPath(row);
      long first = index.first(row);
      long last = index.last(row);
      if (tiles.find(last).isPresent()) {
        spans.add(new ChunkSpan(path, 0, last, 1, true));
        row += index.rowsOfSample(row) - 1;
      } else {
        spans.add(new ChunkSpan(path, 0, first, last - first + 1, false));
      }
    }
    return spans;
  }

  /** Begins to read samples. */
  public TensorReader read() {
    return new TensorReader(this, files);
  }

  ChunkIndex index() {
    return index;
  }

  TileIndex tiles() {
    return tiles;
  }

  /** The folder of its files at this node, with a slash behind it. */
  String folder() {
    return VersionTree.folder(node) + key + "/";
  }

  /** For messages. */
  String display() {
    return files.display(VersionTree.folder(node) + key);
  }

  int elementWidth() throws StoreException {
    if (meta.element().isEmpty()) {
      throw new StoreException(
          Code.CORRUPT,
          display() + ": samples of htype " + meta.htype() + " without a dtype of numbers");
    }
    return meta.element().get().width();
  }

  String chunkPath(int row) throws StoreException {
    Map<String, String> known;
    synchronized (this) {
      if (chunkPaths == null) {
        chunkPaths = places.find(node, key, index.names());
      }
      known = chunkPaths;
    }
    String path = known.get(index.name(row));
    if (path == null) {
      throw new IllegalStateException("chunk " + index.name(row) + " was not looked for");
    }
    return path;
  }

  private void checkSample(long sample) {
    if (sample < 0 || sample >= length()) {
      throw new IndexOutOfBoundsException("sample " + sample + " of " + length() + " of " + name);
    }
  }

  void checkItem(long item) {
    if (item < 0 || item >= items()) {
      throw new IndexOutOfBoundsException("item " + item + " of " + items() + " of " + name);
    }
  }
}
