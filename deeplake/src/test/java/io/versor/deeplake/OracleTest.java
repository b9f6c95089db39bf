package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of datasets that Deep Lake wrote is what Deep Lake reads of them. */
class OracleTest {
  @TempDir static Path temporary;

  private record Opened(DeepLakeDataset dataset, JsonNode expected) {}

  private Opened open(String name) throws Exception {
    Optional<Fixture> fixture = Fixture.find(name, temporary);
    assumeTrue(fixture.isPresent(), "the dataset " + name + " is not beside the project");
    return new Opened(DeepLakeDataset.open(fixture.get().folder()), fixture.get().expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "types", "animals", "animals-dirty", "animals-merged"})
  void branchesAndTheirLogs(String name) throws Exception {
    Opened opened = open(name);
    VersionTree tree = opened.dataset.tree();
    Map<String, String> heads = new HashMap<>();
    for (JsonNode branch : opened.expected.get("branches")) {
      String head = branch.get("head").asText();
      heads.put(branch.get("name").asText(), head);
      List<String> log = new ArrayList<>();
      for (JsonNode entry : branch.get("log")) {
        log.add(entry.get("commit").asText() + " " + entry.get("message").asText());
      }
      assertEquals(
          log,
          tree.log(head).stream()
              .map(node -> node.id() + " " + node.message().orElse("null"))
              .toList());
    }
    assertEquals(heads, tree.heads());
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "types", "animals", "animals-dirty", "animals-merged"})
  void nodes(String name) throws Exception {
    Opened opened = open(name);
    VersionTree tree = opened.dataset.tree();
    assertEquals(opened.expected.get("nodes").size(), tree.nodes().size());
    for (JsonNode expected : opened.expected.get("nodes")) {
      VersionNode node = tree.node(expected.get("id").asText());
      assertEquals(expected.get("kind").asText().equals("head"), node.isHead());
      assertEquals(expected.get("branch").asText(), node.branch());
      assertEquals(text(expected, "parent"), node.parent());
      assertEquals(text(expected, "message"), node.message());
      if (!node.isHead()) {
        assertEquals(text(expected, "author"), node.author());
      }
      assertEquals(text(expected, "time").map(Instant::parse), node.committedAt());
      List<String> children = new ArrayList<>();
      expected.get("children").forEach(child -> children.add(child.asText()));
      assertEquals(new TreeSet<>(children), new TreeSet<>(node.children()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "types", "animals", "animals-dirty", "animals-merged"})
  void everySampleOfEveryTensorAtEveryNode(String name) throws Exception {
    Opened opened = open(name);
    int samples = 0;
    for (Map.Entry<String, JsonNode> state : opened.expected.get("states").properties()) {
      DatasetVersion version = opened.dataset.version(state.getKey());
      JsonNode expected = state.getValue();
      assertEquals(expected.get("info"), version.info(), state.getKey());
      assertEquals(names(expected.get("groups")), new TreeSet<>(version.groups()));
      TreeSet<String> tensors = new TreeSet<>();
      expected.get("tensors").fieldNames().forEachRemaining(tensors::add);
      assertEquals(tensors, new TreeSet<>(version.names()), state.getKey());
      for (Map.Entry<String, JsonNode> tensor : expected.get("tensors").properties()) {
        samples += new TensorCheck(version, tensor.getKey(), tensor.getValue()).check();
      }
      ChangesCheck.check(version, expected.get("changes"));
    }
    assertTrue(samples > 4, samples + " samples were compared");
  }

  private static TreeSet<String> names(JsonNode array) {
    TreeSet<String> names = new TreeSet<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Optional<String> text(JsonNode json, String key) {
    return Optional.ofNullable(json.get(key).textValue());
  }
}
