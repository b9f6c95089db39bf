package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The bill of materials lists the libraries that the jar has classes of, and no others. */
class BillOfMaterialsIT {
  private static final Path JAR = Path.of("target", "versor-jdbc.jar");
  private static final Path BILL = Path.of("target", "versor-jdbc.cdx.json");
  private static final String SHADED = "io/versor/shaded/";

  @Test
  void listsWhatIsInTheJar() throws IOException {
    assumeTrue(Files.exists(BILL), "its plugin writes none while Maven is offline");
    Map<String, Set<String>> libraries = libraries();
    assertTrue(libraries.size() > 20, libraries.keySet()::toString);
    Set<String> listed = new HashSet<>();
    libraries.values().forEach(listed::addAll);
    Set<String> found = new TreeSet<>();
    Set<String> unknown = new TreeSet<>();
    for (String name : classes(JAR)) {
      boolean shaded = name.startsWith(SHADED);
      String own = shaded ? name.substring(SHADED.length()) : name;
      if (shaded || !name.startsWith("io/versor/")) {
        (listed.contains(own) ? found : unknown).add(own);
      }
    }
    assertEquals(Set.of(), unknown, "of no library that is listed");
    List<String> missing = new ArrayList<>();
    libraries.forEach(
        (library, classes) -> {
          if (!classes.isEmpty() && Collections.disjoint(classes, found)) {
            missing.add(library);
          }
        });
    assertEquals(List.of(), missing, "listed and not in the jar");
  }

  /** Classes of each library that is listed, by the name of its file. */
  private static Map<String, Set<String>> libraries() throws IOException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Map<String, Set<String>> libraries = new TreeMap<>();
    for (JsonNode component : new ObjectMapper().readTree(BILL.toFile()).get("components")) {
      if (component.get("group").asText().equals("io.versor")) {
        continue; // our own modules
      }
      String file = component.get("name").asText() + "-" + component.get("version").asText();
      Path jar =
          List.of(path.split(File.pathSeparator)).stream()
              .map(Path::of)
              .filter(each -> each.getFileName().toString().equals(file + ".jar"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(file + " is not on the class path"));
      libraries.put(file, classes(jar));
    }
    return libraries;
  }

  private static Set<String> classes(Path jar) throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .filter(name -> !name.endsWith("module-info.class"))
          .forEach(names::add);
    }
    return names;
  }
}
