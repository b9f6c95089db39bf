package io.versor.columnar.arrow;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * A record batch that is walked through from column to column: nodes and buffers in their order.
 */
final class Batch {
  private final RecordBatch batch;
  private final ByteBuffer body;
  private final Optional<Unpacker> unpacker;
  private int node;
  private int buffer;
  private int variadic;

  Batch(RecordBatch batch, ByteBuffer body) throws StoreException {
    this.batch = batch;
    this.body = body;
    this.unpacker =
        batch.compression() == null
            ? Optional.empty()
            : Optional.of(Unpacker.of(batch.compression().codec()));
  }

  private Batch(Batch of) {
    this.batch = of.batch;
    this.body = of.body;
    this.unpacker = of.unpacker;
    this.node = of.node;
    this.buffer = of.buffer;
    this.variadic = of.variadic;
  }

  /** Another walk that goes on from the same column. */
  Batch here() {
    return new Batch(this);
  }

  /** Rows of the batch. */
  int rows() throws StoreException {
    return count(batch.length());
  }

  private static int count(long rows) throws StoreException {
    if (rows < 0 || rows >= Integer.MAX_VALUE) {
      throw new StoreException(Code.INVALID_VALUE, "a batch of " + rows + " rows");
    }
    return (int) rows;
  }

  /** Rows of the next column. */
  int nextNode() throws StoreException {
    return nextNode(0);
  }

  /**
   * Rows of the next column.
   *
   * @param rows as many as there must be: rows that are only claimed would be faulty one by one
   */
  int nextNode(long rows) throws StoreException {
    if (node >= batch.nodesLength()) {
      throw new StoreException(Code.INVALID_VALUE, "fewer columns than the schema has");
    }
    FieldNode next = batch.nodes(node++);
    int length = count(next.length());
    if (length < rows) {
      throw new StoreException(
          Code.INVALID_VALUE, "a column of " + length + " rows where " + rows + " are claimed");
    }
    return length;
  }

  /** How many buffers the next column has beside those that all of its type have. */
  int nextVariadic() throws StoreException {
    if (variadic >= batch.variadicBufferCountsLength()) {
      throw new StoreException(Code.INVALID_VALUE, "a view without its buffers");
    }
    return count(batch.variadicBufferCounts(variadic++));
  }

  void skipBuffers(int count) throws StoreException {
    buffer = Math.addExact(buffer, count);
    if (buffer > batch.buffersLength()) {
      throw new StoreException(Code.INVALID_VALUE, "fewer buffers than the schema needs");
    }
  }

  /**
   * The next buffer, unpacked.
   *
   * @param bytes as many as there must be
   */
  ByteBuffer nextBuffer(long bytes) throws StoreException {
    ByteBuffer next = nextBuffer();
    if (next.limit() < bytes) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "a buffer of " + next.limit() + " bytes where its rows take " + bytes);
    }
    return next;
  }

  /** The next buffer, unpacked. */
  ByteBuffer nextBuffer() throws StoreException {
    skipBuffers(1);
    Buffer place = batch.buffers(buffer - 1);
    long from = place.offset();
    long length = place.length();
    if (from < 0 || length < 0 || from > body.limit() || length > body.limit() - from) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "a buffer of " + length + " bytes at " + from + " of " + body.limit());
    }
    ByteBuffer bytes = body.slice((int) from, (int) length);
    return unpacker.isEmpty() ? bytes : unpacker.get().unpack(bytes);
  }
}
