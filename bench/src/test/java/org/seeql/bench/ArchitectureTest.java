package org.seeql.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.job.SeeqlSession;
import org.seeql.spark.session.SeeqlConnectionProvider;

/** The direction of dependencies, as docs/architecture.md describes it. */
class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void load() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.seeql");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"planner", "udf", "database", "datasets", "job", "spark", "launcher", "cli"})
  void packagesOfAModuleHaveNoCycles(String module) {
    slices().matching("org.seeql." + module + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void modulesHaveNoCycles() {
    slices().matching("org.seeql.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void nothingInTheJobDependsOnItsSession() {
    noClasses()
        .that(resideInAPackage("org.seeql.job.(*)..").or(resideInAPackage("org.seeql.job.*..")))
        .should()
        .dependOnClassesThat(name(SeeqlSession.class.getName()))
        .check(classes);
  }

  @Test
  void onlyTheSparkModuleUsesCatalyst() {
    noClasses()
        .that(resideOutsideOfPackages("org.seeql.spark..", "org.seeql.bench.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.apache.spark.sql.catalyst.."))
        .check(classes);
  }

  @Test
  void onlyOnePackageUsesAKubernetesClient() {
    noClasses()
        .that(resideOutsideOfPackages("org.seeql.launcher.cluster.."))
        .should()
        .dependOnClassesThat(resideInAPackage("io.fabric8.kubernetes.client.."))
        .check(classes);
  }

  @Test
  void onlyTheDatabaseModuleUsesTheDriver() {
    noClasses()
        .that(resideOutsideOfPackages("org.seeql.database.."))
        .should()
        .dependOnClassesThat(resideInAPackage("com.mysql.."))
        .check(classes);
  }

  /** Spark's own reader of tables gets its connection from the provider. */
  @Test
  void onlyTheDatabaseModuleHasConnections() {
    noClasses()
        .that(
            resideOutsideOfPackages(
                "org.seeql.database..", "org.seeql.bench..", "org.seeql.chaos.."))
        .and(not(name(SeeqlConnectionProvider.class.getName())))
        .should()
        .dependOnClassesThat(
            name("java.sql.Connection")
                .or(name("java.sql.DriverManager"))
                .or(name("javax.sql.DataSource")))
        .check(classes);
  }

  @Test
  void theSystemSchemaIsMigratedByTheDatabaseModule() {
    noClasses()
        .that(resideOutsideOfPackages("org.seeql.database.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.flywaydb.."))
        .check(classes);
  }

  @Test
  void modelsAndImagesKnowNoSqlAndNoSpark() {
    noClasses()
        .that()
        .resideInAPackage("org.seeql.udf..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.apache.spark..").or(resideInAPackage("java.sql..")))
        .check(classes);
  }

  @Test
  void plannedStatementsKnowNoDatabaseAndNoSpark() {
    classes()
        .that()
        .resideInAPackage("org.seeql.planner..")
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("org.seeql.planner..")
                .or(resideOutsideOfPackages("org.seeql..", "org.apache.spark..", "java.sql..")))
        .check(classes);
  }
}
