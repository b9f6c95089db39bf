package io.versor.columnar.parquet;

import io.versor.columnar.ColumnNames;
import io.versor.engine.StatementException;
import io.versor.engine.copy.RawRows;
import io.versor.engine.copy.RowsReader;
import io.versor.engine.copy.SourceFile;
import io.versor.engine.copy.Wanted;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file, a row group after the other and of each a few thousand rows at a time. What it
 * gives is decoded by whoever takes it.
 */
final class ParquetReader implements RowsReader {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of a footer: some 100,000 columns in some row groups. */
  private static final int MAX_FOOTER_BYTES = 256 << 20;

  /** Bytes that become one task: some values take several times as much as objects. */
  static final long PORTION_BYTES = 4 * BATCH_BYTES;

  /** What is believed of a column's claim: sums of more columns than a file has do not overflow. */
  private static final long MAX_GROUP_BYTES = 1L << 40;

  private final FileChannel channel;
  private final String name;
  private final Wanted wanted;
  private final List<ParquetField> fields;
  private final int[] places;
  private final Iterator<BlockMetaData> blocks;
  private final @Nullable ParsedVersion writer;

  private List<Optional<ColumnStream>> streams = List.of();
  private long at;
  private long left;
  private long number = 1;

  /** Bytes of a row, as far as its row group tells. */
  private long plannedBytes;

  /** Bytes of a row as they were found last. */
  private final AtomicLong foundBytes = new AtomicLong();

  private final AtomicInteger undecoded = new AtomicInteger();

  private ParquetReader(
      FileChannel channel,
      String name,
      Wanted wanted,
      List<ParquetField> fields,
      int[] places,
      ParquetMetadata footer) {
    this.channel = channel;
    this.name = name;
    this.wanted = wanted;
    this.fields = fields;
    this.places = places;
    this.blocks = footer.getBlocks().iterator();
    this.writer = version(footer.getFileMetaData().getCreatedBy());
  }

  /** Some old writers had defects that the decoder knows of. */
  private static @Nullable ParsedVersion version(@Nullable String createdBy) {
    try {
      return createdBy == null ? null : VersionParser.parse(createdBy);
    } catch (VersionParseException | RuntimeException e) {
      return null;
    }
  }

