package io.versor.format.table;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackWriter;
import io.versor.format.pack.Packs;
import io.versor.format.tree.NodeSink;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts objects in new packs, as many as it takes. The addresses it gives can be read after {@link
 * #finish}, and not before. Used by one thread.
 */
public final class PackSink implements NodeSink, AutoCloseable {
  private final Packs packs;
  private final List<PackWriter> full = new ArrayList<>();
  private @Nullable PackWriter current;

  public PackSink(Packs packs) {
    this.packs = packs;
  }

  @Override
  public Address store(ObjectKind kind, byte[] bytes) throws StoreException {
    if (current != null && current.isFull()) {
      full.add(current);
      current = null;
    }
    if (current == null) {
      current = packs.create();
    }
    return new Address(current.id(), current.add(kind, bytes));
  }

  /** Whether anything waits for {@link #finish}. */
  public boolean isEmpty() {
    return current == null && full.isEmpty();
  }

  /** Makes all packs durable and readable, and answers them; new objects go to new packs. */
  public List<PackId> finish() throws StoreException {
    List<PackId> finished = new ArrayList<>();
    for (PackWriter writer : writers()) {
      writer.finish();
      finished.add(writer.id());
    }
    close();
    return finished;
  }

  /** Discards what was not finished. */
  @Override
  public void close() throws StoreException {
    for (PackWriter writer : writers()) {
      writer.close();
    }
    full.clear();
    current = null;
  }

  private List<PackWriter> writers() {
    List<PackWriter> all = new ArrayList<>(full);
    if (current != null) {
      all.add(current);
    }
    return all;
  }
}
