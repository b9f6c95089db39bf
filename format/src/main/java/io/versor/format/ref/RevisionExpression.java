package io.versor.format.ref;

import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a user writes to name a version: {@code main}, {@code v1.0~2}, {@code 3f9c21^2}, {@code
 * HEAD}, {@code WORKING}, {@code dog_flipped:WORKING}. Only parsed here, and looked up by whoever
 * can read the log; so a text that parses need not name anything.
 *
 * <p>{@code ~n} goes n times to the first parent, {@code ^n} once to the n-th, {@code ^0} stays, as
 * in git; a missing number is 1. The uncommitted state has one parent, the last commit: {@code
 * WORKING~2} is {@code HEAD~1}, and is given as that.
 */
public sealed interface RevisionExpression {
  /** A text that means the same, for messages. */
  String display();

  /**
   * The meaning of a text.
   *
   * @throws StoreException {@code NO_SUCH_REF} with the text, the position and what was expected
   */
  static RevisionExpression parse(String text) throws StoreException {
    return new RevisionParser(text).parse();
  }

  /**
   * The uncommitted state of a branch.
   *
   * @param branch empty for the current one
   */
  record Working(Optional<BranchName> branch) implements RevisionExpression {
    @Override
    public String display() {
      return branch.map(b -> b + ":").orElse("") + RevisionParser.WORKING;
    }
  }

  /**
   * A commit, reached from a first one by steps.
   *
   * @param steps in the order they are taken; empty for the first commit itself
   */
  record OfCommit(From from, List<Step> steps) implements RevisionExpression {
    public OfCommit {
      steps = List.copyOf(steps);
    }

    @Override
    public String display() {
      return from.display() + steps.stream().map(Step::display).collect(Collectors.joining());
    }
  }

  /** Where the steps begin. */
  sealed interface From {
    String display();
  }

  /** The last commit of the current branch. */
  record Head() implements From {
    @Override
    public String display() {
      return RevisionParser.HEAD;
    }
  }

  /** The last commit of a branch, or the commit of a tag; {@link Root#findRef} tells. */
  record Named(String name) implements From {
    @Override
    public String display() {
      return name;
    }
  }

  /** The one commit whose id begins so; {@link CommitPrefix#only} tells. */
  record Abbreviated(CommitPrefix prefix) implements From {
    @Override
    public String display() {
      return prefix.hex();
    }
  }

  /** A move from a commit to one before it. */
  sealed interface Step {
    String display();
  }

  /** So many times to the first parent; 0 stays. */
  record Ancestor(int generations) implements Step {
    @Override
    public String display() {
      return "~" + generations;
    }
  }

  /** Once to the parent with this number, counted from 1; 0 stays. */
  record Parent(int ordinal) implements Step {
    @Override
    public String display() {
      return "^" + ordinal;
    }
  }
}
