package whisktape;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of rooms in {@code docs/architecture.md}: who may import whom, and which library lives where. */
final class LayoutTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)).importPackages("whisktape");

    /** Which rooms a room may import, beside the root and itself. */
    private static final Map<String, Set<String>> IMPORTS = new TreeMap<>(Map.ofEntries(
            Map.entry("", Set.of()),
            Map.entry("shapes", Set.of()),
            Map.entry("source", Set.of("shapes")),
            Map.entry("remote", Set.of()),
            Map.entry("recording", Set.of("shapes", "remote")),
            Map.entry("recorder", Set.of("shapes", "source", "recording")),
            Map.entry("statistics", Set.of()),
            Map.entry("analysis", Set.of("recording")),
            Map.entry("report", Set.of("recording", "analysis", "statistics")),
            Map.entry("exchange", Set.of("source", "recording")),
            Map.entry("replay", Set.of("recording", "metrics")),
            Map.entry("metrics", Set.of()),
            Map.entry("sharing", Set.of("recording")),
            Map.entry(
                    "lab",
                    Set.of(
                            "source",
                            "recorder",
                            "recording",
                            "exchange",
                            "analysis",
                            "report",
                            "replay",
                            "metrics",
                            "sharing")),
            Map.entry(
                    "cli",
                    Set.of(
                            "remote",
                            "source",
                            "recorder",
                            "recording",
                            "exchange",
                            "analysis",
                            "statistics",
                            "report",
                            "replay",
                            "metrics",
                            "sharing",
                            "lab"))));

    static Stream<Arguments> rooms() {
        return IMPORTS.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyItsNeighbours(String room, Set<String> neighbours) {
        String[] strangers = IMPORTS.keySet().stream()
                .filter(other -> !other.isEmpty() && !other.equals(room) && !neighbours.contains(other))
                .map(LayoutTest::packageOf)
                .toArray(String[]::new);

        // An empty list of strangers would ask for nothing.
        noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .dependOnClassesThat(resideInAnyPackage(strangers))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClassIsInARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        IMPORTS.keySet().stream().map(LayoutTest::packageOf).toArray(String[]::new))
                .check(CLASSES);
    }

    static Stream<Arguments> libraries() {
        return Stream.of(
                library("Kafka's consumer", resideInAPackage("org.apache.kafka.clients.consumer.."), "source", "lab"),
                library("Kafka's producer", resideInAPackage("org.apache.kafka.clients.producer.."), "replay", "lab"),
                library("Kafka's server", resideInAPackage("kafka.."), "lab"),
                library("Kafka", resideInAPackage("org.apache.kafka.."), "source", "replay", "lab"),
                library("Parquet", resideInAPackage("org.apache.parquet.."), "recording"),
                library("Hadoop", resideInAPackage("org.apache.hadoop.."), "remote"),
                library("zstd", resideInAPackage("com.github.luben.."), "recording"),
                library("Spark", resideInAPackage("org.apache.spark.."), "analysis"),
                library("DuckDB and JDBC", resideInAnyPackage("org.duckdb..", "java.sql..", "javax.sql.."), "analysis"),
                library(
                        "Jackson's tree and beans",
                        resideInAnyPackage("com.fasterxml.jackson.databind.."),
                        "source",
                        "recording",
                        "metrics",
                        "lab"),
                library(
                        "Jackson",
                        resideInAnyPackage("com.fasterxml.jackson.."),
                        "shapes",
                        "source",
                        "recording",
                        "report",
                        "metrics",
                        "sharing",
                        "lab",
                        "cli"),
                library("Prometheus' client", resideInAPackage("io.prometheus.."), "metrics"),
                library("YAML", resideInAPackage("org.yaml.."), "metrics"),
                library("Commons Statistics", resideInAPackage("org.apache.commons.statistics.."), "statistics"),
                library("picocli", resideInAPackage("picocli.."), "cli"),
                library("HTTP server", resideInAPackage("com.sun.net.httpserver.."), "metrics", "lab"),
                library("HTTP client", resideInAPackage("java.net.http.."), "source", "lab"),
                library("zip", resideInAPackage("java.util.zip..").and(name("Zip")), "sharing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("libraries")
    void aLibraryLivesInItsRooms(String library, DescribedPredicate<JavaClass> classes, String[] homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat(classes)
                .as(library + " only in " + Arrays.toString(homes))
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("cli"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void nobodyPrintsBesideTheCommandLinesWriters() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("whisktape.cli.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void everyRoomSaysWhatItIs() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> folders = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();

            assertThat(folders)
                    .isNotEmpty()
                    .allSatisfy(folder ->
                            assertThat(folder.resolve("package-info.java")).exists());
        }
    }

    private static Arguments library(String name, DescribedPredicate<? super JavaClass> classes, String... homes) {
        return Arguments.of(
                name, classes, Arrays.stream(homes).map(LayoutTest::packageOf).toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> name(String part) {
        return DescribedPredicate.describe(
                "named like " + part, javaClass -> javaClass.getSimpleName().contains(part));
    }

    private static String packageOf(String room) {
        return room.isEmpty() ? "whisktape" : "whisktape." + room;
    }
}
