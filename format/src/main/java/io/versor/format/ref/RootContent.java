package io.versor.format.ref;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.versor.format.log.FrameAddress;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackWriter;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the root's JSON and the records they hold; {@link RootJson} puts the checksum around.
 *
 * <p>What is absent is not written, and addresses are short arrays and texts: the root is small by
 * law, and branches are what fills it.
 */
final class RootContent {
  static final String FORMAT = "format";
  private static final String STORE = "store";
  private static final String NUMBER = "number";
  private static final String CREATED = "created";
  private static final String NEXT_BRANCH_ID = "nextBranchId";
  private static final String NEXT_ORIGIN = "nextOrigin";
  private static final String BRANCHES = "branches";
  private static final String TAGS = "tags";
  private static final String COMMIT_RUNS = "commitRuns";
  private static final String PACK_MAP = "packMap";
  private static final String CONDEMNED = "condemned";
  private static final String COLLECTED = "collected";
  private static final String EXPIRY = "expiry";

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String ORIGIN = "origin";
  private static final String START = "start";
  private static final String LOG = "log";
  private static final String CHECKPOINT = "checkpoint";
  private static final String INDEXED_FRAME = "indexedFrame";
  private static final String END = "end";
  private static final String CONTINUES = "continues";
  private static final String IDS = "ids";
  private static final String CLONES = "clones";
  private static final String POSITION = "position";
  private static final String HEAD = "head";
  private static final String ADDRESS = "address";
  private static final String BRANCH = "branch";
  private static final String FRAME = "frame";
  private static final String COMMIT = "commit";
  private static final String SEAL = "seal";
  private static final String MESSAGE = "message";
  private static final String TAGGER = "tagger";
  private static final String AT = "at";
  private static final String COUNT = "count";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String PACK = "pack";
  private static final String FIRST = "first";
  private static final String OBJECTS = "objects";
  private static final String PACKED = "packed";
  private static final String EXPIRED = "expired";
  private static final String DEPTH = "depth";
  private static final String GENERATION = "generation";
  private static final String ACTS = "acts";
  private static final String AUTHOR = "author";
  private static final String OPERATION = "operation";
  private static final String COMMITS = "commits";

  /** A pack id, a slash, and an ordinal of at most nine digits. */
  private static final int MAX_ADDRESS_CHARS = StoreId.TEXT_CHARS + 10;

  private RootContent() {}

  static Root read(JsonFields fields) throws StoreException {
    return new Root(
        parsed(fields, STORE, StoreId.TEXT_CHARS, StoreId::parse),
        fields.integer(NUMBER),
        fields.integer(CREATED),
        fields.integer(NEXT_BRANCH_ID),
        fields.integer(NEXT_ORIGIN),
        list(fields, BRANCHES, RootContent::readBranch),
        list(fields, TAGS, RootContent::readTag),
        list(fields, COMMIT_RUNS, RootContent::readRun),
        list(fields, PACK_MAP, RootContent::readRedirect),
        list(fields, CONDEMNED, RootContent::readCondemned),
        fields.findInteger(COLLECTED).orElse(0),
        readIds(fields),
        readExpiry(fields),
        fields.rest());
  }

  static ObjectNode write(Root root, int version) {
    ObjectNode node = object();
    node.put(FORMAT, version);
    node.put(STORE, root.store().text());
    node.put(NUMBER, root.number());
    node.put(CREATED, root.createdMicros());
    node.put(NEXT_BRANCH_ID, root.nextBranchId());
    node.put(NEXT_ORIGIN, root.nextOrigin());
    ArrayNode branches = node.putArray(BRANCHES);
    root.branches().forEach(b -> branches.add(write(b)));
    ArrayNode tags = node.putArray(TAGS);
    root.tags().forEach(t -> tags.add(write(t)));
    ArrayNode runs = node.putArray(COMMIT_RUNS);
    root.commitRuns().forEach(r -> runs.add(write(r)));
    ArrayNode packMap = node.putArray(PACK_MAP);
    root.packMap().forEach(p -> packMap.add(write(p)));
    ArrayNode condemned = node.putArray(CONDEMNED);
    root.condemned().forEach(p -> condemned.add(write(p)));
    if (root.collected() > 0) {
      node.put(COLLECTED, root.collected());
    }
    if (!root.ids().equals(IdRange.WHOLE)) {
      node.set(IDS, write(root.ids()));
    }
    if (!root.expiry().isNone()) {
      node.set(EXPIRY, write(root.expiry()));
    }
    root.unknown().writeTo(node);
    return node;
  }

  private static Expiry readExpiry(JsonFields root) throws StoreException {
    Optional<JsonFields> fields = root.findObject(EXPIRY);
    if (fields.isEmpty()) {
      return Expiry.NONE;
    }
    return new Expiry(
        fields.get().integer(DEPTH),
        fields.get().integer(GENERATION),
        list(
            fields.get(),
            ACTS,
            f ->
                new Expiry.Act(
                    f.integer(AT),
                    f.text(AUTHOR, TagEntry.MAX_TAGGER_BYTES),
                    f.text(OPERATION, Expiry.MAX_OPERATION_BYTES),
                    f.integer(COMMITS),
                    f.rest())),
        fields.get().rest());
  }

