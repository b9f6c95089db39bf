package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.ViewSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.function.Executable;

/** A store and its model, in step. */
final class ModelProgram implements AutoCloseable {
  private static final int MAX_BRANCHES = 6;

  /** Rows that all branches have, so that merges meet. */
  private static final int FIRST_ROWS = 60;

  /** Steps between two comparisons of everything. */
  private static final int CHECK_STEPS = 25;

  private final TestStore opened = new TestStore();
  private final Model model = new Model();
  private final ModelCheck check = new ModelCheck(opened, model);
  private final Map<Long, Long> rowIdOfKey = new HashMap<>();
  private String current = Store.MAIN;
  private long nextKey = 1;
  private int nextColumn = 2;
  private int nextName = 1;
  private int nextView = 1;
  private final Map<Integer, Long> viewIds = new HashMap<>();
  private int nextSide = 1;
  private final Map<Integer, Long> sideIds = new HashMap<>();

  private ModelProgram() throws StoreException {
    Model.Branch main = new Model.Branch();
    main.working.columns = List.of(new Model.Column(0, "a"), new Model.Column(1, "b"));
    model.branches.put(Store.MAIN, main);
    opened.createTable();
    main.working.properties.putAll(opened.addKeys());
    insert(FIRST_ROWS, 7, 3);
    check.committed(
        model.commit(main, List.of()), opened.store().commitVersion(Store.MAIN, request()).id());
  }

  /** Runs a program to its end; fails at the first difference. */
  static void run(List<StoreModelTest.Step> program) throws Exception {
    try (ModelProgram running = new ModelProgram()) {
      int steps = 0;
      for (StoreModelTest.Step step : program) {
        try {
          running.step(step);
          running.check.branches();
          if (++steps % CHECK_STEPS == 0) {
            running.check.everything();
          }
        } catch (AssertionError | StoreException e) {
          throw new AssertionError(
              "step " + steps + ", " + step + " on " + running.current + ": " + e.getMessage(), e);
        }
      }
      running.opened.reopen();
      running.check.everything();
      assertTrue(running.opened.memoryIsFree(), "every buffer was given back");
    }
  }

  private static CommitRequest request() {
    return new CommitRequest(Optional.empty(), "model", false, Map.of());
  }

  private Store store() {
    return opened.store();
  }

  private Model.Branch branch() {
    return Objects.requireNonNull(model.branches.get(current));
  }

  private Model.Version working() {
    return branch().working;
  }

  private CommitId id(Model.Commit commit) {
    return check.id(commit);
  }

  private Model.Commit anyCommit(int number) {
    return model.commits.get(number % model.commits.size());
  }

  private void step(StoreModelTest.Step step) throws StoreException {
    switch (step.kind()) {
      case INSERT -> insert(1, step.b(), step.c());
      case INSERT_MANY -> insert(1 + step.a() % 200, step.b(), step.c());
      case UPDATE -> update(1, step);
      case UPDATE_MANY -> update(1 + step.a() % 100, step);
      case DELETE -> delete(1 + step.a() % 5, step);
      case ADD_COLUMN -> addColumn(step);
      case DROP_COLUMN -> dropColumn(step);
      case RENAME_COLUMN -> renameColumn(step);
      case SET_PROPERTY -> setProperty(step);
      case RENAME_TABLE -> renameTable();
      case VIEW -> changeView(step);
      case SIDE -> changeSide(step);
      case COMMIT -> commit();
      case BRANCH -> createBranch(false);
      case BRANCH_WITH_CHANGES -> createBranch(true);
      case RENAME_BRANCH -> renameBranch(step);
      case DROP_BRANCH -> dropBranch(step);
      case TAG -> tag(step);
      case SWITCH -> current = other(step.a());
      case RESET -> reset();
      case RESET_HARD -> resetHard(step);
      case RESET_SOFT -> resetSoft(step);
      case RESTORE -> restore(step);
      case MERGE -> merge(step, false);
      case CROSS -> cross(step);
      case SQUASH -> merge(step, true);
      case REVERT -> pick(step, true);
      case CHERRY_PICK -> pick(step, false);
      case RESOLVE -> resolve(step);
      case CHECKPOINT -> store().checkpoint(current);
      case OPTIMIZE -> optimize();
      case VACUUM -> vacuum();
      case EXPIRE -> expire(step);
      case REOPEN -> opened.reopen();
      case ROLLBACK -> rollback(step);
      default -> throw new IllegalStateException(step.toString());
    }
  }

