package io.versor.format.pack;

import io.versor.format.io.Background;
import io.versor.format.io.ObjectReader;
import io.versor.format.io.ObjectStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packs of a store; keeps those last used open. Thread-safe. */
public final class Packs implements AutoCloseable {
  private static final Pattern PACK_FILE = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}\\.pack");

  private final ObjectStore store;
  private final UUID storeId;
  private final int maxOpen;
  private final Map<PackId, PackReader> opened = new LinkedHashMap<>(16, 0.75f, true);

  /** Packs that are being written, whose objects can be read already. */
  private final Map<PackId, PackWriter> growing = new ConcurrentHashMap<>();

  /** Of two cores one encodes beside the thread that asks, and one waits for the disk. */
  private final Background background = new Background(Runtime.getRuntime().availableProcessors());

  private final LongAdder checkedBytes = new LongAdder();
  private final PackMap map;

  /** What the map said last; it may have moved on since. */
  private final Map<PackId, ServedPack> moved = new ConcurrentHashMap<>();

  private boolean closed;

  /**
   * @param maxOpen how many packs to keep open; each costs a file descriptor, a mapping and its
   *     footer
   */
  public Packs(ObjectStore store, UUID storeId, int maxOpen) {
    this(store, storeId, maxOpen, PackMap.NONE);
  }

  /**
   * @param map asked for packs that are not there
   */
  public Packs(ObjectStore store, UUID storeId, int maxOpen, PackMap map) {
    if (maxOpen < 1) {
      throw new IllegalArgumentException("maxOpen " + maxOpen + ": expected 1 or more");
    }
    this.map = map;
    this.store = store;
    this.storeId = storeId;
    this.maxOpen = maxOpen;
  }

  /** The object at an address; {@code CORRUPT} if it is not there. */
  public PackObject object(Address address) throws StoreException {
    PackWriter writer = growing.get(address.pack());
    if (writer != null) {
      Optional<PackObject> found = writer.find(address.ordinal());
      if (found.isPresent()) {
        return found.get();
      }
    }
    Place place = place(address.pack());
    return place.reader().object(place.ordinal(address));
  }

  /**
   * An object that somebody refers to.
   *
   * @throws StoreException {@code REF_MOVED} if it was collected as garbage, since nothing that can
   *     be asked for refers to it any more; {@code CORRUPT} if it is not there, or of another kind
   */
  public PackObject object(Address address, ObjectKind kind) throws StoreException {
    PackObject object = object(address);
    if (object.length() == 0 && map.wasFreed(address.pack())) {
      throw freed("object " + address, null);
    }
    return object.expect(kind);
  }

  private StoreException freed(String what, @Nullable StoreException cause) {
    return new StoreException(
        Code.REF_MOVED,
        store.display()
            + ": "
            + what
            + " was deleted by VACUUM, since nothing needs it any more but what began before; try"
            + " again, and give VACUUM an age that is longer than what runs beside it",
        cause);
  }

  /** Number of objects that a pack has, wherever they are now. */
  public int count(PackId id) throws StoreException {
    return place(id).count();
  }

  /** An open file with the objects of a pack in it. */
  private record Place(PackReader reader, int first, int count) {
    int ordinal(Address address) throws StoreException {
      int ordinal = address.ordinal();
      if (ordinal < 0 || ordinal >= count) {
        throw new StoreException(
            Code.CORRUPT,
            reader.display()
                + ": object "
                + ordinal
                + " of pack "
                + address.pack()
                + " is referred to, but it has "
                + count);
      }
      return first + ordinal;
    }
  }

  private Place place(PackId id) throws StoreException {
    ServedPack known = moved.get(id);
    while (true) {
      try {
        return known == null ? own(id) : served(known);
      } catch (StoreException e) {
        Optional<ServedPack> now = map.find(id);
        if (now.isPresent() && !now.get().equals(known)) { // it may be moved again and again
          known = now.get();
          moved.put(id, known);
          continue;
        }
        // What the root of the moment leads to is needed, whatever went of it once.
        if (now.isEmpty() && !exists(known == null ? id : known.by()) && map.wasFreed(id)) {
          throw freed("pack " + id, e);
        }
        throw e;
      }
    }
  }

  private Place own(PackId id) throws StoreException {
    PackReader reader = borrow(id);
    return new Place(reader, 0, reader.objects());
  }

  private Place served(ServedPack place) throws StoreException {
    PackReader reader = borrow(place.by());
    int most = Math.max(0, reader.objects() - place.first());
    return new Place(reader, place.first(), Math.min(place.count(), most));
  }

  /** An open file, still ours: do not close it. */
  public PackReader borrow(PackId id) throws StoreException {
    synchronized (this) {
      PackReader known = opened.get(id);
      if (known != null) {
        return known;
      }
    }
    PackReader fresh =
        PackReader.open(store, storeId, id, checkedBytes); // slow, so not under the monitor
    List<PackReader> surplus = new ArrayList<>();
    PackReader result = admit(id, fresh, surplus);
    for (PackReader reader : surplus) {
      reader.close();
    }
    return result;
  }

  private synchronized PackReader admit(PackId id, PackReader fresh, List<PackReader> surplus) {
    PackReader other = opened.putIfAbsent(id, fresh);
    if (other != null) {
      surplus.add(fresh);
      return other;
    }
    while (opened.size() > (closed ? 0 : maxOpen)) {
      PackId eldest = opened.keySet().iterator().next();
      surplus.add(opened.remove(eldest));
    }
    return fresh;
  }

  /** Bytes of packs looked at so far, by page: each once for as long as its pack is kept open. */
  public long checkedBytes() {
    return checkedBytes.sum();
  }

  /**
   * Starts a new pack with a fresh id. What is added can be read by its address at once, and until
   * the writer is closed even if it is not finished. Caller closes.
   */
  public PackWriter create() throws StoreException {
    PackWriter writer = PackWriter.create(store, storeId);
    growing.put(writer.id(), writer);
    writer.atEnd(() -> growing.remove(writer.id()));
    return writer;
  }

  /** Threads that help whoever writes packs. */
  public Background background() {
    return background;
  }

  /** The file of a pack, for messages. */
  public String display(PackId id) {
    return store.display() + "/" + PackNames.of(id);
  }

  /** The pack whose file has the objects of this one. */
  public PackId file(PackId id) throws StoreException {
    return exists(id) ? id : map.find(id).map(ServedPack::by).orElse(id);
  }

  /** Whether a pack is there. */
  public boolean exists(PackId id) throws StoreException {
    return store.findLength(PackNames.of(id)).isPresent();
  }

  /** Ids of all files there are, oldest first. */
  public List<PackId> list() throws StoreException {
    List<PackId> ids = new ArrayList<>();
    for (String name : store.list(PackNames.PREFIX)) {
      String file = name.substring(name.lastIndexOf('/') + 1);
      if (PACK_FILE.matcher(file).matches()) {
        PackId id = PackId.parse(file.substring(0, PackId.TEXT_CHARS));
        if (PackNames.of(id).equals(name)) { // anything else was put there by somebody else
          ids.add(id);
        }
      }
    }
    ids.sort(null);
    return List.copyOf(ids);
  }

  /** The store that a pack here is of, whichever can be read first. */
  public static Optional<UUID> findStore(ObjectStore store) throws StoreException {
    for (String name : store.list(PackNames.PREFIX)) {
      try (ObjectReader file = store.openReader(name)) {
        byte[] bytes = new byte[PackHeader.BYTES];
        if (name.endsWith(".pack") && file.length() >= bytes.length) {
          file.readFully(0, bytes, 0, bytes.length);
          Optional<UUID> found = PackHeader.storeOf(bytes);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The file of a pack. */
  public static String name(PackId id) {
    return PackNames.of(id);
  }

  /**
   * Whether a pack is there: asked before it is named, since it may have been deleted as garbage.
   */
  public static boolean exists(ObjectStore store, PackId id) throws StoreException {
    return store.findLength(PackNames.of(id)).isPresent();
  }

  /** Removes a pack that nothing refers to any more; false if there was none. */
  public boolean delete(PackId id) throws StoreException {
    PackReader reader;
    synchronized (this) {
      reader = opened.remove(id);
    }
    if (reader != null) {
      reader.close();
    }
    return store.delete(PackNames.of(id));
  }

  /** Gives back all files; objects handed out go on working. */
  @Override
  public void close() throws StoreException {
    background.close();
    List<PackReader> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(opened.values());
      opened.clear();
    }
    for (PackReader reader : all) {
      reader.close();
    }
  }
}