  private static ObjectNode write(Expiry expiry) {
    ObjectNode node = object();
    node.put(DEPTH, expiry.depth());
    node.put(GENERATION, expiry.generation());
    ArrayNode acts = node.putArray(ACTS);
    for (Expiry.Act act : expiry.acts()) {
      ObjectNode each = object();
      each.put(AT, act.atMicros());
      each.put(AUTHOR, act.author());
      each.put(OPERATION, act.operation());
      each.put(COMMITS, act.commits());
      act.unknown().writeTo(each);
      acts.add(each);
    }
    expiry.unknown().writeTo(node);
    return node;
  }

  private static BranchEntry readBranch(JsonFields fields) throws StoreException {
    Optional<String> name = fields.findText(NAME, RefNames.MAX_BYTES);
    Optional<JsonFields> start = fields.findObject(START);
    Optional<JsonFields> checkpoint = fields.findObject(CHECKPOINT);
    return new BranchEntry(
        fields.integer(ID),
        name.map(BranchName::new),
        fields.integer(ORIGIN),
        start.isEmpty() ? Optional.empty() : Optional.of(readStart(start.get())),
        fields.findInteger(LOG).orElse(0) == 1,
        checkpoint.isEmpty() ? Optional.empty() : Optional.of(readCheckpoint(checkpoint.get())),
        fields.findInteger(INDEXED_FRAME).orElse(0),
        fields.findInteger(CONDEMNED),
        fields.has(END) ? Optional.of(readFrame(fields, END)) : Optional.empty(),
        fields.findInteger(CONTINUES),
        fields.has(PACKED) ? Optional.of(readAddress(fields, PACKED)) : Optional.empty(),
        fields.has(EXPIRED)
            ? parsed(fields, EXPIRED, FrameRanges.MAX_CHARS, FrameRanges::parse)
            : FrameRanges.none(),
        fields.rest());
  }

  private static ObjectNode write(BranchEntry branch) {
    ObjectNode node = object();
    node.put(ID, branch.id());
    branch.name().ifPresent(n -> node.put(NAME, n.value()));
    node.put(ORIGIN, branch.origin());
    branch.start().ifPresent(s -> node.set(START, write(s)));
    if (branch.hasLog()) {
      node.put(LOG, 1);
    }
    branch.checkpoint().ifPresent(c -> node.set(CHECKPOINT, write(c)));
    if (branch.indexedFrame() > 0) {
      node.put(INDEXED_FRAME, branch.indexedFrame());
    }
    branch.condemnedAt().ifPresent(at -> node.put(CONDEMNED, at));
    branch.end().ifPresent(end -> node.set(END, write(end)));
    branch.continues().ifPresent(before -> node.put(CONTINUES, before));
    branch.packed().ifPresent(place -> node.put(PACKED, text(place)));
    if (!branch.expired().isEmpty()) {
      node.put(EXPIRED, branch.expired().text());
    }
    branch.unknown().writeTo(node);
    return node;
  }

  private static IdRange readIds(JsonFields fields) throws StoreException {
    Optional<JsonFields> ids = fields.findObject(IDS);
    return ids.isEmpty()
        ? IdRange.WHOLE
        : new IdRange(ids.get().integer(END), ids.get().integer(CLONES), ids.get().rest());
  }

  private static ObjectNode write(IdRange ids) {
    ObjectNode node = object();
    node.put(END, ids.end());
    node.put(CLONES, ids.clones());
    ids.unknown().writeTo(node);
    return node;
  }

  private static Start readStart(JsonFields fields) throws StoreException {
    FrameAddress position = readFrame(fields, POSITION);
    Optional<CommitId> head =
        fields.has(HEAD) ? Optional.of(readCommit(fields, HEAD)) : Optional.empty();
    return new Start(position, head, fields.rest());
  }

  private static ObjectNode write(Start start) {
    ObjectNode node = object();
    node.set(POSITION, write(start.position()));
    start.head().ifPresent(h -> node.put(HEAD, h.hex()));
    start.unknown().writeTo(node);
    return node;
  }

  private static CheckpointRef readCheckpoint(JsonFields fields) throws StoreException {
    return new CheckpointRef(
        readAddress(fields, ADDRESS), fields.integer(BRANCH), fields.integer(FRAME), fields.rest());
  }

  private static ObjectNode write(CheckpointRef checkpoint) {
    ObjectNode node = object();
    node.put(ADDRESS, text(checkpoint.address()));
    node.put(BRANCH, checkpoint.branchId());
    node.put(FRAME, checkpoint.frame());
    checkpoint.unknown().writeTo(node);
    return node;
  }

