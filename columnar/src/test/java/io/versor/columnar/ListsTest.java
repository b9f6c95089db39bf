package io.versor.columnar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists in cells, as lists of Parquet and Arrow. */
class ListsTest {
  private static final List<String> FILES =
      List.of("'@/l.parquet'", "'@/l.arrow'", "'@/l.arrows' (COMPRESSION zstd)");

  @TempDir Path directory;
  private Sql sql;

  @BeforeEach
  void open() throws Exception {
    sql = new Sql(directory);
  }

  @AfterEach
  void close() throws Exception {
    sql.close();
  }

  private void comesBack(String type, String... values) throws Exception {
    sql.run("CREATE TABLE l(id INTEGER, x " + type + ")");
    sql.run("INSERT INTO l VALUES (1, NULL)");
    sql.run("INSERT INTO l VALUES (2, '[]')");
    for (int i = 0; i < values.length; i++) {
      sql.run("INSERT INTO l VALUES (" + (i + 3) + ", " + values[i] + ")");
    }
    List<String> rows = sql.run("SELECT * FROM l");
    String hash = sql.run("SELECT TABLE_HASH('l')").get(0);
    for (String file : FILES) {
      sql.run("CREATE TABLE m(id INTEGER, x " + type + ")");
      sql.run("COPY l TO " + file);
      sql.run("COPY m FROM " + file.split(" ")[0]);
      assertEquals(rows, sql.run("SELECT * FROM m"), type + " " + file);
      assertEquals(hash, sql.run("SELECT TABLE_HASH('m')").get(0), type + " " + file);
      sql.run("DROP TABLE m");
    }
    sql.run("DROP TABLE l");
  }

  @Test
  void listsOfScalarsComeBack() throws Exception {
    comesBack("VARCHAR ARRAY", "ARRAY['a', NULL, '']", "'[null]'", "ARRAY['é, \"x\"', 'null']");
    comesBack("CLASS_LABEL('cat', 'dog') ARRAY", "ARRAY['dog', 'cat', NULL]", "'[null, null]'");
    comesBack("DATE ARRAY", "'[\"2026-11-27\", null, \"1582-10-04\"]'", "'[null]'");
    comesBack("TIME(6) ARRAY", "'[\"23:59:59.999999\", null]'");
    comesBack("TIMESTAMP(6) ARRAY", "'[\"2026-11-27 10:00:00.000001\", null]'");
    comesBack("TIMESTAMP(6) WITH TIME ZONE ARRAY", "'[\"2026-11-27T10:00:00+02:00\", null]'");
    comesBack("DECIMAL(7, 2) ARRAY", "'[1.50, null, -99999.99]'");
    comesBack("DECIMAL(38, 10) ARRAY", "'[1234567890123456789012345678.0123456789, null]'");
    comesBack("UUID ARRAY", "'[\"00112233-4455-6677-8899-aabbccddeeff\", null]'");
    comesBack("VARBINARY(8) ARRAY", "'[\"AP8=\", null, \"\"]'");
    comesBack("JSON ARRAY", "'[{\"k\": [1, null]}, null, [], \"t\"]'");
    comesBack("LIST ARRAY", "'[[1, null], null, []]'");
  }

  @Test
  void listsOfTensorsComeBackWithTheirShapes() throws Exception {
    comesBack(
        "TENSOR(FLOAT32, *, 3) ARRAY",
        "'[[[1, 2, 3], [4, 5, 6]], null, [[7, 8, 9]]]'",
        "'[[], [[1, 2, 3]], []]'",
        "'[null]'");
    comesBack("BBOX ARRAY", "'[[[1, 2, 30, 40], [5, 6, 7, 8]], [], null]'");
    comesBack("EMBEDDING(2) ARRAY", "'[[0.5, 1], null, [2, 3]]'", "'[null, [1, 1]]'");
    comesBack("TENSOR(BOOL, 2, *) ARRAY", "'[[[true], [false]], null, [[], []]]'");
    comesBack("TENSOR(UINT64, *) ARRAY", "'[[18446744073709551615], [], null]'");
    comesBack("TENSOR(FLOAT16, 3) ARRAY", "'[[0.5, 1, 2], null]'");
  }