  static ParquetReader open(SourceFile file, Wanted wanted)
      throws IOException, StoreException, StatementException {
    ColumnNames.refusePacked(file);
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    try {
      ParquetMetadata footer = footer(channel, file.name());
      List<ParquetField> fields = ParquetField.of(footer.getFileMetaData().getSchema());
      int[] places = wanted.places(fields.stream().map(ParquetField::name).toList(), file.name());
      ParquetReader reader =
          new ParquetReader(channel, file.name(), wanted, fields, places, footer);
      reader.refuse(footer);
      return reader;
    } catch (IOException | StoreException | StatementException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StoreException damaged(String name, String what) {
    return new StoreException(Code.INVALID_VALUE, name + ": no whole Parquet file: " + what);
  }

  private static ParquetMetadata footer(FileChannel channel, String name)
      throws IOException, StoreException, StatementException {
    long size = channel.size();
    int ends = MAGIC.length;
    if (size < 2L * ends + 4) {
      throw damaged(name, "it has " + size + " bytes");
    }
    byte[] end = read(channel, size - ends, ends, name);
    if (Arrays.equals(end, ENCRYPTED)) {
      throw new StatementException("0A000", name + ": encrypted Parquet is not supported");
    }
    if (!Arrays.equals(read(channel, 0, ends, name), MAGIC)) {
      throw damaged(name, "it does not begin with PAR1");
    }
    if (!Arrays.equals(end, MAGIC)) {
      throw damaged(name, "it does not end in PAR1; was it cut off?");
    }
    int length =
        ByteBuffer.wrap(read(channel, size - ends - 4, 4, name))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt();
    if (length < 0 || length > MAX_FOOTER_BYTES || length > size - 2L * ends - 4) {
      throw damaged(name, "a footer of " + length + " bytes in a file of " + size);
    }
    byte[] bytes = read(channel, size - ends - 4 - length, length, name);
    try {
      return new ParquetMetadataConverter()
          .readParquetMetadata(new ByteArrayInputStream(bytes), ParquetMetadataConverter.NO_FILTER);
    } catch (IOException | RuntimeException e) {
      throw damaged(name, "its footer cannot be read (" + e.getMessage() + ")");
    } catch (OutOfMemoryError e) {
      // Of a length that the footer claims: nothing else was touched.
      throw damaged(name, "its footer claims more than there is room for in the heap");
    }
  }

  private static byte[] read(FileChannel channel, long from, int length, String name)
      throws IOException, StoreException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw damaged(name, "it became shorter while it was read");
      }
    }
    return bytes.array();
  }

  /** Refuses what nothing can be made of, before any row is read. */
  private void refuse(ParquetMetadata footer) throws StatementException {
    for (int place : places) {
      if (place >= 0 && fields.get(place).unsupported().isPresent()) {
        ParquetField field = fields.get(place);
        throw ColumnNames.refused(name, field.name(), field.unsupported().get());
      }
    }
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        Optional<String> codec = Codecs.unsupported(chunk.getCodec());
        if (codec.isPresent()) {
          throw new StatementException(
              "0A000",
              name
                  + ": the field "
                  + chunk.getPath().toDotString()
                  + " is packed with "
                  + codec.get()
                  + "; zstd, snappy, gzip and LZ4_RAW can be read");
        }
      }
    }
  }

  String name() {
    return name;
  }

  Wanted wanted() {
    return wanted;
  }

  @Override
  public Optional<RawRows> next() throws StoreException {
    while (left == 0) {
      if (!blocks.hasNext()) {
        return Optional.empty();
      }
      try {
        begin(blocks.next());
      } catch (StoreException e) {
        throw new StoreException(e.code(), name + ", at row " + number + ": " + e.getMessage(), e);
      }
    }
    long each = Math.max(1, Math.max(plannedBytes, foundBytes.get()));
    int rows = (int) Math.max(1, Math.min(Math.min(BATCH_ROWS, left), PORTION_BYTES / each));
    GroupRows portion = GroupRows.of(this, streams, at, rows, number);
    undecoded.incrementAndGet();
    at += rows;
    left -= rows;
    number += rows;
    return Optional.of(portion);
  }

  private void begin(BlockMetaData block) throws StoreException {
    left = block.getRowCount();
    if (left < 0) {
      throw new StoreException(Code.INVALID_VALUE, "a row group of " + left + " rows");
    }
    if (left == 0) {
      return;
    }
    at = 0;
    Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();
    block.getColumns().forEach(chunk -> chunks.put(chunk.getPath(), chunk));
    List<Optional<ColumnStream>> begun = new ArrayList<>();
    long bytes = 0;
    for (int place : places) {
      if (place < 0) {
        begun.add(Optional.empty());
        continue;
      }
      ColumnDescriptor path = fields.get(place).path().orElseThrow();
      ColumnChunkMetaData chunk = chunks.get(ColumnPath.get(path.getPath()));
      if (chunk == null) {
        throw new StoreException(
            Code.INVALID_VALUE, "a row group without the field " + fields.get(place).name());
      }
      bytes += Math.max(0, Math.min(chunk.getTotalUncompressedSize(), MAX_GROUP_BYTES));
      begun.add(Optional.of(new ColumnStream(channel, fields.get(place), chunk, writer)));
    }
    streams = begun;
    plannedBytes = bytes / left;
  }

  /** Tells what rows took. */
  void expect(long bytesEach) {
    foundBytes.set(bytesEach);
  }

  /** Tells that rows that it gave are decoded. */
  void spend() {
    undecoded.decrementAndGet();
  }

  @Override
  public boolean isSpent() {
    return undecoded.get() == 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
