package io.versor.engine.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.StatementException;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Danger: something goes wrong, or somebody cancels, while files come to their places. */
class FolderMovesTest {
  /** Two of them are there before; folders a and b/c are not. */
  private static final List<Path> PLACES =
      Stream.of("1", "2", "a/3", "a/4", "b/c/5", "old/6", "7").map(Path::of).toList();

  @TempDir Path directory;
  private Path folder;
  private Map<String, String> before;

  @BeforeEach
  void fill() throws IOException {
    folder = Files.createDirectory(directory.resolve("out"));
    Files.createDirectory(folder.resolve("old"));
    for (String name : List.of("2", "old/6", "old/other")) {
      Files.writeString(folder.resolve(name), "before");
    }
    before = content();
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        content.put(name(path), Files.isDirectory(path) ? "folder" : Files.readString(path));
      }
    }
    return content;
  }

  private String name(Path path) {
    return folder.relativize(path).toString();
  }

  private static void write(FolderMoves moves) throws Exception {
    for (Path place : PLACES) {
      Files.writeString(moves.openPlace(place), "new");
    }
  }

  private void run(StopSignal.Check stop) throws Exception {
    try (FolderMoves moves = new FolderMoves(folder, true)) {
      write(moves);
      moves.finish(PLACES, stop);
    }
  }

  @Test
  void allCome() throws Exception {
    run(StopSignal.NEVER);
    Map<String, String> after = new TreeMap<>(before);
    after.putAll(Map.of("a", "folder", "b", "folder", "b/c", "folder"));
    PLACES.forEach(place -> after.put(place.toString(), "new"));
    assertEquals(after, content());
  }

  @Test
  void aCancelAtAnyMomentLeavesAllAsItWas() throws Exception {
    int stopped = 0;
    while (content().equals(before)) {
      AtomicInteger left = new AtomicInteger(stopped);
      try {
        run(
            () -> {
              if (left.getAndDecrement() == 0) {
                throw new StoreException(StoreException.Code.CANCELLED, "now");
              }
            });
      } catch (StoreException e) {
        assertEquals(before, content(), "stopped at " + stopped);
        stopped++;
      }
    }
    assertEquals(2 * PLACES.size(), stopped);
  }

  /** After all places were looked at, a folder comes into one of them. */
  @Test
  void anErrorAtAnyPlaceLeavesAllAsItWas() throws Exception {
    List<Path> free = PLACES.stream().filter(p -> !before.containsKey(p.toString())).toList();
    for (Path place : free) {
      Path blocked = folder.resolve(place).resolve("somebody");
      AtomicInteger asked = new AtomicInteger();
      StatementException e =
          assertThrows(
              StatementException.class,
              () ->
                  run(
                      () -> {
                        if (asked.getAndIncrement() == PLACES.size()) {
                          create(blocked);
                        }
                      }));
      assertTrue(e.getMessage().contains(place.toString()), e.getMessage());
      for (Path made = blocked; !before.containsKey(name(made)); made = made.getParent()) {
        Files.delete(made);
      }
      assertEquals(before, content(), "blocked " + place);
    }
    assertEquals(5, free.size());
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatCannotBePutBackIsKept() throws Exception {
    FolderMoves moves = new FolderMoves(folder, true);
    write(moves);
    AtomicInteger asked = new AtomicInteger();
    assertThrows(
        StoreException.class,
        () ->
            moves.finish(
                PLACES,
                () -> {
                  if (asked.getAndIncrement() == 2 * PLACES.size() - 1) {
                    Path taken = folder.resolve("2");
                    assertTrue(taken.toFile().delete());
                    create(taken.resolve("somebody"));
                    throw new StoreException(StoreException.Code.CANCELLED, "now");
                  }
                }));
    IOException e = assertThrows(IOException.class, moves::close);
    assertTrue(e.getMessage().contains("not all files"), e.getMessage());
    List<String> kept =
        content().keySet().stream().filter(name -> name.endsWith("/old/2")).toList();
    assertEquals(1, kept.size());
    String place = folder.resolve(kept.get(0)).getParent().toString();
    assertTrue(e.getMessage().contains(place), () -> e.getMessage() + " has not " + place);
    assertEquals("before", content().get(kept.get(0)));
    assertEquals("before", content().get("old/6"), "what can be put back is");
  }

  @Test
  void aFolderThatWasMadeGoes() throws Exception {
    Path made = directory.resolve("made");
    try (FolderMoves moves = new FolderMoves(made, false)) {
      write(moves);
    }
    assertTrue(Files.notExists(made));
  }
}
