package io.versor.deeplake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The reader stands on the store alone. */
@AnalyzeClasses(
    packages = "io.versor.deeplake",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_THE_STORE_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.versor.deeplake..",
              "io.versor.format..",
              "com.fasterxml.jackson..",
              "org.jspecify..",
              "java.lang..",
              "java.util..",
              "java.io..",
              "java.nio..",
              "java.math..",
              "java.time..",
              "java.awt.image..",
              "javax.imageio..");
}
