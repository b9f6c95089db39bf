package io.versor.format.ref;

/** A name that points at a commit. */
public sealed interface Ref {
  /** The text for messages: {@code branch main}, {@code tag v1.0}. */
  String display();

  /** A branch; moves with every commit on it. */
  record OfBranch(BranchEntry branch) implements Ref {
    @Override
    public String display() {
      return branch.display();
    }
  }

  /** A tag; stays. */
  record OfTag(TagEntry tag) implements Ref {
    @Override
    public String display() {
      return "tag " + tag.name();
    }
  }
}
