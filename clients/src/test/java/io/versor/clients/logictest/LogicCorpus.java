package io.versor.clients.logictest;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** The scripts there are; a folder of the corpus holds many of one kind. */
final class LogicCorpus {
  static final String ROOT = "test/";
  private static final String SUFFIX = ".test";

  /** Folders of tables that take minutes to be filled row by row. */
  private static final String LARGE = "/10000/";

  /** Joins of up to 64 tables, whose order nothing in the query suggests. */
  private static final String WIDE_JOINS = "select5" + SUFFIX;

  private LogicCorpus() {}

  /** Some scripts of every folder, the same for the same seed; all of a folder that has few. */
  static List<String> sample(long seed, int perFolder) throws IOException {
    List<String> chosen = new ArrayList<>();
    for (List<String> folder : folders().values()) {
      List<String> shuffled = new ArrayList<>(folder);
      Collections.shuffle(shuffled, new Random(seed));
      chosen.addAll(shuffled.subList(0, Math.min(perFolder, shuffled.size())));
    }
    return chosen;
  }

  private static Map<String, List<String>> folders() throws IOException {
    URL root = LogicCorpus.class.getClassLoader().getResource(ROOT + "select1" + SUFFIX);
    if (root == null) {
      throw new IOException("the corpus is not on the class path");
    }
    Map<String, List<String>> folders = new TreeMap<>();
    JarFile jar = ((JarURLConnection) root.openConnection()).getJarFile();
    jar.stream()
        .map(entry -> entry.getName())
        .filter(name -> name.startsWith(ROOT) && name.endsWith(SUFFIX))
        .filter(name -> !name.contains(LARGE) && !name.endsWith(WIDE_JOINS))
        .map(name -> name.substring(ROOT.length()))
        .sorted()
        .forEach(
            name ->
                folders
                    .computeIfAbsent(
                        name.substring(0, name.lastIndexOf('/') + 1), any -> new ArrayList<>())
                    .add(name));
    return folders;
  }
}
