package io.versor.format.type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.FormatText;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TypeJsonTest {
  @Property(tries = 500)
  void aSchemaComesBackAsItWas(@ForAll long seed) throws StoreException {
    Random random = new Random(seed);
    List<Column> columns = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      columns.add(
          new Column(
              random.nextLong() | 1,
              "column " + i + word(random),
              type(random),
              random.nextBoolean(),
              maybe(word(random), random),
              Optional.empty(),
              maybe(word(random), random),
              properties(random)));
    }
    columns.add(
        Column.of("id", TensorType.scalar(Dtype.INT64))
            .notNull()
            .withIdentity(
                Optional.of(
                    new Identity(random.nextBoolean(), random.nextLong(), random.nextLong() | 1))));
    TableSchema schema =
        new TableSchema(
            random.nextLong(),
            "t" + word(random),
            columns,
            maybe(word(random), random),
            properties(random));

    byte[] bytes = TypeJson.toBytes(schema);

    TableSchema read = TypeJson.tableFromBytes(bytes, "test");
    assertEquals(schema, read);
    assertArrayEquals(bytes, TypeJson.toBytes(read), "equal schemas have equal bytes");
  }

  private static TensorType type(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> TensorType.decimal(1 + random.nextInt(38), 0);
      case 1 -> TensorType.varchar(random.nextInt(1_000));
      case 2 -> TensorType.media(Htype.values()[4 + random.nextInt(3)], maybe("jpeg", random));
      case 3 -> TensorType.classLabel(List.of("cat", word(random) + 1, word(random) + 2));
      case 4 -> TensorType.embedding(1 + random.nextInt(2_000));
      case 5 ->
          TensorType.tensor(
              Dtype.values()[random.nextInt(12)], Shape.of(Shape.RAGGED, 1 + random.nextInt(9)));
      case 6 -> TensorType.time(Dtype.TIMESTAMP_TZ, random.nextInt(7));
      default -> TensorType.polygon();
    };
  }

  private static String word(Random random) {
    String[] words = {"a", "名前", "\"quoted\\", "😀", "x y", "é"};
    return words[random.nextInt(words.length)] + random.nextInt(9);
  }

  private static Optional<String> maybe(String text, Random random) {
    return random.nextBoolean() ? Optional.of(text) : Optional.empty();
  }

  private static Map<String, String> properties(Random random) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      properties.put(word(random), "line\n" + word(random));
    }
    return properties;
  }

  @Test
  void theExampleOfTheSpecificationIsWhatIsWritten() throws Exception {
    Column images =
        new Column(
            0x0000_0003_0000_0002L,
            "images",
            TensorType.media(Htype.IMAGE, Optional.of("jpeg")),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    Column price =
        new Column(
            0x0000_0003_0000_0003L,
            "price",
            TensorType.decimal(10, 2),
            true,
            Optional.of("0.00"),
            Optional.empty(),
            Optional.of("in euros"),
            Map.of("unit", "EUR"));
    Column number =
        Column.of("number", TensorType.scalar(Dtype.INT64))
            .notNull()
            .withId(0x0000_0003_0000_0005L)
            .withIdentity(Optional.of(new Identity(true, 1, 1)));
    Column boxes = Column.of("boxes", TensorType.bbox()).withId(0x0000_0003_0000_0004L);
    TableSchema schema =
        TableSchema.of("animals", List.of(images, price, boxes, number))
            .withId(0x0000_0003_0000_0001L);
    String json = new String(TypeJson.toBytes(schema), UTF_8);
    FormatText.assertContains(json.replace("{\"id\"", "\n{\"id\"") + "\n");
  }

  @Test
  void whatThisVersionCannotKnowIsTooNew() {
    assertTooNew("{'version':2,'anything':[]}", "is of version 2, this one reads up to 1");
    assertTooNew(table("'htype':'hologram','dtype':'int32'"), "htype is \"hologram\"");
    assertTooNew(table("'htype':'generic','dtype':'int128'"), "dtype is \"int128\"");
    assertTooNew(
        table("'htype':'generic','dtype':'int32','unit':'m'"), "columns[0] has a key \"unit\"");
    assertTooNew(
        table(identity("'start':1,'increment':1,'cycle':true")),
        "columns[0].identity has a key \"cycle\"");
    assertTooNew(
        "{'version':1,'id':'0000000000000001','name':'t','columns':[],'engine':1}",
        "table schema has a key \"engine\"");
  }

  private static void assertTooNew(String json, String said) {
    StoreException refusal = read(json);
    assertEquals(Code.VERSION_TOO_NEW, refusal.code(), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
  }

  @Test
  void whatIsNoSchemaIsCorruptAndNamesThePlace() {
    assertCorrupt("", "is missing, expected an object");
    assertCorrupt("[]", "expected an object");
    assertCorrupt("{'version':0}", "version is 0, expected an integer from 1");
    assertCorrupt("{'version':1.0}", "expected an integer");
    assertCorrupt("{'version':1}", "has no key \"id\"");
    assertCorrupt("{'version':1,'version':1}", "Duplicate");
    assertCorrupt("{'version':1,'id':'7'}", "expected 16 hex digits");
    assertCorrupt("{'version':1,'id':'000000000000000g'}", "expected 16 hex digits");
    assertCorrupt("{'version':1,'id':'0000000000000001','name':7}", "expected a text");
    assertCorrupt(
        "{'version':1,'id':'0000000000000001','name':'t','columns':{}}", "expected an array");
    assertCorrupt("{'version':1,'id':'0000000000000001','name':'','columns':[]}", "is empty");
    assertCorrupt(table("'htype':'generic'"), "columns[0] has no key \"dtype\"");
    assertCorrupt(table("'htype':'text','dtype':'int8'"), "TEXT of INT8");
    assertCorrupt(table("'htype':'generic','dtype':'int8','shape':[0]"), "extent 0");
    assertCorrupt(table("'htype':'generic','dtype':'int8','shape':[-2]"), "expected an integer");
    assertCorrupt(table("'htype':'generic','dtype':'int8','shape':['3']"), "expected an integer");
    assertCorrupt(table("'htype':'generic','dtype':'int8','notNull':false"), "expected true");
    assertCorrupt(table("'htype':'generic','dtype':'decimal'"), "precision 0 for DECIMAL");
    assertCorrupt(table("'htype':'class_label','dtype':'int32','labels':['a','a']"), "twice");
    assertCorrupt(
        table("'htype':'generic','dtype':'int8','properties':{'k':1}"), "an object of texts");
    assertCorrupt(table(identity("'start':1")), "increment is missing");
    assertCorrupt(table(identity("'start':1,'increment':0")), "INCREMENT BY 0");
    assertCorrupt(table(identity("'start':1.5,'increment':1")), "start is 1.5");
    assertCorrupt(table(identity("'start':9223372036854775808,'increment':1")), "64 bits");
    assertCorrupt(table(identity("'start':128,'increment':1")), "-128 to 127");
    assertCorrupt(
        table("'htype':'generic','dtype':'int8','identity':{'start':1,'increment':1}"), "NULL");
    assertCorrupt(
        table(identity("'start':1,'increment':1},'default':'3','properties':{")), "DEFAULT");
    assertCorrupt(table("'htype':'generic','dtype':'int8','identity':true"), "an object");
    assertCorrupt("{'version':1}{}", "is not JSON");
    assertCorrupt("[".repeat(100_000), "is not JSON");
  }

  private static void assertCorrupt(String json, String said) {
    StoreException refusal = read(json);
    assertEquals(Code.CORRUPT, refusal.code(), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(refusal.getMessage().startsWith("frame 12: "), refusal.getMessage());
  }

  private static String table(String type) {
    return "{'version':1,'id':'0000000000000001','name':'t','columns':[{"
        + "'id':'0000000000000002','name':'c',"
        + type
        + "}]}";
  }

  private static String identity(String fields) {
    return "'htype':'generic','dtype':'int8','notNull':true,'identity':{" + fields + "}";
  }

  private static StoreException read(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    return assertThrows(
        StoreException.class, () -> TypeJson.tableFromBytes(bytes, "frame 12"), json);
  }

  @Property(tries = 300)
  void aDamagedSchemaIsRefusedOrIsASchema(@ForAll long seed) {
    Random random = new Random(seed);
    TableSchema schema =
        TableSchema.of(
            "t", List.of(Column.of("a", type(random)), Column.of("b", type(random)).notNull()));
    byte[] bytes = TypeJson.toBytes(schema);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        TypeJson.tableFromBytes(damaged, "test");
      } catch (StoreException e) {
        assertTrue(e.code() == Code.CORRUPT || e.code() == Code.VERSION_TOO_NEW);
      }
    }
  }
}