  private static TagEntry readTag(JsonFields fields) throws StoreException {
    return new TagEntry(
        new TagName(fields.text(NAME, RefNames.MAX_BYTES)),
        readCommit(fields, COMMIT),
        readFrame(fields, SEAL),
        fields.findText(MESSAGE, TagEntry.MAX_MESSAGE_BYTES),
        fields.text(TAGGER, TagEntry.MAX_TAGGER_BYTES),
        fields.integer(AT),
        fields.rest());
  }

  private static ObjectNode write(TagEntry tag) {
    ObjectNode node = object();
    node.put(NAME, tag.name().value());
    node.put(COMMIT, tag.commit().hex());
    node.set(SEAL, write(tag.seal()));
    tag.message().ifPresent(m -> node.put(MESSAGE, m));
    node.put(TAGGER, tag.tagger());
    node.put(AT, tag.atMicros());
    tag.unknown().writeTo(node);
    return node;
  }

  private static RunRef readRun(JsonFields fields) throws StoreException {
    return new RunRef(readAddress(fields, ADDRESS), fields.integer(COUNT), fields.rest());
  }

  private static ObjectNode write(RunRef run) {
    ObjectNode node = object();
    node.put(ADDRESS, text(run.address()));
    node.put(COUNT, run.count());
    run.unknown().writeTo(node);
    return node;
  }

  private static PackRedirect readRedirect(JsonFields fields) throws StoreException {
    int first = (int) Math.min(fields.findInteger(FIRST).orElse(0), PackWriter.MAX_OBJECTS + 1L);
    long count = fields.findInteger(COUNT).orElse(PackWriter.MAX_OBJECTS - first);
    return new PackRedirect(
        readPack(fields, FROM),
        readPack(fields, TO),
        first,
        (int) Math.min(count, PackWriter.MAX_OBJECTS + 1L),
        fields.rest());
  }

  private static ObjectNode write(PackRedirect redirect) {
    ObjectNode node = object();
    node.put(FROM, redirect.from().text());
    node.put(TO, redirect.to().text());
    if (redirect.first() > 0) {
      node.put(FIRST, redirect.first());
    }
    if (redirect.count() < PackWriter.MAX_OBJECTS - redirect.first()) {
      node.put(COUNT, redirect.count());
    }
    redirect.unknown().writeTo(node);
    return node;
  }

  private static CondemnedPack readCondemned(JsonFields fields) throws StoreException {
    Optional<Ordinals> objects =
        fields.has(OBJECTS)
            ? Optional.of(parsed(fields, OBJECTS, Ordinals.MAX_CHARS, Ordinals::parse))
            : Optional.empty();
    return new CondemnedPack(readPack(fields, PACK), fields.integer(AT), objects, fields.rest());
  }

  private static ObjectNode write(CondemnedPack condemned) {
    ObjectNode node = object();
    node.put(PACK, condemned.pack().text());
    node.put(AT, condemned.atMicros());
    condemned.objects().ifPresent(objects -> node.put(OBJECTS, objects.text()));
    condemned.unknown().writeTo(node);
    return node;
  }

  private static FrameAddress readFrame(JsonFields fields, String key) throws StoreException {
    long[] parts = fields.integers(key, 4);
    return new FrameAddress(parts[0], parts[1], parts[2], parts[3]);
  }

  private static ArrayNode write(FrameAddress address) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(address.branchId())
        .add(address.frame())
        .add(address.segment())
        .add(address.offset());
  }

  private static Address readAddress(JsonFields fields, String key) throws StoreException {
    return parsed(fields, key, MAX_ADDRESS_CHARS, RootContent::parseAddress);
  }

  private static Address parseAddress(String text) throws StoreException {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,8}")) {
      throw JsonFields.corrupt("expected a pack id, a slash and an ordinal");
    }
    return new Address(
        PackId.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  private static String text(Address address) {
    return address.pack().text() + "/" + address.ordinal();
  }

  private static PackId readPack(JsonFields fields, String key) throws StoreException {
    return parsed(fields, key, StoreId.TEXT_CHARS, PackId::parse);
  }

  private static CommitId readCommit(JsonFields fields, String key) throws StoreException {
    return parsed(fields, key, CommitId.HEX_DIGITS, CommitId::parse);
  }

  /** Reads a text by the parser a user's input goes through; here its faults are damage. */
  private static <T> T parsed(JsonFields fields, String key, int maxBytes, Parser<T> parser)
      throws StoreException {
    String text = fields.text(key, maxBytes);
    try {
      return parser.parse(text);
    } catch (StoreException e) {
      throw JsonFields.corrupt(fields.pathOf(key) + ": " + e.getMessage());
    }
  }

  private static <T> List<T> list(JsonFields fields, String key, Reader<T> reader)
      throws StoreException {
    List<T> list = new ArrayList<>();
    for (JsonFields element : fields.objects(key)) {
      try {
        list.add(reader.read(element));
      } catch (IllegalArgumentException e) { // an invariant of the record
        throw JsonFields.corrupt(element.path() + ": " + e.getMessage());
      }
    }
    return list;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private interface Parser<T> {
    T parse(String text) throws StoreException;
  }

  private interface Reader<T> {
    T read(JsonFields fields) throws StoreException;
  }
}
