package io.versor.columnar.arrow;

import com.github.luben.zstd.Zstd;
import com.google.flatbuffers.FlatBufferBuilder;
import io.versor.columnar.ColumnNames;
import io.versor.engine.ColumnInfo;
import io.versor.engine.copy.RowsWriter;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/** Writes a file or a stream, a record batch after the other. */
final class ArrowWriter implements RowsWriter {
  /** Rows and bytes of a batch, unless one row has more. */
  private static final int BATCH_ROWS = 65_536;

  private static final long BATCH_BYTES = 16L << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  /** Buffers begin at its multiples, so that others can map them. */
  private static final int ALIGNMENT = 64;

  private static final byte[] MAGIC = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Where a message lies. */
  private record Place(long offset, int metadata, long body) {}

  private final OutputStream out;
  private final boolean stream;
  private final boolean packed;
  private final List<ColumnInfo> infos;
  private final List<ArrowColumn> columns = new ArrayList<>();
  private final List<Place> dictionaries = new ArrayList<>();
  private final List<Place> batches = new ArrayList<>();
  private long at;
  private int rows;
  private long number;

  ArrowWriter(Path path, List<ColumnInfo> infos, boolean stream, boolean packed)
      throws IOException, StoreException {
    this.infos = infos;
    this.stream = stream;
    this.packed = packed;
    for (int i = 0; i < infos.size(); i++) {
      columns.add(ArrowColumn.of(infos.get(i).label(), infos.get(i).type(), i));
    }
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            BUFFER_BYTES);
    try {
      if (!stream) {
        write(MAGIC);
      }
      FlatBufferBuilder builder = new FlatBufferBuilder();
      message(builder, MessageHeader.Schema, schema(builder), List.of(), 0);
      for (ArrowColumn column : columns) {
        if (column.coded().isPresent()) {
          dictionaries.add(dictionary(column.coded().get()));
        }
      }
    } catch (IOException | StoreException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    at += bytes.length;
  }

  private int schema(FlatBufferBuilder builder) {
    int[] fields = columns.stream().mapToInt(column -> column.field(builder)).toArray();
    int vector = Schema.createFieldsVector(builder, fields);
    return Schema.createSchema(builder, Endianness.Little, vector, 0, 0);
  }