  @Test
  void listsOfPicturesComeBack() throws Exception {
    String picture = "ENCODE_IMAGE(CAST('[[[1, 2, 3]]]' AS TENSOR(UINT8, *, *, 3)), 'png')";
    sql.run("CREATE TABLE l(x IMAGE('png') ARRAY)");
    sql.run("INSERT INTO l VALUES (ARRAY[" + picture + ", NULL, " + picture + "]), (NULL), ('[]')");
    for (String file : FILES) {
      sql.run("CREATE TABLE m(x IMAGE('png') ARRAY)");
      sql.run("COPY l TO " + file);
      sql.run("COPY m FROM " + file.split(" ")[0]);
      sql.gives("SELECT TABLE_HASH('l') = TABLE_HASH('m')", "true");
      sql.run("DROP TABLE m");
    }
  }

  @Test
  void resultsOfQueriesAreWrittenToo() throws Exception {
    sql.run("CREATE TABLE l(id INTEGER, word VARCHAR)");
    sql.run("INSERT INTO l VALUES (1, 'a'), (1, NULL), (2, 'b')");
    sql.run("CREATE TABLE m(id INTEGER, words VARCHAR ARRAY)");
    for (String file : FILES) {
      sql.run("COPY (SELECT id, ARRAY_AGG(word) AS words FROM l GROUP BY id) TO " + file);
      sql.run("COPY m FROM " + file.split(" ")[0]);
    }
    sql.gives("SELECT words FROM m WHERE id = 1", "[\"a\",null]", "[\"a\",null]", "[\"a\",null]");
  }

  /** They are no tensors, but lists of decimals take them. */
  @Test
  void numbersAmongNullsAreWrittenAsSuch() throws Exception {
    sql.run("CREATE TABLE l(i INTEGER, o BOOLEAN, d DECIMAL(5, 1), v TENSOR(INT16, 2))");
    sql.run("INSERT INTO l VALUES (1, TRUE, 1.5, '[1, 2]'), (NULL, NULL, NULL, NULL)");
    sql.run("INSERT INTO l VALUES (-3, FALSE, 2.5, '[3, 4]')");
    sql.run("CREATE TABLE m(i DECIMAL(9, 0) ARRAY, o JSON, d DECIMAL(9, 1) ARRAY, v JSON)");
    for (String file : FILES) {
      sql.run(
          "COPY (SELECT ARRAY_AGG(i) AS i, ARRAY_AGG(o) AS o, ARRAY_AGG(d) AS d, ARRAY_AGG(v) AS v"
              + " FROM l) TO "
              + file);
      sql.run("COPY m FROM " + file.split(" ")[0]);
      sql.gives(
          "SELECT * FROM m",
          "[1,null,-3] | [true,null,false] | [1.5,null,2.5] | [[1,2],null,[3,4]]");
      sql.run("TRUNCATE m");
    }
    sql.run("CREATE TABLE n(i TENSOR(INT32, *))");
    for (String file : FILES) {
      sql.run("COPY (SELECT ARRAY_AGG(i) AS i FROM l) TO " + file);
      sql.fails(
          "22023",
          "row 1, column i of n: element 2 of the list is NULL; a tensor has none",
          "COPY n FROM " + file.split(" ")[0]);
    }
  }

