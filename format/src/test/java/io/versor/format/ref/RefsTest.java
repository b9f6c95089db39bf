package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.assertFails;
import static io.versor.format.ref.RefTestData.commit;
import static io.versor.format.ref.RefTestData.empty;
import static io.versor.format.ref.RefTestData.tag;
import static io.versor.format.ref.RefTestData.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefsTest {
  private static Root create(Root root, String name) throws StoreException {
    return Refs.createBranch(root, BranchName.parse(name), Optional.empty());
  }

  private static Root startedFrom(Root root, String name, long parent) throws StoreException {
    Start start = new Start(new FrameAddress(parent, 0, 0, 64), Optional.of(commit(1)));
    return Refs.createBranch(root, BranchName.parse(name), Optional.of(start));
  }

  @Test
  void everyBranchGetsAnIdAndAnOriginThatNoneEverHad() throws StoreException {
    Root root = with("main", "b");
    assertEquals(1, root.branch("main").id());
    assertEquals(2, root.branch("b").id());
    root = Refs.forgetBranch(Refs.dropBranch(root, "b"), 2);
    root = create(root, "b");
    assertEquals(3, root.branch("b").id());
    assertEquals(3, root.branch("b").origin());
    root = Refs.leaseOrigin(root, 1);
    assertEquals(4, root.branch("main").origin());
    assertEquals(5, create(root, "c").branch("c").origin());
  }

  @Test
  void aSecondBranchOfThatNameIsRefused() throws StoreException {
    Root root = with("main");
    assertFails(Code.REF_EXISTS, () -> create(root, "main"), "branch main exists already");
    assertFails(Code.REF_EXISTS, () -> create(root, "Main"), "Main", "main only in case");
  }

  @Test
  void branchAndTagMayShareAName() throws StoreException {
    Root root = Refs.createTag(with("main", "v1.0"), tag("v1.0"));
    assertEquals("branch v1.0", root.findRef("v1.0").orElseThrow().display());
    root = Refs.dropBranch(root, "v1.0");
    assertEquals("tag v1.0", root.findRef("v1.0").orElseThrow().display());
    assertEquals(Optional.empty(), root.findRef("v2.0"));
  }

  @Test
  void missingNamesAreToldWithNearOnes() throws StoreException {
    Root root = Refs.createTag(with("main", "dog_flipped"), tag("v1.0"));
    assertFails(Code.NO_SUCH_REF, () -> root.branch("mian"), "no branch 'mian'", "mean main?");
    assertFails(Code.NO_SUCH_REF, () -> root.tag("v1.1"), "no tag 'v1.1'; did you mean v1.0?");
    assertEquals(
        "no branch, tag or commit 'Dogflipped'; did you mean dog_flipped?",
        root.noSuchRevision("Dogflipped").getMessage());
    assertEquals(
        "no branch, tag or commit 'production'", root.noSuchRevision("production").getMessage());
  }

  @Test
  void namesAreFoundExactlyOrIgnoringCase() throws StoreException {
    Root root = Refs.createTag(with("Main"), tag("V1"));
    assertEquals(Optional.empty(), root.findBranch("main"));
    assertEquals(1, root.findBranchIgnoringCase("MAIN").orElseThrow().id());
    assertEquals(Optional.empty(), root.findTag("v1"));
    assertEquals("V1", root.findTagIgnoringCase("v1").orElseThrow().name().value());
  }

  @Test
  void renamingKeepsTheBranchAndFreesItsName() throws StoreException {
    Root root = Refs.renameBranch(with("main", "b"), "b", BranchName.parse("c"));
    assertEquals(2, root.branch("c").id());
    assertEquals(List.of("main", "c"), root.branchNames());
    Root renamed = root;
    assertFails(
        Code.REF_EXISTS, () -> Refs.renameBranch(renamed, "c", BranchName.parse("MAIN")), "case");
    assertFails(
        Code.NO_SUCH_REF, () -> Refs.renameBranch(renamed, "b", BranchName.parse("d")), "'b'");
  }

  @Test
  void caseOfABranchCanBeChanged() throws StoreException {
    Root root = Refs.renameBranch(with("main"), "main", BranchName.parse("Main"));
    assertEquals(1, root.branch("Main").id());
  }

  @Test
  void droppedBranchStaysNamelessUntilItIsForgotten() throws StoreException {
    Root root = Refs.dropBranch(with("main", "b"), "b");
    assertEquals(List.of("main"), root.branchNames());
    assertEquals("dropped branch number 2", root.findBranch(2).orElseThrow().display());
    assertFails(Code.NO_SUCH_REF, () -> root.branch("b"), "'b'");
    assertEquals(Optional.empty(), Refs.forgetBranch(root, 2).findBranch(2));
    assertThrows(IllegalArgumentException.class, () -> Refs.forgetBranch(root, 1));
  }

  @Test
  void branchThatOthersStartFromOrATagNamesCannotBeForgotten() throws StoreException {
    Root started = Refs.dropBranch(startedFrom(with("main"), "b", 1), "main");
    assertThrows(IllegalArgumentException.class, () -> Refs.forgetBranch(started, 1));
    Root tagged = Refs.dropBranch(Refs.createTag(with("main"), tag("v1")), "main");
    assertThrows(IllegalArgumentException.class, () -> Refs.forgetBranch(tagged, 1));
    assertTrue(Refs.forgetBranch(Refs.dropTag(tagged, "v1"), 1).branches().isEmpty());
  }

  @Test
  void branchCannotStartFromOneThatIsNotThere() {
    assertFails(Code.NO_SUCH_REF, () -> startedFrom(empty(), "b", 1));
  }

  @Test
  void replacingABranchIsADropAndACreateInOneStep() throws StoreException {
    Root root = create(Refs.dropBranch(with("main", "b"), "b"), "b");
    assertEquals(3, root.branch("b").id());
    assertEquals(3, root.branches().size());
  }

  @Test
  void tagsAreUniqueWithoutCaseAndCanBeDropped() throws StoreException {
    Root root = Refs.createTag(with("main"), tag("v1"));
    assertFails(Code.REF_EXISTS, () -> Refs.createTag(root, tag("v1")), "tag v1 exists already");
    assertFails(Code.REF_EXISTS, () -> Refs.createTag(root, tag("V1")), "only in case");
    assertEquals(List.of(), Refs.dropTag(root, "v1").tagNames());
    assertFails(Code.NO_SUCH_REF, () -> Refs.dropTag(root, "v2"), "no tag 'v2'", "v1?");
  }

  @Test
  void textsOfATagAreLimited() throws StoreException {
    TagEntry tag = tag("v1");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TagEntry(
                tag.name(), tag.commit(), tag.seal(), Optional.of("x".repeat(4_001)), "jo", 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TagEntry(
                tag.name(), tag.commit(), tag.seal(), Optional.empty(), "x".repeat(501), 1));
  }

  @Test
  void numbersThatHaveRunOutAreALimitAndNeverBeginAgain() throws StoreException {
    Root noIds = empty().withBranches(List.of(), Root.MAX_BRANCH_ID + 1, 1);
    assertFails(Code.LIMIT, () -> create(noIds, "b"), "branch b", "2147483647");
    Root lastOrigin = with("main").withBranches(with("main").branches(), 2, Root.MAX_ORIGIN);
    Root noOrigins = Refs.leaseOrigin(lastOrigin, 1);
    assertEquals(Root.MAX_ORIGIN, noOrigins.branch("main").origin());
    assertFails(Code.LIMIT, () -> Refs.leaseOrigin(noOrigins, 1), "origins", "branch main");
    assertFails(Code.LIMIT, () -> create(noOrigins, "b"), "origins");
  }
}
