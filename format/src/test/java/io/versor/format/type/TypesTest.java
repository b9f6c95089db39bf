package io.versor.format.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TypesTest {
  @Test
  void codesOnDiskNeverChange() {
    assertEquals(
        "BOOL=1 INT8=2 INT16=3 INT32=4 INT64=5 UINT8=6 UINT16=7 UINT32=8 UINT64=9 FLOAT16=10"
            + " FLOAT32=11 FLOAT64=12 DATE=13 TIME=14 TIMESTAMP=15 TIMESTAMP_TZ=16 DECIMAL=17"
            + " UTF8=18 BYTES=19 UUID=20",
        String.join(" ", Arrays.stream(Dtype.values()).map(d -> d + "=" + d.code()).toList()));
    assertEquals(
        "GENERIC=1 TEXT=2 JSON=3 LIST=4 IMAGE=5 AUDIO=6 VIDEO=7 CLASS_LABEL=8 EMBEDDING=9 BBOX=10"
            + " KEYPOINTS=11 SEGMENT_MASK=12 BINARY_MASK=13 POLYGON=14 POINT_CLOUD=15 SEQUENCE=16",
        String.join(" ", Arrays.stream(Htype.values()).map(h -> h + "=" + h.code()).toList()));
    for (Dtype dtype : Dtype.values()) {
      assertEquals(Optional.of(dtype), Dtype.findByCode(dtype.code()));
    }
    for (Htype htype : Htype.values()) {
      assertEquals(Optional.of(htype), Htype.findByCode(htype.code()));
    }
    assertEquals(Optional.empty(), Dtype.findByCode(0));
    assertEquals(Optional.empty(), Dtype.findByCode(21));
    assertEquals(Optional.empty(), Htype.findByCode(-1));
    assertEquals(
        Code.VERSION_TOO_NEW,
        assertThrows(StoreException.class, () -> Dtype.fromCode(21, "chunk 1")).code());
  }

  @Test
  void layoutsFollowFromDtypeAndShape() {
    assertLayout(TensorType.scalar(Dtype.INT32), Layout.FIXED, 4, 0);
    assertLayout(TensorType.scalar(Dtype.BOOL), Layout.FIXED, 1, 0);
    assertLayout(TensorType.decimal(38, 10), Layout.FIXED, 16, 0);
    assertLayout(TensorType.embedding(128), Layout.FIXED, 512, 0);
    assertLayout(TensorType.tensor(Dtype.UINT8, Shape.of(28, 28)), Layout.FIXED, 784, 0);
    assertLayout(TensorType.text(), Layout.VARIABLE, 0, 0);
    assertLayout(TensorType.scalar(Dtype.BYTES), Layout.VARIABLE, 0, 0);
    assertLayout(TensorType.bbox(), Layout.VARIABLE, 0, 2);
    assertLayout(TensorType.media(Htype.IMAGE, Optional.empty()), Layout.VARIABLE, 0, 3);
    assertLayout(TensorType.media(Htype.AUDIO, Optional.empty()), Layout.VARIABLE, 0, 2);
    assertLayout(TensorType.media(Htype.VIDEO, Optional.empty()), Layout.VARIABLE, 0, 4);
    assertLayout(TensorType.classLabel(List.of("cat")), Layout.FIXED, 4, 0);
  }

  private static void assertLayout(TensorType type, Layout layout, int width, int storedRank) {
    assertEquals(layout, type.layout());
    assertEquals(storedRank, type.storedRank());
    if (layout == Layout.FIXED) {
      assertEquals(width, type.width());
    } else {
      assertThrows(IllegalStateException.class, type::width);
    }
  }

  @Test
  void combinationsThatMeanNothingAreRefused() {
    assertRefused(Code.INVALID_VALUE, () -> TensorType.tensor(Dtype.UTF8, Shape.of(3)));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.tensor(Dtype.DECIMAL, Shape.of(3)));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.scalar(Dtype.DECIMAL));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.decimal(39, 0));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.decimal(5, 6));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.time(Dtype.TIME, 7));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.varchar(-1));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.media(Htype.TEXT, Optional.empty()));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.classLabel(List.of("a", "b", "a")));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.embedding(0));
    assertRefused(
        Code.INVALID_VALUE, () -> TensorType.scalar(Dtype.INT32).withLabels(List.of("cat")));
    assertRefused(
        Code.INVALID_VALUE,
        () ->
            new TensorType(
                Htype.GENERIC,
                Dtype.INT32,
                Shape.SCALAR,
                0,
                0,
                Optional.of("jpeg"),
                List.of(),
                Optional.empty()));
    TensorType labels = TensorType.classLabel(List.of("cat"));
    assertRefused(Code.INVALID_VALUE, () -> TensorType.sequence(TensorType.sequence(labels)));
    assertRefused(
        Code.INVALID_VALUE,
        () ->
            new TensorType(
                Htype.SEQUENCE,
                Dtype.BYTES,
                Shape.SCALAR,
                0,
                0,
                Optional.empty(),
                List.of("dog"),
                Optional.of(labels)));
    assertEquals(
        List.of("cat", "dog"),
        TensorType.sequence(labels).withLabels(List.of("cat", "dog")).element().get().labels());
  }

  @Test
  void shapesHaveLimits() {
    assertRefused(Code.LIMIT, () -> new Shape(Collections.nCopies(33, 1)));
    assertEquals(32, new Shape(Collections.nCopies(32, 1)).rank());
    assertRefused(Code.LIMIT, () -> Shape.of(1 << 16, 1 << 16));
    assertRefused(Code.LIMIT, () -> Shape.of(Shape.RAGGED, 1 << 30, 2));
    assertRefused(Code.INVALID_VALUE, () -> Shape.of(3, 0));
    assertRefused(Code.INVALID_VALUE, () -> Shape.of(-2));
    assertEquals(1 << 30, TensorType.tensor(Dtype.UINT8, Shape.of(1 << 15, 1 << 15)).width());
    assertRefused(Code.LIMIT, () -> TensorType.tensor(Dtype.INT16, Shape.of(1 << 15, 1 << 15)));
    assertRefused(
        Code.LIMIT, () -> TensorType.tensor(Dtype.INT64, Shape.of(Shape.RAGGED, 1 << 28)));
    assertTrue(Shape.of(Shape.RAGGED, 4).admits(new int[] {7, 4}));
    assertTrue(Shape.of(Shape.RAGGED, 4).admits(new int[] {0, 4}));
    assertFalse(Shape.of(Shape.RAGGED, 4).admits(new int[] {7, 3}));
    assertFalse(Shape.of(Shape.RAGGED, 4).admits(new int[] {-1, 4}));
    assertFalse(Shape.of(Shape.RAGGED, 4).admits(new int[] {4}));
    assertEquals("[*, 4]", Shape.of(Shape.RAGGED, 4).toString());
  }

  @Test
  void namesMustBePlainAndShort() {
    assertRefused(Code.INVALID_NAME, () -> column(""));
    assertRefused(Code.INVALID_NAME, () -> column("a\nb"));
    assertRefused(Code.INVALID_NAME, () -> column("a\u0085b"));
    assertRefused(Code.INVALID_NAME, () -> column("half \ud83d"));
    assertRefused(Code.INVALID_NAME, () -> column("é".repeat(128)));
    assertEquals(127, column("é".repeat(127)).name().length());
    assertEquals(255, column("x".repeat(255)).name().length());
    assertEquals("😀 name", column("😀 name").name());
    assertRefused(Code.INVALID_NAME, () -> TableSchema.of("", List.of()));
    InvalidTypeException refusal = assertThrows(InvalidTypeException.class, () -> column("a\tb"));
    assertEquals(
        "the name of a column has the control character U+0009 at position 2; leave it out",
        refusal.getMessage());
    assertEquals(Code.INVALID_NAME, refusal.toStoreException().code());
  }

  @Test
  void tablesHaveLimits() {
    assertRefused(Code.COLUMN_EXISTS, () -> TableSchema.of("t", List.of(column("a"), column("a"))));
    assertRefused(
        Code.INVALID_VALUE,
        () -> TableSchema.of("t", List.of(column("a").withId(7), column("b").withId(7))));
    List<Column> many = new ArrayList<>();
    for (int i = 0; i < TableSchema.MAX_COLUMNS; i++) {
      many.add(column("c" + i));
    }
    assertEquals(16_384, TableSchema.of("t", many).columns().size());
    many.add(column("one more"));
    assertRefused(Code.LIMIT, () -> TableSchema.of("t", many));
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i <= Properties.MAX_PROPERTIES; i++) {
      properties.put("k" + i, "");
    }
    assertRefused(
        Code.LIMIT, () -> new TableSchema(1, "t", List.of(), Optional.empty(), properties));
    List<Column> verbose = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      verbose.add(
          new Column(
              0,
              "c" + i,
              TensorType.text(),
              true,
              Optional.empty(),
              Optional.empty(),
              Optional.of("x".repeat(65_000)),
              Map.of()));
    }
    assertRefused(Code.LIMIT, () -> TableSchema.of("t", verbose));
  }

  @Test
  void columnsAreFoundByIdAndByName() {
    TableSchema schema =
        TableSchema.of("t", List.of(column("Id").withId(7), column("id").withId(9)));
    assertEquals("Id", schema.findColumn(7).orElseThrow().name());
    assertEquals(Optional.empty(), schema.findColumn(8));
    assertEquals(9, schema.findColumn("id").orElseThrow().id());
    assertEquals(Optional.empty(), schema.findColumn("ID"));
    assertEquals(2, schema.columnsIgnoreCase("ID").size());
    assertEquals(1, schema.indexOf(9));
    assertEquals(-1, schema.indexOf(8));
  }

  @Test
  void onlyWhatIsStoredDecidesWhetherBytesAreTheSame() {
    TensorType label = TensorType.classLabel(List.of("cat"));
    assertTrue(label.sameBytes(TensorType.scalar(Dtype.INT32)));
    assertTrue(TensorType.varchar(5).sameBytes(TensorType.text()));
    assertTrue(TensorType.decimal(5, 2).sameBytes(TensorType.decimal(9, 2)));
    assertFalse(TensorType.decimal(5, 2).sameBytes(TensorType.decimal(5, 1)));
    assertFalse(
        TensorType.media(Htype.IMAGE, Optional.empty()).sameBytes(TensorType.scalar(Dtype.BYTES)));
    assertFalse(label.sameBytes(TensorType.scalar(Dtype.UINT32)));
  }

  private static Column column(String name) {
    return Column.of(name, TensorType.text());
  }

  private static void assertRefused(Code code, Executable make) {
    InvalidTypeException refusal = assertThrows(InvalidTypeException.class, make);
    assertEquals(code, refusal.code(), refusal.getMessage());
  }
}
