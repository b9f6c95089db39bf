package io.versor.columnar.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.versor.columnar.LittleBytes;
import io.versor.columnar.Stored;
import io.versor.columnar.ValidBits;
import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Lists of samples, of which each may be NULL. One thread. */
final class ListColumn implements ArrowColumn {
  private final String name;
  private final SampleColumn elements;
  private final ValidBits valid = new ValidBits();
  private final LittleBytes bounds = new LittleBytes();

  ListColumn(String name, SampleColumn elements) {
    this.name = name;
    this.elements = elements;
  }

  @Override
  public Optional<SampleColumn> coded() {
    return elements.coded();
  }

  @Override
  public int field(FlatBufferBuilder out) {
    int children = Field.createChildrenVector(out, new int[] {elements.field(out)});
    org.apache.arrow.flatbuf.List.startList(out);
    int list = org.apache.arrow.flatbuf.List.endList(out);
    return Field.createField(out, out.createString(name), true, Type.List, list, 0, children, 0);
  }

  @Override
  public void add(@Nullable Object value) throws StoreException {
    valid.put(value != null);
    bounds.putInt(elements.count());
    if (value == null) {
      return;
    }
    for (Object element : Stored.list(value)) {
      elements.add(element);
    }
  }

  @Override
  public long bytes() {
    return elements.bytes() + bounds.size();
  }

  @Override
  public void nodes(List<long[]> out) {
    out.add(new long[] {valid.count(), valid.nulls()});
    elements.nodes(out);
  }

  @Override
  public void buffers(List<ByteBuffer> out) throws StoreException {
    out.add(ArrowColumn.bits(valid));
    bounds.putInt(elements.count());
    out.add(bounds.written());
    elements.buffers(out);
  }

  @Override
  public void renew() {
    valid.renew();
    bounds.renew();
    elements.renew();
  }
}
