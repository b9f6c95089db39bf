package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.engine.function.FileAccess;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files that a path stands for: itself, or all under a folder, by name. Hidden files and
 * folders are left out; links to folders are not followed.
 */
public final class SourceFiles {
  /** Names of so many files are held at once. */
  private static final int MAX_FILES = 50_000_000;

  private SourceFiles() {}

  /**
   * @param accepts which names are read; asked only for what lies in a folder
   * @throws StatementException 54000 when there are too many
   */
  public static List<SourceFile> find(
      Path path, String name, FileAccess access, Predicate<String> accepts)
      throws IOException, StatementException {
    if (!Files.isDirectory(path)) {
      String last = path.getFileName().toString();
      return List.of(new SourceFile(path, name, last, Files.size(path)));
    }
    List<SourceFile> found = new ArrayList<>();
    Files.walkFileTree(path, new Visitor(path, name, access, accepts, found));
    if (found.size() >= MAX_FILES) {
      throw new StatementException(
          "54000", name + ": more than " + MAX_FILES + " files; copy one folder after the other");
    }
    found.sort(Comparator.comparing(SourceFile::name));
    return found;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final String rootName;
    private final FileAccess access;
    private final Predicate<String> accepts;
    private final List<SourceFile> found;

    Visitor(
        Path root,
        String rootName,
        FileAccess access,
        Predicate<String> accepts,
        List<SourceFile> found) {
      this.root = root;
      this.rootName = rootName.endsWith("/") ? rootName : rootName + "/";
      this.access = access;
      this.accepts = accepts;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !folder.equals(root) && isHidden(folder);
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (isHidden(file) || !accepts.test(name)) {
        return FileVisitResult.CONTINUE;
      }
      long bytes = attributes.size();
      if (attributes.isSymbolicLink()) {
        access.check("COPY", file); // it may lead out of what is allowed
        if (!Files.isRegularFile(file)) {
          return FileVisitResult.CONTINUE;
        }
        bytes = Files.size(file);
      } else if (!attributes.isRegularFile()) {
        return FileVisitResult.CONTINUE;
      }
      found.add(new SourceFile(file, rootName + name, name, bytes));
      return found.size() >= MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
