package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process with the driver on its class path and without any flags of the JVM. */
final class SecondJvm {
  private static final long TIMEOUT_SECONDS = 120;

  private SecondJvm() {}

  /** In the other process: runs the statements and prints the rows of each as a line. */
  public static void main(String[] args) throws SQLException {
    try (Sql sql = Sql.open(args[0])) {
      for (int i = 1; i < args.length; i++) {
        if (args[i].startsWith("!")) {
          sql.run(args[i].substring(1));
        } else {
          System.out.println(sql.text(args[i]));
        }
      }
    }
  }

  /** Statements with a {@code !} before them print nothing. */
  static List<String> run(String url, String... statements) throws Exception {
    return run(List.of(), url, statements);
  }

  static List<String> run(List<String> jvmOptions, String url, String... statements)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(url));
    arguments.addAll(List.of(statements));
    Outcome outcome = start(jvmOptions, SecondJvm.class.getName(), arguments);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.code());
    return outcome.out().lines().toList();
  }

  record Outcome(int code, String out, String err) {}

  static Outcome start(List<String> jvmOptions, String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).directory(new File(".")).start();
    try {
      process.getOutputStream().close();
      Drain err = new Drain(process.getErrorStream());
      err.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "still running: " + out);
      err.join();
      return new Outcome(process.exitValue(), out, err.text);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Reads one stream while another is read. */
  private static final class Drain extends Thread {
    private final InputStream in;
    private volatile String text = "";

    Drain(InputStream in) {
      super("drain");
      this.in = in;
    }

    @Override
    public void run() {
      try {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        text = e.toString();
      }
    }
  }
}