  /** Another branch, if there is one. */
  private String other(int number) {
    List<String> names = new ArrayList<>(model.branches.keySet());
    names.remove(current);
    return names.isEmpty() ? current : names.get(number % names.size());
  }

  private static void refused(Executable action, Code... codes) {
    StoreException e = assertThrows(StoreException.class, action);
    assertTrue(Arrays.asList(codes).contains(e.code()), () -> e.code() + ": " + e.getMessage());
  }

  // --- rows

  private void insert(int count, int b, int c) throws StoreException {
    List<Long> keys = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    int columns = working().columns.size();
    for (int i = 0; i < count; i++) {
      keys.add(nextKey++);
      String[] texts = new String[columns];
      for (int k = 0; k < columns; k++) {
        texts[k] = text(k % 2 == 0 ? b + i + k : c - i + k);
      }
      rows.add(texts);
    }
    long first = opened.insert(current, keys, rows);
    for (int i = 0; i < count; i++) {
      rowIdOfKey.put(keys.get(i), first + i);
      check.inserted(keys.get(i), first + i);
      working().rows.put(keys.get(i), Map.of());
      for (int k = 0; k < columns; k++) {
        working().set(keys.get(i), working().columns.get(k).number(), rows.get(i)[k]);
      }
    }
  }

  /** Some texts are long enough to make their chunk large, some are NULL. */
  private static String text(int number) {
    int kind = Math.floorMod(number, 11);
    return kind == 0 ? null : kind == 1 ? TestStore.LONG + number : "v" + number % 50;
  }

  private List<Long> someKeys(int count, int start) {
    List<Long> all = working().keys();
    if (start % 2 == 0) {
      all = all.subList(0, Math.min(6, all.size())); // where branches meet
    }
    List<Long> some = new ArrayList<>();
    for (int i = 0; i < Math.min(count, all.size()); i++) {
      some.add(all.get((start + i * (1 + start % 7)) % all.size()));
    }
    return some.stream().distinct().toList();
  }

  private long[] rowIds(List<Long> keys) {
    return keys.stream().mapToLong(rowIdOfKey::get).toArray();
  }

