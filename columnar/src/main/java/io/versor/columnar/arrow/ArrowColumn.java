package io.versor.columnar.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.versor.columnar.ValidBits;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column of the batch that is being written. One thread. */
interface ArrowColumn {
  /**
   * @param dictionary number of the one that class labels get
   */
  static ArrowColumn of(String name, TensorType type, long dictionary) {
    return type.element().isPresent()
        ? new ListColumn(name, new SampleColumn("item", type.element().get(), dictionary))
        : new SampleColumn(name, type, dictionary);
  }

  /** Nothing stands for a column without NULLs. */
  static ByteBuffer bits(ValidBits valid) {
    ByteBuffer bits = valid.written();
    return bits == null ? ByteBuffer.allocate(0) : bits;
  }

  /** The values that are kept in a dictionary. */
  Optional<SampleColumn> coded();

  /** Its place in the schema. */
  int field(FlatBufferBuilder out);

  void add(@Nullable Object value) throws StoreException;

  /** About the bytes held. */
  long bytes();

  /** Lengths and numbers of NULLs of the batch, level after level. */
  void nodes(List<long[]> out);

  /** The buffers of the batch, level after level. */
  void buffers(List<ByteBuffer> out) throws StoreException;

  /** Begins the next batch. */
  void renew();
}
