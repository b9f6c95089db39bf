package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.format.Store;
import io.versor.format.Tag;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.parser.ast.VersionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tags: names of commits that stay. */
final class Tags {
  static final List<ColumnInfo> COLUMNS =
      List.of(ListCursor.text("name"), ListCursor.text("commit_id"), ListCursor.text("message"));

  private final SessionState session;
  private final Store store;

  Tags(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  /** The tag with this name, else the one that differs from it only in case. */
  static Optional<Tag> find(Store store, String name) throws StoreException {
    Optional<Tag> similar = Optional.empty();
    for (Tag tag : store.tags()) {
      if (tag.name().equals(name)) {
        return Optional.of(tag);
      }
      if (tag.name().equalsIgnoreCase(name)) {
        similar = Optional.of(tag);
      }
    }
    return similar;
  }

  /** The same, but it must exist. */
  static Tag tag(Store store, String name) throws StoreException {
    Optional<Tag> found = find(store, name);
    if (found.isPresent()) {
      return found.get();
    }
    List<String> names = new ArrayList<>();
    store.tags().forEach(tag -> names.add(tag.name()));
    throw new StoreException(
        Code.NO_SUCH_REF, "no tag '" + name + "'" + NearNames.question(name, names));
  }

  /** The schema a tag is read as: its name, unless a branch has that, too, and goes first. */
  static String schema(Store store, String name) throws StoreException {
    Tag tag = tag(store, name);
    return store.findBranch(tag.name()).isPresent() ? tag.commit().hex() : tag.name();
  }

  Answer create(
      String name, Optional<VersionKind> kind, Optional<String> revision, Optional<String> message)
      throws StoreException {
    session.checkWritable();
    session.requireNoWrites("CREATE TAG");
    CommitId commit;
    if (revision.isEmpty()) {
      String current =
          session.current().equals(session.branch()) ? session.branch() : session.current();
      commit = store.resolveCommit(current, session.branch()).id();
    } else if (kind.isPresent() && kind.get() == VersionKind.TAG) {
      commit = tag(store, revision.get()).commit();
    } else if (kind.isPresent() && kind.get() == VersionKind.BRANCH) {
      commit = store.resolveCommit(store.branch(revision.get()).name(), session.branch()).id();
    } else {
      commit = store.resolveCommit(revision.get(), session.branch()).id();
    }
    return answer(
        session.stoppable(() -> store.createTag(name, commit, message, session.author())));
  }

  private static Answer answer(Tag tag) {
    return Answer.of(COLUMNS, tag.name(), tag.commit().hex(), tag.message().orElse(null));
  }

  Answer drop(String name, boolean ifExists) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("DROP TAG");
    if (find(store, name).isEmpty() && ifExists) {
      session.warn("no tag " + name);
      return Answer.none(COLUMNS);
    }
    Tag tag = tag(store, name);
    session.stoppable(
        () -> {
          store.dropTag(tag.name());
          return tag;
        });
    return answer(tag);
  }
}