  private void update(int count, StoreModelTest.Step step) throws StoreException {
    if (working().columns.isEmpty()) {
      return; // each side of a merge dropped another one
    }
    List<Long> keys = someKeys(count, step.b());
    int cell = step.c() % working().columns.size();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      values.add(text(step.c() + i));
    }
    opened.update(current, cell, rowIds(keys), values);
    for (int i = 0; i < keys.size(); i++) {
      working().set(keys.get(i), working().columns.get(cell).number(), values.get(i));
    }
  }

  private void delete(int count, StoreModelTest.Step step) throws StoreException {
    List<Long> keys = someKeys(count, step.b());
    opened.delete(current, rowIds(keys));
    keys.forEach(key -> working().rows.put(key, null));
  }

  private void rollback(StoreModelTest.Step step) throws StoreException {
    String[] row = new String[working().columns.size()];
    Arrays.fill(row, text(step.a()));
    opened.insertAndRollBack(current, nextKey, row);
  }

  /** Changes nothing that anybody sees. */
  private void optimize() throws StoreException {
    store().optimize(current, TestStore.schema(store().head(current)).id());
  }

  /** Commits may go that no branch and no tag reaches; those that stay are looked at as always. */
  private void vacuum() throws StoreException {
    store().vacuum(Duration.ZERO, false);
    Set<Model.Commit> reached = new HashSet<>();
    model.tags.values().forEach(commit -> reached.addAll(commit.ancestors()));
    model.branches.values().forEach(branch -> reached.addAll(branch.head.ancestors()));
    List<Model.Commit> gone = new ArrayList<>();
    for (Model.Commit commit : model.commits) {
      if (!reached.contains(commit) && isGone(id(commit))) {
        gone.add(commit);
      }
    }
    model.commits.removeAll(gone);
    Statistics.label("vacuum").collect(gone.isEmpty() ? "nothing went" : "commits went");
  }

  /**
   * Which of the commits that are asked for expire is up to the store, but for those that must not.
   * What is left is looked at as always.
   */
  private void expire(StoreModelTest.Step step) throws StoreException {
    Model.Commit newer = anyCommit(step.a());
    Model.Commit older = anyCommit(step.b());
    Set<Model.Commit> asked = new HashSet<>(newer.ancestors());
    asked.remove(newer);
    ExpiryRequest.Selection selection = new ExpiryRequest.Before(id(newer).hex());
    int keepLast = 1;
    if (step.c() % 4 == 0) {
      asked = new HashSet<>(model.commits);
      selection = new ExpiryRequest.OlderThan(Duration.ZERO);
      keepLast = 2;
    } else if (step.c() % 4 > 1 && !newer.equals(older) && newer.ancestors().contains(older)) {
      asked.removeAll(older.ancestors());
      selection = new ExpiryRequest.Between(id(older).hex(), id(newer).hex());
    }
    asked.removeAll(model.expired);
    ExpiryRequest request =
        new ExpiryRequest(selection, Optional.empty(), keepLast, current, "model", "expire", false);
    List<ExpiredCommit> told = store().expireHistory(request);
    Map<CommitId, Model.Commit> known = new HashMap<>();
    asked.forEach(commit -> known.put(id(commit), commit));
    Set<Model.Commit> gone = new HashSet<>();
    for (ExpiredCommit commit : told) {
      Model.Commit found = known.remove(commit.id());
      boolean left = found == null && step.c() % 4 == 0; // of a branch that the model forgot
      assertTrue(found != null || left, commit + " was not asked for");
      if (found != null && commit.kept().isEmpty()) {
        gone.add(found);
      }
    }
    assertEquals(Map.of(), known, "what was asked for and not told of");
    for (Model.Commit stays : needed()) {
      assertTrue(!gone.contains(stays), () -> "commit " + stays.number() + " is needed");
    }
    model.expired.addAll(gone);
    model.commits.removeAll(gone);
    for (Model.Commit commit : gone) {
      StoreException e = assertThrows(StoreException.class, () -> store().at(id(commit)));
      assertTrue(e.getMessage().contains("expired"), e.getMessage());
    }
    Statistics.label("expire").collect(gone.isEmpty() ? "nothing went" : "commits went");
  }

  /** Names, what they were made on last, and what any two of them are merged over. */
  private Set<Model.Commit> needed() {
    Set<Model.Commit> needed = new HashSet<>(model.tags.values());
    model.branches.values().forEach(branch -> needed.add(branch.head));
    List<Model.Commit> tips = List.copyOf(needed);
    for (Model.Commit one : tips) {
      for (Model.Commit other : tips) {
        needed.addAll(Model.mergeBases(one, other));
      }
    }
    needed.removeAll(model.expired);
    return needed;
  }

  /** Whether two commits can be merged: what they are merged over, and that in turn, is there. */
  private boolean hasBases(List<Model.Commit> bases) {
    if (bases.stream().anyMatch(model.expired::contains)) {
      return false;
    }
    for (Model.Commit one : bases) {
      for (Model.Commit other : bases) {
        if (!one.equals(other) && !hasBases(Model.mergeBases(one, other))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isGone(CommitId id) throws StoreException {
    try {
      store().at(id);
      return false;
    } catch (StoreException e) {
      assertEquals(Code.NO_SUCH_REF, e.code(), e.getMessage());
      return true;
    }
  }

  // --- columns and properties

  private void addColumn(StoreModelTest.Step step) throws StoreException {
    if (working().columns.size() == 5) {
      return;
    }
    Model.Column added = new Model.Column(nextColumn++, "c" + nextName++);
    String fill = step.a() % 3 == 0 ? null : text(step.b());
    opened.addColumn(current, added.name(), fill);
    List<Model.Column> columns = new ArrayList<>(working().columns);
    columns.add(added);
    working().columns = List.copyOf(columns);
    working().keys().forEach(key -> working().set(key, added.number(), fill));
  }

  private void dropColumn(StoreModelTest.Step step) throws StoreException {
    if (working().columns.size() < 2 || branch().pending != null) {
      return; // conflicts of a column would go with it
    }
    Model.Column dropped = someColumn(step);
    opened.alter(
        current,
        (transaction, schema) ->
            transaction.dropColumn(
                schema.id(), schema.findColumn(dropped.name()).orElseThrow().id()));
    List<Model.Column> columns = new ArrayList<>(working().columns);
    columns.remove(dropped);
    working().columns = List.copyOf(columns);
    working().keys().forEach(key -> working().set(key, dropped.number(), null));
  }

  private Model.Column someColumn(StoreModelTest.Step step) {
    return working().columns.get(step.a() % working().columns.size());
  }

  private void renameColumn(StoreModelTest.Step step) throws StoreException {
    if (working().columns.isEmpty()) {
      return;
    }
    Model.Column old = someColumn(step);
    String name = "c" + nextName++;
    opened.alter(
        current,
        (transaction, schema) ->
            transaction.renameColumn(
                schema.id(), schema.findColumn(old.name()).orElseThrow().id(), name));
    List<Model.Column> columns = new ArrayList<>(working().columns);
    columns.set(columns.indexOf(old), new Model.Column(old.number(), name));
    working().columns = List.copyOf(columns);
  }

  private void setProperty(StoreModelTest.Step step) throws StoreException {
    Map<String, String> properties = new TreeMap<>(working().properties);
    String key = "p" + step.a() % 3;
    if (step.b() % 4 == 0) {
      properties.remove(key);
    } else {
      properties.put(key, "v" + step.b() % 5);
    }
    opened.alter(
        current,
        (transaction, schema) -> transaction.alterTable(schema.id(), schema.comment(), properties));
    working().properties.clear();
    working().properties.putAll(properties);
  }

  private void renameTable() throws StoreException {
    String name = "n" + nextName++;
    opened.alter(current, (transaction, schema) -> transaction.renameTable(schema.id(), name));
    working().name = name;
  }

  // --- views

  private void changeView(StoreModelTest.Step step) throws StoreException {
    List<Integer> numbers = new ArrayList<>(working().views.keySet());
    if (numbers.isEmpty() || step.a() % 4 == 0) {
      createView(step);
      return;
    }
    int number = numbers.get(step.b() % numbers.size());
    Model.View old = Objects.requireNonNull(working().views.get(number));
    long id = Objects.requireNonNull(viewIds.get(number));
    if (step.a() % 4 == 1) {
      opened.alter(current, (transaction, schema) -> transaction.dropView(id));
      working().views.remove(number);
      return;
    }
    Model.View changed =
        step.a() % 4 == 2
            ? new Model.View("v" + nextName++, old.sql())
            : new Model.View(old.name(), "SELECT " + step.c() % 5);
    opened.alter(current, (transaction, schema) -> transaction.alterView(view(id, changed)));
    working().views.put(number, changed);
  }

  /** Other tables are made, added to and dropped. */
  private void changeSide(StoreModelTest.Step step) throws StoreException {
    List<Integer> numbers = new ArrayList<>(working().sides.keySet());
    if (numbers.isEmpty() || step.a() % 5 == 0) {
      int number = nextSide++;
      String name = "s" + number;
      sideIds.put(number, opened.createList(current, name, Model.identity(number)));
      working().sides.put(number, new Model.Side(name, List.of()));
      return;
    }
    int number = numbers.get(step.b() % numbers.size());
    long id = Objects.requireNonNull(sideIds.get(number));
    if (step.a() % 5 == 1) {
      opened.alter(current, (transaction, schema) -> transaction.dropTable(id));
      working().sides.remove(number);
      return;
    }
    if (step.a() % 5 == 2) {
      restart(number, id, step.c() % 50);
      return;
    }
    Model.Side old = Objects.requireNonNull(working().sides.get(number));
    List<Long> more = new ArrayList<>(old.numbers());
    more.add(nextKey);
    long next = branch().next.getOrDefault(number, Model.identity(number).start());
    assertEquals(next, opened.appendToList(current, id, nextKey++), "number drawn");
    branch().next.put(number, next + Model.identity(number).increment());
    working().sides.put(number, new Model.Side(old.name(), more));
  }

  private void restart(int number, long id, long next) throws StoreException {
    opened.alter(
        current,
        (transaction, schema) ->
            transaction.restartNumbers(id, TestStore.identityColumn(transaction, id), next));
    branch().next.put(number, next);
  }

  private void createView(StoreModelTest.Step step) throws StoreException {
    Model.View view = new Model.View("v" + nextName++, "SELECT " + step.c() % 5);
    int number = nextView++;
    opened.alter(
        current,
        (transaction, schema) -> viewIds.put(number, transaction.createView(view(0, view))));
    working().views.put(number, view);
  }

  private static ViewSchema view(long id, Model.View view) {
    return new ViewSchema(id, view.name(), view.sql(), List.of(), Optional.empty());
  }

  // --- commits, branches, tags

  private void commit() throws StoreException {
    if (branch().pending != null && !branch().pending.rows().isEmpty()) {
      refused(() -> store().commitVersion(current, request()), Code.WRONG_STATE);
      return;
    }
    if (!branch().changed()) {
      refused(() -> store().commitVersion(current, request()), Code.NOTHING_TO_COMMIT);
      return;
    }
    List<Model.Commit> parents = new ArrayList<>(List.of(branch().head));
    if (branch().pending != null && branch().pending.parent() != null) {
      parents.add(branch().pending.parent());
    }
    boolean picked = branch().pending != null && branch().pending.parent() == null;
    if (picked && working().lines().equals(branch().head.version().lines())) {
      // All of it was decided for what was there: nothing is left to commit.
      refused(() -> store().commitVersion(current, request()), Code.NOTHING_TO_COMMIT);
      return;
    }
    CommitId id = store().commitVersion(current, request()).id();
    check.committed(model.commit(branch(), parents), id);
  }

  private void createBranch(boolean withChanges) throws StoreException {
    if (model.branches.size() == MAX_BRANCHES) {
      return;
    }
    String name = "b" + nextName++;
    Model.Branch created = new Model.Branch();
    created.head = branch().head;
    created.working = (withChanges ? working() : branch().head.version()).copy();
    created.next.putAll(withChanges ? branch().next : branch().head.next());
    if (withChanges && branch().pending != null) {
      created.pending =
          new Model.Pending(
              branch().pending.parent(),
              new HashSet<>(branch().pending.rows()),
              branch().pending.merge());
    }
    store()
        .createBranch(
            name,
            withChanges
                ? BranchStart.withChanges(current)
                : BranchStart.ofCommit(id(branch().head)));
    model.branches.put(name, created);
  }

  private void renameBranch(StoreModelTest.Step step) throws StoreException {
    String old = other(step.a());
    String name = "b" + nextName++;
    store().renameBranch(old, name);
    model.branches.put(name, Objects.requireNonNull(model.branches.remove(old)));
    current = current.equals(old) ? name : current;
  }

  private void dropBranch(StoreModelTest.Step step) throws StoreException {
    String dropped = other(step.a());
    if (dropped.equals(current)) {
      refused(() -> store().dropBranch(dropped, DropMode.FORCE), Code.WRONG_STATE);
      return;
    }
    Model.Branch branch = Objects.requireNonNull(model.branches.get(dropped));
    List<Model.Commit> others = new ArrayList<>(model.tags.values());
    model.branches.forEach(
        (name, other) -> {
          if (!name.equals(dropped)) {
            others.add(other.head);
          }
        });
    boolean reached = others.stream().anyMatch(commit -> commit.ancestors().contains(branch.head));
    if (branch.changed() || !reached) {
      refused(() -> store().dropBranch(dropped, DropMode.REFUSE_UNMERGED), Code.WRONG_STATE);
      if (step.b() % 2 == 0) {
        return;
      }
      store().dropBranch(dropped, DropMode.FORCE);
    } else {
      store().dropBranch(dropped, DropMode.REFUSE_UNMERGED);
    }
    model.branches.remove(dropped);
  }

  private void tag(StoreModelTest.Step step) throws StoreException {
    Model.Commit commit = anyCommit(step.a());
    String name = "t" + step.b() % 4;
    if (model.tags.containsKey(name)) {
      refused(
          () -> store().createTag(name, id(commit), Optional.empty(), "model"), Code.REF_EXISTS);
      if (step.c() % 2 == 0) {
        store().dropTag(name);
        model.tags.remove(name);
      }
      return;
    }
    store().createTag(name, id(commit), Optional.of("at " + commit.number()), "model");
    model.tags.put(name, commit);
  }

  private void reset() throws StoreException {
    store().resetBranch(current);
    branch().working = branch().head.version().copy();
    branch().pending = null;
  }

  private void resetHard(StoreModelTest.Step step) throws StoreException {
    Model.Commit target = anyCommit(step.a());
    store().resetBranch(current, id(target).hex(), ResetMode.HARD, "model");
    branch().head = target;
    branch().working = target.version().copy();
    branch().pending = null;
  }

  private void resetSoft(StoreModelTest.Step step) throws StoreException {
    Model.Commit target = anyCommit(step.a());
    if (branch().pending != null) {
      refused(
          () -> store().resetBranch(current, id(target).hex(), ResetMode.SOFT, "model"),
          Code.WRONG_STATE);
      return;
    }
    store().resetBranch(current, id(target).hex(), ResetMode.SOFT, "model");
    branch().head = target;
  }

  private void restore(StoreModelTest.Step step) throws StoreException {
    Model.Commit from = anyCommit(step.a());
    if (branch().pending != null) {
      refused(
          () -> store().restoreTable(current, from.version().name, id(from).hex()),
          Code.WRONG_STATE);
      return;
    }
    store().restoreTable(current, from.version().name, id(from).hex());
    Model.Version wanted = from.version();
    Model.Version restored = wanted.copy();
    restored.views.clear();
    restored.views.putAll(working().views);
    restored.sides.clear();
    restored.sides.putAll(working().sides);
    restored.rows.clear();
    working().rows.keySet().forEach(key -> restored.rows.put(key, wanted.rows.get(key)));
    for (long key : wanted.keys()) {
      restored.rows.putIfAbsent(key, wanted.rows.get(key));
    }
    branch().working = restored;
  }

  // --- merges and what is like them

  private static MergeRequest.Strategy strategy(StoreModelTest.Step step) {
    return MergeRequest.Strategy.values()[step.c() % MergeRequest.Strategy.values().length];
  }

  /** Most merges are of branches whose changes were committed, some of any commit. */
  private void merge(StoreModelTest.Step step, boolean squash) throws StoreException {
    String source = other(step.a());
    if (step.b() % 8 != 0) {
      commitAll(source);
    }
    merge(
        step.b() % 3 == 0 ? anyCommit(step.a()) : model.branches.get(source).head,
        strategy(step),
        squash);
  }

  /** Commits what is uncommitted here and on another branch, as far as that can be committed. */
  private void commitAll(String source) throws StoreException {
    String here = current;
    for (String name : List.of(source, here)) {
      current = name;
      if (branch().changed()) {
        commit();
      }
    }
  }

  /** Each of two branches takes what the other was: later merges of the two have two bases. */
  private void cross(StoreModelTest.Step step) throws StoreException {
    String here = current;
    String there = other(step.a());
    commitAll(there);
    Model.Commit ours = branch().head;
    merge(Objects.requireNonNull(model.branches.get(there)).head, strategy(step), false);
    current = there;
    merge(ours, MergeRequest.Strategy.THEIRS, false);
    check.branch(there);
    current = here;
  }

  private void merge(Model.Commit theirs, MergeRequest.Strategy strategy, boolean squash)
      throws StoreException {
    MergeRequest request =
        new MergeRequest(id(theirs).hex(), current, strategy, Optional.empty(), "model", squash);
    Model.Commit ours = branch().head;
    if (branch().changed()) {
      refused(() -> store().merge(request), Code.WRONG_STATE);
      return;
    }
    if (ours.ancestors().contains(theirs)) {
      assertEquals(MergeResult.Kind.NOTHING_TO_MERGE, store().merge(request).kind());
      return;
    }
    Comparator<Model.Commit> order = Comparator.comparing(commit -> check.order(commit));
    if (!hasBases(Model.mergeBases(ours, theirs))) {
      Statistics.label("merge").collect("refused: bases expired");
      refused(() -> store().merge(request), Code.WRONG_STATE);
      return;
    }
    Statistics.label("merge bases").collect(Model.mergeBases(ours, theirs).size());
    Model.Version base = ModelMerge.base(ours, theirs, order);
    ModelMerge merge = new ModelMerge(base, working(), theirs.version(), side(strategy));
    preview(request, merge);
    threeWay(
        squash ? "squash" : "merge",
        merge,
        strategy,
        squash ? null : theirs,
        theirs,
        () -> store().merge(request));
  }

  private static ModelMerge.Side side(MergeRequest.Strategy strategy) {
    return strategy == MergeRequest.Strategy.THEIRS ? ModelMerge.Side.THEIRS : ModelMerge.Side.OURS;
  }

  /** A dry run tells what would be, and changes nothing. */
  private void preview(MergeRequest request, ModelMerge merge) throws StoreException {
    MergePreview preview = store().previewMerge(request);
    boolean conflicts = !merge.conflicts.isEmpty() || !merge.schemaConflicts.isEmpty();
    assertEquals(conflicts, !preview.conflicts().isEmpty(), "conflicts of a dry run");
    if (!conflicts) {
      check.diff(working(), merge.merged, preview.diff(), "a dry run");
    }
  }

  private interface Merging {
    MergeResult run() throws StoreException;
  }

  /**
   * @param second the second parent of the commit, or null
   * @param theirs where what changed leads to
   */
  private void threeWay(
      String what,
      ModelMerge merge,
      MergeRequest.Strategy strategy,
      Model.Commit second,
      Model.Commit theirs,
      Merging merging)
      throws StoreException {
    boolean rows = !merge.conflicts.isEmpty();
    boolean schema = !merge.schemaConflicts.isEmpty();
    boolean refused =
        strategy == MergeRequest.Strategy.FAIL && (rows || schema)
            || strategy == MergeRequest.Strategy.CONFLICTS && schema;
    Statistics.label(what).collect(refused ? "refused" : rows || schema ? strategy : "clean");
    if (refused) {
      refused(merging::run, Code.MERGE_CONFLICT);
      return;
    }
    Model.Version before = working();
    boolean pending = strategy == MergeRequest.Strategy.CONFLICTS && rows;
    if (!pending && second == null && merge.merged.lines().equals(before.lines())) {
      nothing(what, merging);
      return;
    }
    MergeResult result = expected(merging, before, merge.merged);
    branch().working = merge.merged;
    branch().catchUp(theirs);
    if (pending) {
      assertEquals(MergeResult.Kind.PENDING, result.kind());
      branch().pending = new Model.Pending(second, merge.conflicts, merge);
      return;
    }
    assertEquals(MergeResult.Kind.MERGED, result.kind());
    List<Model.Commit> parents =
        second == null ? List.of(branch().head) : List.of(branch().head, second);
    check.committed(model.commit(branch(), parents), result.commit().orElseThrow().id());
  }

  /** Runs what must work; says what the model has come to if it does not. */
  private static MergeResult expected(Merging merging, Model.Version from, Model.Version to)
      throws StoreException {
    try {
      return merging.run();
    } catch (StoreException e) {
      List<String> lines = new ArrayList<>(to.lines());
      lines.removeAll(from.lines());
      List<String> gone = new ArrayList<>(from.lines());
      gone.removeAll(to.lines());
      throw new AssertionError("the model comes to " + lines + " from " + gone, e);
    }
  }

  /** What changes nothing makes no commit of one parent. */
  private static void nothing(String what, Merging merging) throws StoreException {
    if (what.equals("squash")) {
      assertEquals(MergeResult.Kind.NOTHING_TO_MERGE, merging.run().kind());
    } else {
      refused(merging::run, Code.NOTHING_TO_COMMIT);
    }
  }

  private void pick(StoreModelTest.Step step, boolean revert) throws StoreException {
    Model.Commit commit = anyCommit(step.a());
    if (step.b() % 8 != 0) {
      commitAll(current);
    }
    if (commit.parents().isEmpty()) {
      return; // the table would go, or come
    }
    boolean merge = commit.parents().size() > 1;
    int parent = step.b() % commit.parents().size();
    MergeRequest.Strategy strategy = strategy(step);
    PickRequest request =
        new PickRequest(
            id(commit).hex(),
            merge ? Optional.of(parent + 1) : Optional.empty(),
            current,
            strategy,
            Optional.empty(),
            "model");
    if (branch().changed()) {
      refused(() -> run(request, revert), Code.WRONG_STATE);
      return;
    }
    Optional<Model.Commit> left = model.parent(commit, parent);
    if (left.isEmpty()) {
      refused(() -> run(request, revert), Code.WRONG_STATE);
      return;
    }
    Model.Version with = commit.version();
    Model.Version without = left.get().version();
    ModelMerge result =
        new ModelMerge(
            revert ? with : without,
            working(), // what the commit has, and places of rows that came and went since
            revert ? without : with,
            side(strategy));
    threeWay(
        revert ? "revert" : "pick",
        result,
        strategy,
        null,
        revert ? left.get() : commit,
        () -> run(request, revert));
  }

  private MergeResult run(PickRequest request, boolean revert) throws StoreException {
    return revert ? store().revert(request) : store().cherryPick(request);
  }

  /** Some rows of a pending merge are done with, as they are now. */
  private void resolve(StoreModelTest.Step step) throws StoreException {
    if (branch().pending == null || branch().pending.rows().isEmpty()) {
      return;
    }
    List<Long> left = new ArrayList<>(branch().pending.rows());
    List<Long> done = left.subList(0, step.a() % 3 == 0 ? 1 + step.b() % left.size() : left.size());
    boolean theirs = step.c() % 2 == 0;
    opened.alter(
        current,
        (transaction, schema) -> {
          long[] rows = rowIds(done);
          long resolved =
              theirs
                  ? transaction.takeTheirs(schema.id(), rows)
                  : transaction.resolveConflicts(schema.id(), rows);
          assertEquals(done.size(), resolved);
        });
    if (theirs) {
      done.forEach(key -> takeTheirs(key, branch().pending.merge()));
    }
    Set<Long> rest = new HashSet<>(left);
    rest.removeAll(done);
    branch().pending = new Model.Pending(branch().pending.parent(), rest, branch().pending.merge());
  }

  /** A row of a pending merge becomes theirs where it conflicts. */
  private void takeTheirs(long key, ModelMerge merge) {
    if (!merge.theirs.has(key)) {
      working().rows.put(key, null);
    } else if (merge.deletedHere(key)) {
      if (!working().has(key)) {
        working().rows.put(key, merge.known(merge.theirs, key, working().columns));
      }
    } else if (working().has(key)) {
      for (int column : merge.cellConflicts(key)) {
        working().set(key, column, merge.theirs.cell(key, column));
      }
    }
  }

  @Override
  public void close() throws StoreException {
    opened.close();
  }
}
