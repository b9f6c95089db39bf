package io.versor.format;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Sequences;
import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.Column;
import io.versor.format.type.Htype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.format.type.TypeJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of what a table holds: names and types of its columns and its samples in table order.
 * Row ids, layout, labels that no sample has, comments and properties say nothing of that.
 * FORMAT.md, "Hash of a table". Used once, by one thread; memory does not grow with the table.
 */
final class TableHash {
  private static final int NULL = 0;
  private static final int SAMPLE = 1;

  /** Samples are handed to the digest in pieces of so many bytes. */
  private static final int BUFFER_BYTES = 1 << 16;

  private final TableSnapshot table;
  private final Core core;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  TableHash(Core core, TableSnapshot table) {
    this.core = core;
    this.table = table;
  }

  /** 64 hex digits of a SHA-256. */
  String hex() throws StoreException {
    List<Column> columns = new ArrayList<>();
    for (Column column : table.schema().columns()) {
      columns.add(Column.of(column.name(), column.type().withLabels(List.of())));
    }
    MessageDigest whole = sha256();
    whole.update(TypeJson.toBytes(TableSchema.of("t", columns)));
    for (Column column : table.schema().columns()) {
      whole.update(hash(column));
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** One tensor from end to end, so that samples are read in the order they lie in. */
  private byte[] hash(Column column) throws StoreException {
    MessageDigest digest = sha256();
    buffer.clear();
    try (TableScan scan = table.openScan(ScanRequest.of(List.of(column.id())), core.allocator)) {
      while (scan.next()) {
        Vector samples = scan.column(0);
        int[] selection = scan.selection();
        for (int i = 0; i < scan.selected(); i++) {
          sample(samples, selection == null ? i : selection[i], column.type(), digest);
        }
        samples.fence();
      }
    }
    flush(digest);
    return digest.digest();
  }

  private void sample(Vector samples, int row, TensorType type, MessageDigest digest)
      throws StoreException {
    if (samples.isNull(row)) {
      room(1, digest);
      buffer.put((byte) NULL);
      return;
    }
    room(1, digest);
    buffer.put((byte) SAMPLE);
    if (type.htype() == Htype.CLASS_LABEL) {
      label(type.label(samples.longAt(row)), digest);
      return;
    }
    if (type.isLabelled()) {
      labels(Sequences.elements(type, samples, row), type, digest);
      return;
    }
    if (type.layout() == Layout.VARIABLE) {
      for (int extent : type.storedRank() == 0 ? new int[0] : samples.shapeAt(row)) {
        room(Integer.BYTES, digest);
        buffer.putInt(extent);
      }
      room(Integer.BYTES, digest);
      buffer.putInt(samples.lengthAt(row));
    }
    bytes(samples.addressAt(row), samples.lengthAt(row), digest);
  }

  private void labels(HeapColumn codes, TensorType type, MessageDigest digest) {
    room(Integer.BYTES, digest);
    buffer.putInt(codes.rows());
    for (int i = 0; i < codes.rows(); i++) {
      room(1, digest);
      buffer.put((byte) (codes.isNull(i) ? NULL : SAMPLE));
      if (!codes.isNull(i)) {
        label(type.label(codes.longAt(i)), digest);
      }
    }
  }

  private void label(String label, MessageDigest digest) {
    byte[] text = label.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES, digest);
    buffer.putInt(text.length);
    flush(digest);
    digest.update(text);
  }

  private void bytes(long address, int length, MessageDigest digest) {
    for (int done = 0; done < length; ) {
      if (!buffer.hasRemaining()) {
        flush(digest);
      }
      int part = Math.min(buffer.remaining(), length - done);
      Memory.copy(address + done, buffer.array(), buffer.position(), part);
      buffer.position(buffer.position() + part);
      done += part;
    }
  }

  private void room(int bytes, MessageDigest digest) {
    if (buffer.remaining() < bytes) {
      flush(digest);
    }
  }

  private void flush(MessageDigest digest) {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
