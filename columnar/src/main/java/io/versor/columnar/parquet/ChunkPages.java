package io.versor.columnar.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column in one row group, read when they are asked for, so that a row group of
 * any size takes the memory of a page for each column. One thread.
 */
final class ChunkPages implements PageReader {
  /** Bytes of a page: a sample, and the lengths beside it. */
  private static final int MAX_PAGE_BYTES = (1 << 30) + (1 << 20);

  private static final int BUFFER_BYTES = 1 << 16;

  private final ParquetMetadataConverter converter = new ParquetMetadataConverter();
  private final ColumnChunkMetaData chunk;
  private final InputStream in;
  private final long fileBytes;
  private long left;
  private @Nullable PageHeader waiting;

  ChunkPages(FileChannel channel, ColumnChunkMetaData chunk) throws IOException {
    this.chunk = chunk;
    this.left = chunk.getValueCount();
    this.fileBytes = channel.size();
    long start = chunk.getStartingPos();
    if (start < 0 || start >= fileBytes) {
      throw new IOException("a column at " + start + " of " + fileBytes + " bytes");
    }
    this.in = new BufferedInputStream(new Part(channel, start), BUFFER_BYTES);
  }

  /** A file from a place on. */
  private static final class Part extends InputStream {
    private final FileChannel channel;
    private long at;

    Part(FileChannel channel, long at) {
      this.channel = channel;
      this.at = at;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = channel.read(ByteBuffer.wrap(bytes, from, length), at);
      at += Math.max(0, count);
      return count;
    }
  }

  @Override
  public long getTotalValueCount() {
    return chunk.getValueCount();
  }

  private PageHeader header() throws IOException {
    PageHeader header = waiting;
    waiting = null;
    return header == null ? Util.readPageHeader(in) : header;
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = header();
      DictionaryPageHeader dictionary = header.getDictionary_page_header();
      if (dictionary == null) {
        waiting = header;
        return null;
      }
      byte[] bytes = unpack(header, body(header), header.getUncompressed_page_size());
      return new DictionaryPage(
          BytesInput.from(bytes),
          dictionary.getNum_values(),
          converter.getEncoding(dictionary.getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable DataPage readPage() {
    try {
      while (left > 0) {
        PageHeader header = header();
        byte[] body = body(header);
        if (header.getData_page_header() != null) {
          DataPageHeader page = header.getData_page_header();
          int values = count(page.getNum_values());
          if (values == 0) {
            continue; // which the decoder takes for one with values
          }
          left -= values;
          int size = header.getUncompressed_page_size();
          return new DataPageV1(
              BytesInput.from(unpack(header, body, size)),
              page.getNum_values(),
              size,
              null,
              converter.getEncoding(page.getRepetition_level_encoding()),
              converter.getEncoding(page.getDefinition_level_encoding()),
              converter.getEncoding(page.getEncoding()));
        }
        if (header.getData_page_header_v2() != null) {
          DataPageHeaderV2 page = header.getData_page_header_v2();
          int values = count(page.getNum_values());
          if (values == 0) {
            continue;
          }
          left -= values;
          return second(header, page, body);
        }
        // An index page, which is of no use here.
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int count(int values) throws IOException {
    if (values < 0) {
      throw new IOException("a page of " + values + " values");
    }
    return values;
  }

  /** A page of the second version: its levels are not packed. */
  private DataPage second(PageHeader header, DataPageHeaderV2 page, byte[] body)
      throws IOException {
    int repetition = page.getRepetition_levels_byte_length();
    int definition = page.getDefinition_levels_byte_length();
    long levels = (long) repetition + definition;
    if (repetition < 0 || definition < 0 || levels > body.length) {
      throw new IOException("levels of " + levels + " bytes in a page of " + body.length);
    }
    byte[] data = Arrays.copyOfRange(body, (int) levels, body.length);
    if (page.isIs_compressed() && data.length > 0) {
      data = unpack(header, data, (int) (header.getUncompressed_page_size() - levels));
    }
    return DataPageV2.uncompressed(
        page.getNum_rows(),
        page.getNum_nulls(),
        page.getNum_values(),
        BytesInput.from(body, 0, repetition),
        BytesInput.from(body, repetition, definition),
        converter.getEncoding(page.getEncoding()),
        BytesInput.from(data),
        null);
  }

  private byte[] body(PageHeader header) throws IOException {
    int size = header.getCompressed_page_size();
    if (size < 0 || size > fileBytes || size > MAX_PAGE_BYTES) {
      throw new IOException("a page of " + size + " bytes in a file of " + fileBytes);
    }
    byte[] body = new byte[size]; // no more than the file has
    int read = in.readNBytes(body, 0, size);
    if (read < size) {
      throw new IOException("a page of " + size + " bytes that ends after " + read);
    }
    return body;
  }

  private byte[] unpack(PageHeader header, byte[] body, int size) throws IOException {
    if (size < 0 || size > MAX_PAGE_BYTES) {
      throw new IOException(
          "a page of " + size + " bytes unpacked, at most " + MAX_PAGE_BYTES + " are read");
    }
    return Codecs.unpack(chunk.getCodec(), body, size);
  }
}
