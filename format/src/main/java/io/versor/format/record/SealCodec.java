package io.versor.format.record;

import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.log.FrameAddress;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bytes of a {@link Seal}, in records and in checkpoints: FORMAT.md, "Seal". */
public final class SealCodec {
  private static final int ID_BYTES = 20;

  private SealCodec() {}

  public static void write(Seal seal, BinaryWriter body) {
    body.raw(seal.id().bytes()).varint(seal.parents().size());
    for (Seal.Parent parent : seal.parents()) {
      body.raw(parent.id().bytes());
      RecordCodec.writeAddress(parent.seal(), body);
    }
    body.varint(seal.generation()).varint(seal.depth());
    body.u8(seal.jump().isPresent() ? 1 : 0);
    seal.jump()
        .ifPresent(
            jump -> {
              RecordCodec.writeAddress(jump.seal(), body);
              body.varint(jump.depth());
            });
    body.text(seal.author()).u64(seal.committedAt());
    body.u8(seal.message().isPresent() ? 1 : 0);
    seal.message().ifPresent(body::text);
    body.varint(seal.tables().size());
    for (Seal.TableChange table : seal.tables()) {
      body.varint(table.tableId());
      body.varint(table.added()).varint(table.updated()).varint(table.deleted());
      RecordCodec.writeOptional(table.previous(), body);
    }
    body.varint(seal.properties().size());
    new TreeMap<>(seal.properties()).forEach((key, value) -> body.text(key).text(value));
  }

  public static Seal read(BinaryReader body) throws StoreException {
    CommitId id = CommitId.of(body.raw(ID_BYTES));
    int parentCount = body.count("parents", body.remaining() / ID_BYTES);
    List<Seal.Parent> parents = new ArrayList<>(parentCount);
    for (int i = 0; i < parentCount; i++) {
      parents.add(new Seal.Parent(CommitId.of(body.raw(ID_BYTES)), RecordCodec.readAddress(body)));
    }
    long generation = body.varint();
    long depth = body.varint();
    Optional<Seal.Jump> jump = Optional.empty();
    if (body.u8() != 0) {
      FrameAddress address = RecordCodec.readAddress(body);
      jump = Optional.of(new Seal.Jump(address, body.varint()));
    }
    String author = body.text();
    long committedAt = body.u64();
    Optional<String> message = body.u8() == 0 ? Optional.empty() : Optional.of(body.text());
    int tableCount = body.count("tables", body.remaining() / 5);
    List<Seal.TableChange> tables = new ArrayList<>(tableCount);
    for (int i = 0; i < tableCount; i++) {
      tables.add(
          new Seal.TableChange(
              body.varint(),
              body.varint(),
              body.varint(),
              body.varint(),
              RecordCodec.readOptional(body)));
    }
    int propertyCount = body.count("properties", body.remaining() / 2);
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < propertyCount; i++) {
      properties.put(body.text(), body.text());
    }
    return new Seal(
        id, parents, generation, depth, jump, author, committedAt, message, tables, properties);
  }
}
