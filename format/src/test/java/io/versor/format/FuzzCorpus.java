package io.versor.format;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.log.Frame;
import io.versor.format.log.LogCursor;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackObject;
import io.versor.format.ref.BranchEntry;
import io.versor.format.type.TypeJson;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Inputs of targets of a fuzzer, those of one target in a file: deflated, a number, and for each a
 * length and bytes.
 *
 * <pre>
 * seeds GOLDEN DIRECTORY    takes inputs to begin with from golden stores, a folder for each target
 * pack DIRECTORY FILE       makes a file of a folder of inputs
 * unpack FILE DIRECTORY     the other way
 * </pre>
 */
public final class FuzzCorpus {
  private static final int MOST_BYTES = 4_000;

  private final Path directory;
  private int made;

  private FuzzCorpus(Path directory) {
    this.directory = directory;
  }

  static List<byte[]> read(Class<?> target) throws IOException {
    return read(Path.of("src", "test", "resources", "fuzz", name(target)));
  }

  /** As the file and the folder of a target are called. */
  private static String name(Class<?> target) {
    return target.getName().substring(target.getPackageName().length() + 1).replace('$', '.');
  }

  public static void main(String[] arguments) throws Exception {
    Path from = Path.of(arguments[1]);
    Path to = Path.of(arguments[2]);
    switch (arguments[0]) {
      case "seeds" -> {
        try (Stream<Path> stores = Files.list(from)) {
          for (Path store : stores.filter(Files::isDirectory).sorted().toList()) {
            new FuzzCorpus(to).seeds(store);
          }
        }
      }
      case "pack" -> pack(from, to);
      case "unpack" -> {
        FuzzCorpus corpus = new FuzzCorpus(to.getParent());
        for (byte[] input : read(from)) {
          corpus.add(to.getFileName().toString(), input);
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static List<byte[]> read(Path file) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        inputs.add(in.readNBytes(in.readInt()));
      }
    }
    return inputs;
  }

  private static void pack(Path inputs, Path file) throws IOException {
    try (Stream<Path> all = Files.list(inputs);
        DataOutputStream out =
            new DataOutputStream(new DeflaterOutputStream(Files.newOutputStream(file)))) {
      List<Path> files = all.sorted().toList();
      out.writeInt(files.size());
      for (Path each : files) {
        byte[] bytes = Files.readAllBytes(each);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  // --- seeds

  private void add(String target, byte[]... parts) throws IOException {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] input = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, input, at, part.length);
      at += part.length;
    }
    if (length <= MOST_BYTES) {
      Path folder = Files.createDirectories(directory.resolve(target));
      Files.write(folder.resolve("seed" + made++ + "-" + Arrays.hashCode(input)), input);
    }
  }

  private void seeds(Path golden) throws Exception {
    byte[] root = Files.readAllBytes(golden.resolve("root"));
    add("RootFuzz", Arrays.copyOf(root, root.length - 19));
    try (Store store =
        Store.open(
            DirectoryStore.open(golden, OpenMode.READ),
            StoreOptions.defaults().withReadOnly(true))) {
      for (Branch branch : store.branches()) {
        for (TableSnapshot table : store.head(branch.name()).tables()) {
          add("SchemaFuzz", TypeJson.toBytes(table.schema()));
        }
      }
      for (PackId pack : store.core().packs.list()) {
        for (int i = 0; i < store.core().packs.count(pack); i++) {
          seeds(store.core().packs.object(new Address(pack, i)));
        }
        try (Stream<Path> files = Files.walk(golden.resolve("pack"))) {
          for (Path file : files.filter(f -> f.toString().endsWith(".pack")).toList()) {
            byte[] bytes = Files.readAllBytes(file);
            int footer = java.nio.ByteBuffer.wrap(bytes).getInt(bytes.length - 24);
            add(
                "PackFuzz",
                Arrays.copyOfRange(bytes, Integer.reverseBytes(footer), bytes.length - 24));
          }
        }
      }
      for (BranchEntry branch : store.core().roots.current().branches()) {
        if (branch.hasLog() && !branch.isLost()) {
          frames(store, branch);
        }
      }
    }
  }

  private void seeds(PackObject object) throws Exception {
    byte[] bytes = object.load();
    switch (object.kind()) {
      case CHUNK -> {
        for (int type = 0; type < 12; type++) {
          add("ChunkFuzz", new byte[] {(byte) type}, bytes);
        }
      }
      case NODE -> {
        for (byte kind = 0; kind < 3; kind++) {
          add("NodeFuzz", new byte[] {kind}, bytes);
        }
        add("CheckpointFuzz", new byte[] {1}, bytes);
      }
      case OVERLAY -> add("NodeFuzz", new byte[] {3}, bytes);
      case CHECKPOINT -> add("CheckpointFuzz", new byte[] {0}, bytes);
      case COMMIT_RUN -> add("RootFuzz.Run", bytes);
      default -> {
        // runs of keys are looked through in place
      }
    }
  }

  private void frames(Store store, BranchEntry branch) throws Exception {
    var log = store.core().history.log(branch.id());
    try (LogCursor cursor = log.readFrom(log.start())) {
      for (Optional<Frame> frame = cursor.next(); frame.isPresent(); frame = cursor.next()) {
        byte[] payload = frame.get().payload();
        add("RecordFuzz", payload);
        add("LogFuzz", header(payload.length, frame.get().address().frame()), payload);
      }
    }
  }

  private static byte[] header(int payload, long frame) {
    var header = java.nio.ByteBuffer.allocate(40).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    return header.putInt(0x5246_5356).putInt(payload).putLong(frame % 2).array();
  }
}
