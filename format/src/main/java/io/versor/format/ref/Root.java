package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The one object of a store that is ever replaced: its branches, its tags, and where the commit
 * index and the packs lie. Immutable and complete, so whoever holds one sees a single moment of the
 * store.
 *
 * <p>Changes of names are in {@link Refs}; {@link RootStore} makes a changed root the current one.
 *
 * @param store identity of the store
 * @param number rises by one with every swap, so no two roots of a store have the same bytes
 * @param createdMicros when the store was created, in microseconds since 1970 UTC
 * @param nextBranchId the id the next branch gets
 * @param nextOrigin the origin leased next; never given twice, since row ids begin with it
 * @param branches by rising id, dropped ones that are still needed included
 * @param tags in the order they were made
 * @param commitRuns runs of the commit index, oldest (and largest) first
 * @param packMap packs that others serve since repacking; none is among the packs that serve
 * @param condemned what is about to be deleted
 * @param collected how often anything was condemned: states that were read before may need it, and
 *     are read anew
 * @param ids which ids are its own to give
 * @param expiry what is known of commits that have expired
 * @param unknown keys that a newer version wrote
 */
public record Root(
    StoreId store,
    long number,
    long createdMicros,
    long nextBranchId,
    long nextOrigin,
    List<BranchEntry> branches,
    List<TagEntry> tags,
    List<RunRef> commitRuns,
    List<PackRedirect> packMap,
    List<CondemnedPack> condemned,
    long collected,
    IdRange ids,
    Expiry expiry,
    UnknownKeys unknown) {

  /** Names of logs hold eight hex digits; ids of branches and origins come from one range. */
  public static final long MAX_BRANCH_ID = 0x7FFF_FFFFL;

  /** Origins are the upper half of a 64-bit row id, which is not negative. */
  public static final long MAX_ORIGIN = 0x7FFF_FFFFL;

  public Root {
    branches = List.copyOf(branches);
    tags = List.copyOf(tags);
    commitRuns = List.copyOf(commitRuns);
    packMap = List.copyOf(packMap);
    condemned = List.copyOf(condemned);
    Checks.within("number", number, 1, Long.MAX_VALUE);
    Checks.within("next branch id", nextBranchId, 1, ids.end());
    Checks.within("next origin", nextOrigin, 1, ids.end());
    Set<Long> branchIds = checkBranches(branches, nextBranchId, nextOrigin);
    checkTags(tags, branchIds);
    checkExpiry(branches, tags, expiry);
    Checks.notNegative("collected", collected);
    checkMap(packMap);
  }

  private static void checkMap(List<PackRedirect> packMap) {
    Set<PackId> served = new HashSet<>();
    packMap.forEach(
        each -> Checks.that(served.add(each.from()), "pack map: " + each.from() + " twice"));
    packMap.forEach(
        each ->
            Checks.that(
                !served.contains(each.to()),
                "pack map: " + each.to() + " serves, and is to be served"));
  }

  /** The root of a new store: no branch, no tag. */
  public static Root empty(StoreId store, long createdMicros) {
    return new Root(
        store,
        1,
        createdMicros,
        1,
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        IdRange.WHOLE,
        Expiry.NONE,
        UnknownKeys.none());
  }

  private static Set<Long> checkBranches(
      List<BranchEntry> branches, long nextBranchId, long nextOrigin) {
    Set<Long> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (BranchEntry branch : branches) {
      long id = branch.id();
      Checks.that(id < nextBranchId, "branch id " + id + ": not below the next, " + nextBranchId);
      Checks.that(
          branch.origin() < nextOrigin,
          "origin " + branch.origin() + ": not below the next, " + nextOrigin);
      branch
          .start()
          .ifPresent(
              s ->
                  Checks.that(
                      ids.contains(s.position().branchId()),
                      "branch id " + id + ": its parent is not among the branches before it"));
      branch
          .continues()
          .ifPresent(
              before ->
                  Checks.that(
                      ids.contains(before),
                      "branch id " + id + ": goes on from none of the branches before it"));
      Checks.that(ids.add(id), "branch id " + id + ": twice");
      branch
          .name()
          .ifPresent(
              n ->
                  Checks.that(names.add(RefNames.fold(n.value())), "branch name " + n + ": twice"));
    }
    return ids;
  }

  private static void checkTags(List<TagEntry> tags, Set<Long> branchIds) {
    Set<String> names = new HashSet<>();
    for (TagEntry tag : tags) {
      Checks.that(
          names.add(RefNames.fold(tag.name().value())), "tag name " + tag.name() + ": twice");
      Checks.that(
          branchIds.contains(tag.seal().branchId()),
          "tag " + tag.name() + ": the branch of its commit is not among the branches");
    }
  }

  private static void checkExpiry(List<BranchEntry> branches, List<TagEntry> tags, Expiry expiry) {
    for (BranchEntry branch : branches) {
      if (branch.expired().isEmpty()) {
        continue;
      }
      Checks.that(!expiry.isNone(), "branch id " + branch.id() + ": commits expired, of none");
      for (TagEntry tag : tags) {
        Checks.that(
            tag.seal().branchId() != branch.id() || !branch.expired().contains(tag.seal().frame()),
            "tag " + tag.name() + ": its commit has expired");
      }
    }
  }

  /** The branch with exactly this name. */
  public Optional<BranchEntry> findBranch(String name) {
    for (BranchEntry branch : branches) { // for each statement: no stream
      if (branch.name().isPresent() && branch.name().get().value().equals(name)) {
        return Optional.of(branch);
      }
    }
    return Optional.empty();
  }

  /** The branch whose name differs from this at most in case; there is at most one. */
  public Optional<BranchEntry> findBranchIgnoringCase(String name) {
    for (BranchEntry branch : branches) { // for each statement, too
      if (branch.name().isPresent() && branch.name().get().value().equalsIgnoreCase(name)) {
        return Optional.of(branch);
      }
    }
    return Optional.empty();
  }

  /**
   * The branch with exactly this name.
   *
   * @throws StoreException {@code NO_SUCH_REF}, with names that come near
   */
  public BranchEntry branch(String name) throws StoreException {
    Optional<BranchEntry> found = findBranch(name);
    if (found.isEmpty()) {
      throw noSuchRef("branch", name, branchNames());
    }
    return found.get();
  }

  /**
   * What stands for a branch now: it, while it has a name, or a branch that goes on from it and has
   * one. Empty if there is none of both.
   */
  public Optional<BranchEntry> heir(long id) {
    Optional<BranchEntry> at = findBranch(id);
    while (at.isPresent() && at.get().name().isEmpty()) {
      long before = at.get().id();
      at =
          branches.stream()
              .filter(b -> b.continues().isPresent() && b.continues().getAsLong() == before)
              .findFirst(); // of a higher id, so this ends
    }
    return at;
  }

  /** A branch, and before it those that it goes on from, the first one first. */
  public List<BranchEntry> line(BranchEntry branch) {
    List<BranchEntry> line = new ArrayList<>(List.of(branch));
    while (line.get(0).continues().isPresent()) { // of lower ids each, so this ends
      line.add(0, findBranch(line.get(0).continues().getAsLong()).orElseThrow());
    }
    return line;
  }

  /** The branch with this id, dropped or not. */
  public Optional<BranchEntry> findBranch(long id) {
    for (BranchEntry branch : branches) { // for each statement, too
      if (branch.id() == id) {
        return Optional.of(branch);
      }
    }
    return Optional.empty();
  }

  /** The tag with exactly this name. */
  public Optional<TagEntry> findTag(String name) {
    return tags.stream().filter(t -> t.name().value().equals(name)).findFirst();
  }

  /** The tag whose name differs from this at most in case; there is at most one. */
  public Optional<TagEntry> findTagIgnoringCase(String name) {
    return tags.stream().filter(t -> t.name().value().equalsIgnoreCase(name)).findFirst();
  }

  /**
   * The tag with exactly this name.
   *
   * @throws StoreException {@code NO_SUCH_REF}, with names that come near
   */
  public TagEntry tag(String name) throws StoreException {
    Optional<TagEntry> found = findTag(name);
    if (found.isEmpty()) {
      throw noSuchRef("tag", name, tagNames());
    }
    return found.get();
  }

  /** What a name in a revision means: a branch before a tag. */
  public Optional<Ref> findRef(String name) {
    Optional<Ref> branch = findBranch(name).map(Ref.OfBranch::new);
    return branch.isPresent() ? branch : findTag(name).map(Ref.OfTag::new);
  }

  /**
   * The error for a revision whose name is nothing: {@code NO_SUCH_REF}, with names that come near.
   */
  public StoreException noSuchRevision(String name) {
    List<String> known = new ArrayList<>(branchNames());
    known.addAll(tagNames());
    return noSuchRef("branch, tag or commit", name, known);
  }

  /** Names of all branches that were not dropped, oldest first. */
  public List<String> branchNames() {
    return branches.stream().flatMap(b -> b.name().stream()).map(BranchName::value).toList();
  }

  /** Names of all tags, oldest first. */
  public List<String> tagNames() {
    return tags.stream().map(t -> t.name().value()).toList();
  }

  /** Whether a pack is about to be deleted, so that nothing may come to need it. */
  public boolean isCondemned(PackId pack) {
    for (CondemnedPack each : condemned) { // for each frame that names packs: few, mostly none
      if (each.isWhole() && each.pack().equals(pack)) {
        return true;
      }
    }
    return false;
  }

  /** The same of an object, which may be about to be deleted without its pack. */
  public boolean isCondemned(Address address) {
    for (CondemnedPack each : condemned) {
      if (each.pack().equals(address.pack())
          && (each.isWhole() || each.objects().get().contains(address.ordinal()))) {
        return true;
      }
    }
    return false;
  }

  /** Which pack serves this one since repacking, if another does. */
  public Optional<PackRedirect> findRedirect(PackId pack) {
    for (PackRedirect each : packMap) {
      if (each.from().equals(pack)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Whether the commit made by a frame can be asked for no more. */
  public boolean isExpired(FrameAddress seal) {
    return !expiry.isNone()
        && findBranch(seal.branchId())
            .map(branch -> branch.expired().contains(seal.frame()))
            .orElse(false);
  }

  /** Replaces the branch with the id of this one. */
  public Root withBranch(BranchEntry branch) {
    Checks.that(findBranch(branch.id()).isPresent(), "no branch with id " + branch.id());
    return withBranches(
        branches.stream().map(b -> b.id() == branch.id() ? branch : b).toList(),
        nextBranchId,
        nextOrigin);
  }

  /** With logs of branches, by their ids, lying there from now on. */
  public Root withPacked(Map<Long, Address> places) {
    return with(
        to ->
            to.branches =
                branches.stream()
                    .map(b -> places.containsKey(b.id()) ? b.withPacked(places.get(b.id())) : b)
                    .toList());
  }

  /** With these branches and counters; for {@link Refs}, which keeps the counters rising. */
  Root withBranches(List<BranchEntry> newBranches, long newNextBranchId, long newNextOrigin) {
    return with(
        to -> {
          to.branches = newBranches;
          to.nextBranchId = newNextBranchId;
          to.nextOrigin = newNextOrigin;
        });
  }

  Root withTags(List<TagEntry> newTags) {
    return with(to -> to.tags = newTags);
  }

  /** With another list of runs; what is indexed up to where is in the branches. */
  public Root withCommitRuns(List<RunRef> newRuns) {
    return with(to -> to.commitRuns = newRuns);
  }

  /** With other packs redirected and condemned, as maintenance decides. */
  public Root withPacks(List<PackRedirect> newPackMap, List<CondemnedPack> newCondemned) {
    return with(
        to -> {
          to.packMap = newPackMap;
          to.condemned = newCondemned;
        });
  }

  /** With all states to be read anew that were read before. */
  public Root withCollection() {
    return with(to -> to.collected++);
  }

  /** With other ids to give. */
  Root withIds(IdRange newIds) {
    return with(to -> to.ids = newIds);
  }

  /** The first root of another store that has what this one has. */
  Root withStore(StoreId newStore, long newCreatedMicros) {
    return with(
        to -> {
          to.store = newStore;
          to.number = 1;
          to.createdMicros = newCreatedMicros;
        });
  }

  /** With other commits expired, of these branches. */
  public Root withExpiry(List<BranchEntry> newBranches, Expiry newExpiry) {
    return with(
        to -> {
          to.branches = newBranches;
          to.expiry = newExpiry;
        });
  }

  Root withNumber(long newNumber) {
    return with(to -> to.number = newNumber);
  }

  private Root with(Consumer<Edit> change) {
    Edit edit = new Edit();
    change.accept(edit);
    return edit.done();
  }

  /** A copy of this root, to be changed. */
  private final class Edit {
    StoreId store = Root.this.store;
    long number = Root.this.number;
    long createdMicros = Root.this.createdMicros;
    long nextBranchId = Root.this.nextBranchId;
    long nextOrigin = Root.this.nextOrigin;
    List<BranchEntry> branches = Root.this.branches;
    List<TagEntry> tags = Root.this.tags;
    List<RunRef> commitRuns = Root.this.commitRuns;
    List<PackRedirect> packMap = Root.this.packMap;
    List<CondemnedPack> condemned = Root.this.condemned;
    long collected = Root.this.collected;
    IdRange ids = Root.this.ids;
    Expiry expiry = Root.this.expiry;
    UnknownKeys unknown = Root.this.unknown;

    Root done() {
      return new Root(
          store,
          number,
          createdMicros,
          nextBranchId,
          nextOrigin,
          branches,
          tags,
          commitRuns,
          packMap,
          condemned,
          collected,
          ids,
          expiry,
          unknown);
    }
  }

  private static StoreException noSuchRef(String what, String name, List<String> known) {
    return new StoreException(
        StoreException.Code.NO_SUCH_REF,
        "no " + what + " '" + Quoted.shortened(name) + "'" + NearNames.question(name, known));
  }
}
