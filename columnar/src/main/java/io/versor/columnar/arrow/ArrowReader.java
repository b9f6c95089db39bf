package io.versor.columnar.arrow;

import io.versor.columnar.Cells;
import io.versor.columnar.ColumnNames;
import io.versor.engine.StatementException;
import io.versor.engine.copy.RawRows;
import io.versor.engine.copy.RowsReader;
import io.versor.engine.copy.SourceFile;
import io.versor.engine.copy.Wanted;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * Reads one file, a record batch after the other. Batches that are not packed stay on disk, others
 * are unpacked by whoever takes their rows.
 */
final class ArrowReader implements RowsReader {
  /** Bytes that become one task: some values take several times as much as objects. */
  private static final long PORTION_BYTES = 4 * BATCH_BYTES;

  private final Messages messages;
  private final String name;
  private final Wanted wanted;
  private final List<ArrowField> fields;
  private final int[] places;
  private final Dictionaries dictionaries = new Dictionaries();

  private List<Optional<BatchColumn>> columns = List.of();
  private int rows;
  private int next;
  private int portion;
  private long number = 1;

  private ArrowReader(
      Messages messages, String name, Wanted wanted, List<ArrowField> fields, int[] places) {
    this.messages = messages;
    this.name = name;
    this.wanted = wanted;
    this.fields = fields;
    this.places = places;
    fields.forEach(dictionaries::expect);
  }

  static ArrowReader open(SourceFile file, Wanted wanted)
      throws IOException, StoreException, StatementException {
    ColumnNames.refusePacked(file);
    Messages messages = new Messages(file);
    try {
      List<ArrowField> fields = schema(messages, file.name());
      int[] places = wanted.places(fields.stream().map(ArrowField::name).toList(), file.name());
      for (int place : places) {
        Optional<String> refused = place < 0 ? Optional.empty() : fields.get(place).unsupported();
        if (refused.isPresent()) {
          throw ColumnNames.refused(file.name(), fields.get(place).name(), refused.get());
        }
      }
      return new ArrowReader(messages, file.name(), wanted, fields, places);
    } catch (IOException | StoreException | StatementException | RuntimeException e) {
      messages.close();
      throw e;
    }
  }

  private static List<ArrowField> schema(Messages messages, String name)
      throws IOException, StoreException {
    Messages.Part first =
        messages.next().orElseThrow(() -> new StoreException(Code.INVALID_VALUE, name + ": empty"));
    try {
      if (first.message().headerType() != MessageHeader.Schema) {
        throw new StoreException(
            Code.INVALID_VALUE, "no Arrow file: it does not begin with a schema");
      }
      Schema schema = Messages.header(first.message(), new Schema(), "a schema");
      if (schema.endianness() != Endianness.Little) {
        throw new StoreException(Code.INVALID_VALUE, "big-endian numbers");
      }
      if (schema.fieldsLength() > ArrowField.MAX_FIELDS) {
        throw new StoreException(Code.LIMIT, "more than " + ArrowField.MAX_FIELDS + " fields");
      }
      List<ArrowField> fields = new ArrayList<>();
      for (int i = 0; i < schema.fieldsLength(); i++) {
        fields.add(ArrowField.of(schema.fields(i), 0));
      }
      return fields;
    } catch (StoreException e) {
      throw new StoreException(e.code(), name + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw damaged(name, "its schema cannot be read", e);
    }
  }

  static StoreException damaged(String name, String what, Exception e) {
    return new StoreException(
        Code.INVALID_VALUE, name + ": " + what + " (" + e.getMessage() + ")", e);
  }

  @Override
  public Optional<RawRows> next() throws IOException, StoreException {
    while (next == rows) {
      Optional<Messages.Part> part = messages.next();
      if (part.isEmpty()) {
        return Optional.empty();
      }
      try {
        take(part.get());
      } catch (StoreException e) {
        throw new StoreException(e.code(), name + ", at row " + number + ": " + e.getMessage(), e);
      } catch (OutOfMemoryError e) {
        // One array for a buffer that is packed: nothing else was touched.
        throw new StoreException(
            Code.MEMORY, name + ": no room in the heap for a record batch; raise -Xmx", e);
      } catch (RuntimeException e) {
        throw damaged(name, "damaged at row " + number, e);
      }
    }
    int count = Math.min(rows - next, portion);
    BatchRows taken = new BatchRows(name, wanted, columns, next, count, number);
    next += count;
    number += count;
    return Optional.of(taken);
  }

  private void take(Messages.Part part) throws StoreException {
    switch (part.message().headerType()) {
      case MessageHeader.DictionaryBatch -> {
        DictionaryBatch dictionary =
            Messages.header(part.message(), new DictionaryBatch(), "a dictionary");
        ArrowField field = dictionaries.field(dictionary.id());
        Batch batch = new Batch(dictionary.data(), part.body());
        Cells values = ColumnReader.plain(field, batch, dictionaries, batch.rows());
        dictionaries.put(
            dictionary.id(), new Dictionaries.Values(values, batch.rows()), dictionary.isDelta());
      }
      case MessageHeader.RecordBatch ->
          take(Messages.header(part.message(), new RecordBatch(), "a record batch"), part);
      default ->
          throw new StoreException(
              Code.INVALID_VALUE, "a message of type " + part.message().headerType());
    }
  }

  private void take(RecordBatch record, Messages.Part part) throws StoreException {
    Batch batch = new Batch(record, part.body());
    Dictionaries now = dictionaries.copy();
    List<Optional<BatchColumn>> read = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      ArrowField field = fields.get(i);
      read.add(
          isWanted(i)
              ? Optional.of(new BatchColumn(field, batch.here(), now, batch.rows()))
              : Optional.empty());
      field.skip(batch);
    }
    List<Optional<BatchColumn>> inOrder = new ArrayList<>();
    for (int place : places) {
      inOrder.add(place < 0 ? Optional.empty() : read.get(place));
    }
    columns = inOrder;
    next = 0;
    rows = batch.rows();
    long each = Math.max(1, part.body().limit() / Math.max(1, rows));
    portion = (int) Math.max(1, Math.min(BATCH_ROWS, PORTION_BYTES / each));
  }

  private boolean isWanted(int field) {
    for (int place : places) {
      if (place == field) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    messages.close();
  }
}
