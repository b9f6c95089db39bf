package io.versor.deeplake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small datasets in the layout of Deep Lake 3, for what the real ones do not have. */
final class DatasetWriter {
  static final String HEAD = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final Path root;
  private final ObjectNode commits = Fixture.JSON.createObjectNode();
  private final ObjectNode branches = Fixture.JSON.createObjectNode();

  DatasetWriter(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root);
  }

  Path root() {
    return root;
  }

  /** One commit and the HEAD of main behind it, with the same tensors in both. */
  static Path write(Path root, List<TensorWriter> tensors) throws IOException {
    DatasetWriter writer = new DatasetWriter(root);
    writer.node(VersionTree.FIRST_ID, "main", null, "first");
    writer.node(HEAD, "main", VersionTree.FIRST_ID, null);
    writer.branch("main", HEAD);
    writer.tensors(VersionTree.FIRST_ID, tensors);
    writer.tensors(HEAD, tensors);
    for (TensorWriter tensor : tensors) {
      tensor.writeChunks(root);
    }
    writer.finish();
    return root;
  }

  /**
   * @param message null for a HEAD
   */
  void node(String id, String branch, String parent, String message) throws IOException {
    ObjectNode node = commits.putObject(id);
    node.put("branch", branch).put("parent", parent).putArray("children");
    node.put("commit_message", message).put("commit_user_name", message == null ? null : "me");
    if (message == null) {
      node.putNull("commit_time");
    } else {
      node.put("commit_time", 1_700_000_000.25 + commits.size());
    }
    put(VersionTree.folder(id) + "commit_info.json", Fixture.JSON.writeValueAsBytes(node));
  }

  void branch(String name, String head) {
    branches.put(name, head);
  }

  /** Describes the tensors of a node; their chunks are not written. */
  void tensors(String node, List<TensorWriter> tensors) throws IOException {
    ObjectNode meta = Fixture.JSON.createObjectNode();
    meta.putArray("groups");
    meta.putArray("hidden_tensors");
    for (TensorWriter tensor : tensors) {
      meta.withArray("tensors").add(tensor.key());
      meta.withObject("tensor_names").put(tensor.key(), tensor.key());
      tensor.writeMeta(root.resolve(VersionTree.folder(node)));
    }
    put(VersionTree.folder(node) + "dataset_meta.json", Fixture.JSON.writeValueAsBytes(meta));
  }

  void finish() throws IOException {
    ObjectNode info = Fixture.JSON.createObjectNode();
    info.set("commits", commits);
    info.set("branches", branches);
    put(VersionTree.FILE, Fixture.JSON.writeValueAsBytes(info));
  }

  void put(String path, byte[] bytes) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
