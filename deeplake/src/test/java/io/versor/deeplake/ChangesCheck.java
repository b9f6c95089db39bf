package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the changes of a node with Deep Lake's own account of them. */
final class ChangesCheck {
  private ChangesCheck() {}

  static void check(DatasetVersion version, JsonNode expected) throws Exception {
    String id = version.node().id();
    JsonNode ofDataset = expected.get("dataset").get(0);
    DatasetChanges changes = version.changes();
    assertEquals(ofDataset.get("info_updated").asBoolean(), changes.infoUpdated(), id);
    Map<String, String> renamed = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : ofDataset.get("renamed").properties()) {
      renamed.put(each.getKey(), each.getValue().asText());
    }
    assertEquals(renamed, changes.renamed(), id);
    List<String> deleted = new ArrayList<>();
    ofDataset.get("deleted").forEach(name -> deleted.add(name.asText()));
    assertEquals(deleted, changes.deleted(), id);

    for (Map.Entry<String, JsonNode> each : expected.get("tensor").get(0).properties()) {
      if (each.getValue().isObject() && version.names().contains(each.getKey())) {
        checkTensor(version, each.getKey(), each.getValue());
      }
    }
  }

  private static void checkTensor(DatasetVersion version, String name, JsonNode expected)
      throws Exception {
    String at = name + " at " + version.node().id();
    Tensor tensor = version.tensor(name);
    TensorChanges changes = version.changes(tensor);
    assertEquals(expected.get("created").asBoolean(), changes.created(), at);
    assertEquals(expected.get("cleared").asBoolean(), changes.cleared(), at);
    assertEquals(expected.get("info_updated").asBoolean(), changes.infoUpdated(), at);
    assertEquals(expected.get("data_transformed_in_place").asBoolean(), changes.transformed(), at);
    JsonNode added = expected.get("data_added");
    assertEquals(
        added.get(1).asLong() - added.get(0).asLong(), changes.addedTo() - changes.addedFrom(), at);
    if (changes.addedTo() > changes.addedFrom()) {
      assertEquals(added.get(0).asLong(), changes.addedFrom(), at);
    }
    assertEquals(longs(expected.get("data_updated")), changes.updated(), at);
    assertEquals(longs(expected.get("data_deleted")), changes.deleted(), at);
  }

  private static List<Long> longs(JsonNode array) {
    List<Long> longs = new ArrayList<>();
    array.forEach(number -> longs.add(number.asLong()));
    longs.sort(null);
    return longs;
  }
}
