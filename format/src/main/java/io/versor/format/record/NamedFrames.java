package io.versor.format.record;

import io.versor.format.log.FrameAddress;
import java.util.ArrayList;
import java.util.List;

/** Frames that a record names: as long as the record may be read, their logs are needed. */
public final class NamedFrames {
  private NamedFrames() {}

  public static List<FrameAddress> of(Record record) {
    List<FrameAddress> frames = new ArrayList<>();
    if (record instanceof Record.Started started) {
      started.parent().ifPresent(frames::add);
    } else if (record instanceof Record.Reset reset) {
      frames.add(reset.target());
    } else if (record instanceof Record.SoftReset reset) {
      frames.add(reset.target());
    } else if (record instanceof Record.MergePending pending) {
      PendingMerge merge = pending.merge();
      merge.parent().ifPresent(parent -> frames.add(parent.seal()));
      frames.addAll(merge.bases());
      merge.theirs().ifPresent(frames::add);
    } else if (record instanceof Record.Sealed sealed) {
      Seal seal = sealed.seal();
      seal.parents().forEach(parent -> frames.add(parent.seal()));
      seal.jump().ifPresent(jump -> frames.add(jump.seal()));
      seal.tables().forEach(table -> table.previous().ifPresent(frames::add));
    }
    return frames;
  }

  /** Those of them that made commits whose states are needed for as long as the record is read. */
  public static List<FrameAddress> statesOf(Record record) {
    return record instanceof Record.Sealed sealed
        ? sealed.seal().parents().stream().map(Seal.Parent::seal).toList()
        : record instanceof Record.Started ? List.of() : of(record);
  }
}
