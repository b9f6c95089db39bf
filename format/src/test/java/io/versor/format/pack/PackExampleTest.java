package io.versor.format.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.io.FormatText;
import io.versor.format.io.MemoryStore;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The worked example of the specification is what this code writes. */
class PackExampleTest {
  @Test
  void examplePackIsInTheSpecification() throws Exception {
    MemoryStore store = new MemoryStore();
    UUID storeId = new UUID(0x0192a4c5d6e7f809L, 0x8a1b2c3d4e5f6071L);
    PackId id = PackId.parse("01J8938NKRKAY000000000001A");
    try (PackWriter writer = PackWriter.create(store, storeId, id)) {
      writer.add(ObjectKind.CHUNK, "hello".getBytes(UTF_8));
      writer.add(ObjectKind.NODE, "versor".getBytes(UTF_8));
      writer.finish();
    }
    List<String> names = store.list("");
    assertEquals(List.of("pack/20240921/01J8938NKRKAY000000000001A.pack"), names);
    FormatText.assertContains(FormatText.dump(store.load(names.get(0), 1000).orElseThrow()));
    FormatText.assertContains(names.get(0));
  }
}
