package io.versor.format.ref;

import io.versor.format.ref.RevisionExpression.Abbreviated;
import io.versor.format.ref.RevisionExpression.Ancestor;
import io.versor.format.ref.RevisionExpression.From;
import io.versor.format.ref.RevisionExpression.Head;
import io.versor.format.ref.RevisionExpression.Named;
import io.versor.format.ref.RevisionExpression.OfCommit;
import io.versor.format.ref.RevisionExpression.Parent;
import io.versor.format.ref.RevisionExpression.Step;
import io.versor.format.ref.RevisionExpression.Working;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one {@link RevisionExpression}: a name up to the first {@code ~} or {@code ^}, then steps.
 */
final class RevisionParser {
  static final String HEAD = "HEAD";
  static final String WORKING = "WORKING";

  /** A name at its longest and hundreds of steps; bounds the list of steps. */
  private static final int MAX_CHARS = 1_000;

  private final String text;
  private int at;

  RevisionParser(String text) {
    this.text = text;
  }

  RevisionExpression parse() throws StoreException {
    if (text.length() > MAX_CHARS) {
      throw fault(
          MAX_CHARS, "it has " + text.length() + " characters, at most " + MAX_CHARS + " are read");
    }
    while (at < text.length() && !isStep(text.charAt(at))) {
      at++;
    }
    String name = text.substring(0, at);
    int colon = name.indexOf(':');
    if (colon >= 0) {
      BranchName branch = branchBefore(colon, name);
      return working(Optional.of(branch), new Named(branch.value()));
    }
    if (name.equalsIgnoreCase(WORKING)) {
      return working(Optional.empty(), new Head());
    }
    return new OfCommit(from(name), steps());
  }

  /** The branch of {@code b:WORKING}. */
  private BranchName branchBefore(int colon, String name) throws StoreException {
    if (!name.substring(colon + 1).equalsIgnoreCase(WORKING)) {
      throw fault(
          colon + 1,
          "after a branch and a colon only WORKING may follow; the last commit of the branch is"
              + " written without a colon");
    }
    String branch = name.substring(0, colon);
    Optional<String> wrong = RefNames.findFault(branch);
    if (wrong.isPresent()) {
      throw fault(0, "'" + Quoted.shortened(branch) + "' is no branch: " + wrong.get());
    }
    return new BranchName(branch);
  }

  private From from(String name) throws StoreException {
    if (name.equalsIgnoreCase(HEAD)) {
      return new Head();
    }
    Optional<CommitPrefix> prefix = CommitPrefix.find(name);
    if (prefix.isPresent()) {
      return new Abbreviated(prefix.get());
    }
    if (CommitPrefix.looksLikeHex(name)) {
      throw fault(
          CommitId.HEX_DIGITS,
          name.length() + " hex digits, but a commit id has " + CommitId.HEX_DIGITS);
    }
    if (name.isEmpty()) {
      throw fault(0, "expected a branch, a tag, a commit id, HEAD or WORKING");
    }
    Optional<String> wrong = RefNames.findFault(name);
    if (wrong.isPresent()) {
      throw fault(0, "no branch or tag can have this name: " + wrong.get());
    }
    return new Named(name);
  }

  /** The first step away from the uncommitted state leads to the last commit. */
  private RevisionExpression working(Optional<BranchName> branch, From lastCommit)
      throws StoreException {
    int begin = at;
    List<Step> steps = new ArrayList<>(steps());
    while (!steps.isEmpty()) {
      Step first = steps.remove(0);
      if (first instanceof Ancestor back && back.generations() > 0) {
        steps.add(0, new Ancestor(back.generations() - 1));
        return new OfCommit(lastCommit, steps);
      }
      if (first instanceof Parent parent && parent.ordinal() > 0) {
        if (parent.ordinal() > 1) {
          throw fault(begin, "the uncommitted state has one parent, the last commit");
        }
        return new OfCommit(lastCommit, steps);
      }
    }
    return new Working(branch);
  }

  private List<Step> steps() throws StoreException {
    List<Step> steps = new ArrayList<>();
    while (at < text.length()) {
      char kind = text.charAt(at);
      if (!isStep(kind)) {
        throw fault(
            at, "expected ~, ^ or the end, found '" + Quoted.shortened(text.substring(at)) + "'");
      }
      at++;
      int count = number();
      steps.add(kind == '~' ? new Ancestor(count) : new Parent(count));
    }
    return steps;
  }

  /** The digits here, 1 if there are none. */
  private int number() throws StoreException {
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == begin) {
      return 1;
    }
    try {
      return Integer.parseInt(text, begin, at, 10);
    } catch (NumberFormatException e) { // digits only, so it is too large
      throw fault(begin, "the number is larger than " + Integer.MAX_VALUE);
    }
  }

  private static boolean isStep(char c) {
    return c == '~' || c == '^';
  }

  /**
   * @param where counted from 0; users count from 1
   */
  private StoreException fault(int where, String fault) {
    return new StoreException(
        StoreException.Code.NO_SUCH_REF,
        "revision '" + Quoted.shortened(text) + "', position " + (where + 1) + ": " + fault);
  }
}