  /** Elements are held to what a column of them takes. */
  @Test
  void elementsThatDoNotFitAreToldOrRejected() throws Exception {
    sql.run("CREATE TABLE l(id INTEGER, x VARCHAR ARRAY, v JSON)");
    sql.run(
        "INSERT INTO l VALUES (1, ARRAY['cat', NULL], '[[1, 2], [3, 4]]'),"
            + " (2, ARRAY['dog', 'owl'], '[[1], [2, 3]]'), (3, NULL, NULL)");
    sql.run("CREATE TABLE m(id INTEGER, x CLASS_LABEL('cat', 'dog') ARRAY)");
    for (String file : FILES) {
      String path = file.split(" ")[0];
      sql.run("COPY l(id, x) TO " + file);
      String name = path.substring(3, path.length() - 1);
      sql.fails(
          "22023",
          name + ", row 2, column x of m: element 2: class label 'owl', expected one of 'cat'",
          "COPY m FROM " + path);
      sql.gives("COPY m FROM " + path + " ON ERROR SKIP INTO rejects", "2 | 1 | 1");
      sql.gives(
          "SELECT row_no, column_name, reason, raw FROM rejects",
          "2 | x | element 2: class label 'owl', expected one of 'cat', 'dog' |"
              + " {\"id\": 2, \"x\": [\"dog\",\"owl\"]}");
      sql.run("DROP TABLE rejects");
      sql.run("COPY m FROM " + path + " (LABELS ADD)");
      sql.gives("SELECT COUNT(*) FROM m", "5");
      sql.run("DROP TABLE m");
      sql.run("CREATE TABLE m(id INTEGER, x CLASS_LABEL('cat', 'dog') ARRAY)");
    }
  }

  /** Lists of numbers are tensors, lists of what a list is made of, or JSON, as the column says. */
  @Test
  void theColumnSaysWhatAListIs() throws Exception {
    sql.run("CREATE TABLE l(v TENSOR(INT32, *))");
    sql.run("INSERT INTO l VALUES ('[1, 20]'), ('[]'), (NULL)");
    sql.run("CREATE TABLE m(v TENSOR(FLOAT64, *), d DECIMAL(9, 1) ARRAY, s VARCHAR ARRAY, j JSON)");
    for (String file : FILES) {
      String path = file.split(" ")[0];
      sql.run("COPY l TO " + file);
      sql.run("COPY m(v FROM 'v', d FROM 'v', s FROM 'v', j FROM 'v') FROM " + path);
      sql.gives(
          "SELECT * FROM m",
          "[1.0, 20.0] | [1.0, 20.0] | [\"1\",\"20\"] | [1,20]",
          "[] | [] | [] | []",
          "null | null | null | null");
      sql.run("TRUNCATE m");
      sql.run("CREATE TABLE n(x DATE ARRAY)");
      sql.fails(
          "22023",
          "row 1, column x of n: element 1: 1, expected a date",
          "COPY n(x FROM 'v') FROM " + path);
      sql.run("DROP TABLE n");
    }
  }

  /** Lists as other programs write them, and as old ones did. */
  @Test
  void allLayoutsOfListsAreRead() throws Exception {
    sql.run("CREATE TABLE m(x VARCHAR ARRAY)");
    // Of ['a', 'b' or NULL], of an empty list, and of NULL where there can be one.
    reads(
        "[[\"a\",null], [], null]",
        "optional group x (LIST) { repeated group list { optional binary element (UTF8); } }",
        "0 3 a, 1 2, 0 1, 0 0");
    reads(
        "[[\"a\",null], [], null]",
        "optional group x (LIST) { repeated group bag { optional binary array_element (UTF8); } }",
        "0 3 a, 1 2, 0 1, 0 0");
    reads(
        "[[\"a\",\"b\"], [], null]",
        "optional group x (LIST) { repeated group element { required binary str (UTF8); } }",
        "0 2 a, 1 2 b, 0 1, 0 0");
    reads(
        "[[\"a\",\"b\"], []]",
        "required group x (LIST) { repeated group list { required binary item (UTF8); } }",
        "0 1 a, 1 1 b, 0 0");
    reads(
        "[[\"a\",\"b\"], [], null]",
        "optional group x (LIST) { repeated binary array (UTF8); }",
        "0 2 a, 1 2 b, 0 1, 0 0");
    reads(
        "[[\"a\",\"b\"], []]",
        "required group x (LIST) { repeated binary element (UTF8); }",
        "0 1 a, 1 1 b, 0 0");
    reads("[[\"a\",\"b\"], []]", "repeated binary x (UTF8);", "0 1 a, 1 1 b, 0 0");
  }

