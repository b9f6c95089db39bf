package io.versor.columnar.arrow;

import com.google.flatbuffers.Table;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;

/**
 * A field of a schema.
 *
 * @param children of lists and of what is not supported
 * @param dictionary the values and the numbers that stand for them, if they are kept so
 */
record ArrowField(
    String name, byte type, Field source, List<ArrowField> children, Optional<Coding> dictionary) {
  /** Levels of lists and structs: what is deeper was not written by a program that means well. */
  private static final int MAX_DEPTH = 64;

  /** Fields of a schema, those in others included. */
  static final int MAX_FIELDS = 100_000;

  /**
   * Numbers in the place of values.
   *
   * @param id of the dictionary
   * @param index what the numbers are
   */
  record Coding(long id, Dtype index) {}

  static ArrowField of(Field field, int depth) throws StoreException {
    if (depth > MAX_DEPTH || field.childrenLength() > MAX_FIELDS) {
      throw new StoreException(Code.LIMIT, "more than " + MAX_DEPTH + " levels of fields");
    }
    List<ArrowField> children = new ArrayList<>();
    for (int i = 0; i < field.childrenLength(); i++) {
      children.add(of(field.children(i), depth + 1));
    }
    String name = field.name() == null ? "" : field.name();
    return new ArrowField(name, field.typeType(), field, children, coding(field));
  }

  private static Optional<Coding> coding(Field field) throws StoreException {
    DictionaryEncoding encoding = field.dictionary();
    if (encoding == null) {
      return Optional.empty();
    }
    Int index = encoding.indexType();
    Dtype dtype = index == null ? Dtype.INT32 : whole(index);
    return Optional.of(new Coding(encoding.id(), dtype));
  }

  static Dtype whole(Int type) throws StoreException {
    return switch (type.bitWidth()) {
      case 8 -> type.isSigned() ? Dtype.INT8 : Dtype.UINT8;
      case 16 -> type.isSigned() ? Dtype.INT16 : Dtype.UINT16;
      case 32 -> type.isSigned() ? Dtype.INT32 : Dtype.UINT32;
      case 64 -> type.isSigned() ? Dtype.INT64 : Dtype.UINT64;
      default ->
          throw new StoreException(Code.INVALID_VALUE, "integers of " + type.bitWidth() + " bits");
    };
  }

  /** What the type has to say. */
  <T extends Table> T detail(T into) throws StoreException {
    if (source.type(into) == null) {
      throw new StoreException(Code.INVALID_VALUE, "field " + name + " without its type");
    }
    return into;
  }

  /** The name of the type if no column takes its values. */
  Optional<String> unsupported() {
    return switch (type) {
      case Type.Null,
          Type.Int,
          Type.FloatingPoint,
          Type.Bool,
          Type.Decimal,
          Type.Date,
          Type.Time,
          Type.Timestamp,
          Type.Binary,
          Type.LargeBinary,
          Type.Utf8,
          Type.LargeUtf8,
          Type.FixedSizeBinary,
          Type.BinaryView,
          Type.Utf8View ->
          Optional.empty();
      case Type.List, Type.LargeList, Type.FixedSizeList, Type.ListView, Type.LargeListView ->
          children.size() == 1 ? children.get(0).unsupported() : Optional.of("a damaged list");
      case Type.Struct_ -> Optional.of("a STRUCT");
      case Type.Map -> Optional.of("a MAP");
      case Type.Union -> Optional.of("a UNION");
      case Type.Interval -> Optional.of("an INTERVAL");
      case Type.Duration -> Optional.of("a DURATION");
      case Type.RunEndEncoded -> Optional.of("RUN END ENCODED");
      default -> Optional.of("of an unknown type (" + type + ")");
    };
  }

  /** Goes past this field's part of a batch. */
  void skip(Batch batch) throws StoreException {
    batch.nextNode();
    if (dictionary.isPresent()) {
      batch.skipBuffers(2);
      return;
    }
    switch (type) {
      case Type.Null, Type.RunEndEncoded -> {}
      case Type.Struct_, Type.FixedSizeList -> batch.skipBuffers(1);
      case Type.Union -> batch.skipBuffers(detail(new Union()).mode() == UnionMode.Dense ? 2 : 1);
      case Type.Binary,
          Type.LargeBinary,
          Type.Utf8,
          Type.LargeUtf8,
          Type.ListView,
          Type.LargeListView ->
          batch.skipBuffers(3);
      case Type.BinaryView, Type.Utf8View -> batch.skipBuffers(2 + batch.nextVariadic());
      default -> batch.skipBuffers(2);
    }
    for (ArrowField child : children) {
      child.skip(batch);
    }
  }

  int listSize() throws StoreException {
    int size = detail(new FixedSizeList()).listSize();
    if (size < 0) {
      throw new StoreException(Code.INVALID_VALUE, "lists of " + size + " elements");
    }
    return size;
  }
}