  /** The labels of a column. */
  private Place dictionary(SampleColumn column) throws IOException, StoreException {
    ArrowColumn values = new SampleColumn("", TensorType.scalar(Dtype.UTF8), -1);
    for (String label : column.labels()) {
      values.add(label);
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    List<ByteBuffer> buffers = new ArrayList<>();
    long body = body(List.of(values), buffers);
    int data = record(builder, List.of(values), column.labels().size(), buffers);
    int header = DictionaryBatch.createDictionaryBatch(builder, column.dictionary(), data, false);
    return message(builder, MessageHeader.DictionaryBatch, header, buffers, body);
  }

  /** Gathers the buffers as they are written; returns their bytes. */
  private long body(List<ArrowColumn> from, List<ByteBuffer> buffers) throws StoreException {
    List<ByteBuffer> plain = new ArrayList<>();
    for (ArrowColumn column : from) {
      column.buffers(plain);
    }
    long bytes = 0;
    for (ByteBuffer buffer : plain) {
      ByteBuffer written = packed ? pack(buffer) : buffer;
      buffers.add(written);
      bytes += padded(written.remaining());
    }
    return bytes;
  }

  private static long padded(long length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static ByteBuffer pack(ByteBuffer buffer) {
    if (!buffer.hasRemaining()) {
      return buffer;
    }
    byte[] plain = new byte[buffer.remaining()];
    buffer.duplicate().get(plain);
    byte[] small = Zstd.compress(plain);
    boolean worth = small.length < plain.length;
    byte[] kept = worth ? small : plain;
    return ByteBuffer.allocate(8 + kept.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(worth ? plain.length : -1)
        .put(kept)
        .flip();
  }

  private int record(
      FlatBufferBuilder builder, List<ArrowColumn> from, int rows, List<ByteBuffer> buffers) {
    List<long[]> nodes = new ArrayList<>();
    from.forEach(column -> column.nodes(nodes));
    RecordBatch.startNodesVector(builder, nodes.size());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      org.apache.arrow.flatbuf.FieldNode.createFieldNode(builder, nodes.get(i)[0], nodes.get(i)[1]);
    }
    int nodeVector = builder.endVector();
    long end = 0;
    for (ByteBuffer buffer : buffers) {
      end += padded(buffer.remaining());
    }
    RecordBatch.startBuffersVector(builder, buffers.size());
    for (int i = buffers.size() - 1; i >= 0; i--) {
      end -= padded(buffers.get(i).remaining());
      org.apache.arrow.flatbuf.Buffer.createBuffer(builder, end, buffers.get(i).remaining());
    }
    int bufferVector = builder.endVector();
    int compression =
        packed
            ? BodyCompression.createBodyCompression(
                builder, CompressionType.ZSTD, BodyCompressionMethod.BUFFER)
            : 0;
    return RecordBatch.createRecordBatch(builder, rows, nodeVector, bufferVector, compression, 0);
  }

  private Place message(
      FlatBufferBuilder builder, byte type, int header, List<ByteBuffer> buffers, long body)
      throws IOException {
    builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, body, 0));
    byte[] metadata = builder.sizedByteArray();
    long offset = at;
    int length = (int) (padded(at + 8 + metadata.length) - at - 8);
    ByteBuffer start = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    write(start.putInt(-1).putInt(length).array());
    write(metadata);
    write(new byte[length - metadata.length]);
    for (ByteBuffer buffer : buffers) {
      int bytes = buffer.remaining();
      out.write(buffer.array(), buffer.arrayOffset() + buffer.position(), bytes);
      at += bytes;
      write(new byte[(int) (padded(bytes) - bytes)]);
    }
    return new Place(offset, length + 8, body);
  }

  @Override
  public void add(List<@Nullable Object> row) throws IOException, StoreException {
    for (int i = 0; i < columns.size(); i++) {
      try {
        columns.get(i).add(row.get(i));
      } catch (StoreException e) {
        throw ColumnNames.unwritable(infos.get(i), number + 1, e);
      }
    }
    rows++;
    number++;
    if (rows == BATCH_ROWS || bytes() >= BATCH_BYTES) {
      flush();
    }
  }

  private long bytes() {
    return columns.stream().mapToLong(ArrowColumn::bytes).sum();
  }

  private void flush() throws IOException, StoreException {
    if (rows == 0) {
      return;
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    List<ByteBuffer> buffers = new ArrayList<>();
    long body = body(columns, buffers);
    int record = record(builder, columns, rows, buffers);
    batches.add(message(builder, MessageHeader.RecordBatch, record, buffers, body));
    columns.forEach(ArrowColumn::renew);
    rows = 0;
  }

  @Override
  public void finish() throws IOException, StoreException {
    flush();
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    write(end.putInt(-1).putInt(0).array());
    if (!stream) {
      footer();
    }
    out.flush();
  }

  private void footer() throws IOException {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = schema(builder);
    Footer.startDictionariesVector(builder, dictionaries.size());
    int dictionaryVector = places(builder, dictionaries);
    Footer.startRecordBatchesVector(builder, batches.size());
    int batchVector = places(builder, batches);
    builder.finish(
        Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaryVector, batchVector, 0));
    byte[] footer = builder.sizedByteArray();
    write(footer);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    write(length.putInt(footer.length).array());
    out.write(MAGIC, 0, 6);
  }

  private static int places(FlatBufferBuilder builder, List<Place> places) {
    for (int i = places.size() - 1; i >= 0; i--) {
      Place place = places.get(i);
      Block.createBlock(builder, place.offset(), place.metadata(), place.body());
    }
    return builder.endVector();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