  @Test
  void listsOfListsAreReadInOldLayoutsToo() throws Exception {
    sql.run("CREATE TABLE m(x TENSOR(INT64, *) ARRAY)");
    reads(
        "[[[1,2],[],null,[3]], [], null]",
        "optional group x (LIST) { repeated group list { optional group element (LIST) { repeated"
            + " group list { required int64 element; } } } }",
        "0 4 1, 2 4 2, 1 3, 1 2, 1 4 3, 0 1, 0 0");
    reads(
        "[[[1,2],[],[3]], [], null]",
        "optional group x (LIST) { repeated group array (LIST) { repeated int64 array; } }",
        "0 3 1, 2 3 2, 1 2, 1 3 3, 0 1, 0 0");
    reads(
        "[[[1],[2]], []]",
        "repeated group x (LIST) { repeated int64 element; }",
        "0 2 1, 1 2 2, 0 0");
  }

  /** By the rules for old files these are lists of structs with one field. */
  @Test
  void listsOfStructsAreRefused() throws Exception {
    sql.run("CREATE TABLE m(x VARCHAR ARRAY)");
    for (String name : List.of("array", "x_tuple")) {
      write(
          "optional group x (LIST) { repeated group " + name + " { required binary s (UTF8); } }",
          "0 2 a");
      sql.fails("0A000", "old.parquet: the field x is a STRUCT", "COPY m FROM '@/old.parquet'");
    }
  }

  private void reads(String rows, String field, String values) throws Exception {
    write(field, values);
    sql.run("COPY m FROM '@/old.parquet'");
    assertEquals(rows, sql.run("SELECT x FROM m").toString(), field);
    sql.run("TRUNCATE m");
  }

  /**
   * Writes a file of one field.
   *
   * @param values each with its repetition and definition level
   */
  private void write(String field, String values) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { " + field + " }");
    Path path = sql.folder.resolve("old.parquet");
    Files.deleteIfExists(path);
    ParquetProperties properties =
        ParquetProperties.builder().withAllocator(new HeapByteBufferAllocator()).build();
    try (ParquetFileWriter file =
        new ParquetFileWriter(
            new LocalOutputFile(path),
            schema,
            ParquetFileWriter.Mode.CREATE,
            1 << 20,
            0,
            properties.getColumnIndexTruncateLength(),
            properties.getStatisticsTruncateLength(),
            properties.getPageWriteChecksumEnabled())) {
      file.start();
      ColumnChunkPageWriteStore pages =
          new ColumnChunkPageWriteStore(
              PLAIN,
              schema,
              properties.getAllocator(),
              64,
              properties.getPageWriteChecksumEnabled());
      ColumnWriteStore store = properties.newColumnWriteStore(schema, pages, pages);
      ColumnWriter column = store.getColumnWriter(schema.getColumns().get(0));
      boolean numbers =
          schema.getColumns().get(0).getPrimitiveType().getPrimitiveTypeName()
              == PrimitiveTypeName.INT64;
      int rows = 0;
      for (String value : values.split(", ")) {
        String[] parts = value.split(" ");
        int repetition = Integer.parseInt(parts[0]);
        int definition = Integer.parseInt(parts[1]);
        if (repetition == 0 && rows++ > 0) {
          store.endRecord();
        }
        if (parts.length == 2) {
          column.writeNull(repetition, definition);
        } else if (numbers) {
          column.write(Long.parseLong(parts[2]), repetition, definition);
        } else {
          column.write(Binary.fromString(parts[2]), repetition, definition);
        }
      }
      store.endRecord();
      file.startBlock(rows);
      store.flush();
      pages.flushToFileWriter(file);
      file.endBlock();
      file.end(Map.of());
    }
  }

  private static final BytesInputCompressor PLAIN =
      new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) {
          return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
          return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {
          // holds nothing
        }
      };
}
