package io.versor.clients;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import java.io.PrintWriter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests of this module in this JVM, for {@link OtherJdkIT}: arguments are patterns of
 * class names, exit code 1 is failure. The last line tells the numbers.
 */
final class TestRun {
  /** Tests that are not run on another JDK: this one itself, and what takes minutes. */
  private static final String LONG = "long";

  private TestRun() {}

  public static void main(String[] patterns) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(TestRun.class.getPackageName()))
            .filters(includeClassNamePatterns(patterns), excludeTags(LONG))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintWriter out = new PrintWriter(System.out, true);
    summary.printFailuresTo(out);
    out.println(
        summary.getTestsSucceededCount()
            + " passed, "
            + summary.getTotalFailureCount()
            + " failed");
    // Pools and timers of the clients must not keep the process.
    System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1);
  }
}
