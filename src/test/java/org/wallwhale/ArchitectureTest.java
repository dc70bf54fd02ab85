package org.wallwhale;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServlet;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wallwhale.config.Settings;

/** The rooms of the house, who may import whom, and where which technique may be used. */
class ArchitectureTest {
    private static final String ROOT = "org.wallwhale";

    /** Imports go down only: never up, and never sideways on one floor. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("cli", 10),
            Map.entry("server", 9),
            Map.entry("admin", 8), Map.entry("health", 8),
            Map.entry("worker", 7), Map.entry("live", 7), Map.entry("share", 7),
            Map.entry("store", 6),
            Map.entry("download", 5),
            Map.entry("steam", 4), Map.entry("quota", 4),
            Map.entry("access", 3),
            Map.entry("audit", 2), Map.entry("cluster", 2), Map.entry("idempotency", 2),
            Map.entry("engine", 1), Map.entry("workshop", 1), Map.entry("database", 1), Map.entry("metrics", 1), Map.entry("log", 1),
            Map.entry("rest", 1),
            Map.entry("certificate", 1),
            Map.entry("config", 0), Map.entry("problem", 0), Map.entry("secret", 0));

    /** Imports that the floors forbid, each with its reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "config -> secret", "a setting that is a secret is read as one, so that nobody prints it");

    /** Who may look at the machine's clock, each with its reason. */
    private static final Map<String, String> BY_THE_MACHINES_CLOCK = Map.ofEntries(
            Map.entry("org.wallwhale.access.TokenService", "whether our token has ended, as any verifier of tokens tells it"),
            Map.entry("org.wallwhale.access.VerifiedToken", "whether a portal's token is good already"),
            Map.entry("org.wallwhale.access.CallerCache", "whether a token that was good has ended"),
            Map.entry("org.wallwhale.access.FailedLoginTally", "shown to the account's owner"),
            Map.entry("org.wallwhale.quota.UsageFilter", "statistics: limits are counted elsewhere"),
            Map.entry("org.wallwhale.quota.RateLimitFilter", "the client is told a time of day in X-RateLimit-Reset, and decides by it"),
            Map.entry("org.wallwhale.rest.HeadersFilter", "clients are told it"),
            Map.entry("org.wallwhale.store.StoreFolder", "which folders are worth a look; rows decide"),
            Map.entry("org.wallwhale.config.SecretFile", "which copies of a killed start go"),
            Map.entry("org.wallwhale.certificate.ServerCertificate", "whether a certificate is over, as its clients tell it"),
            Map.entry("org.wallwhale.cli.CertCheck", "the same"),
            Map.entry("org.wallwhale.cli.CertSelfSigned", "from when on a certificate is good"),
            Map.entry("org.wallwhale.cli.CertServe", "the same"),
            Map.entry("org.wallwhale.cli.Login", "when an access token is to be renewed, by the machine that keeps it"),
            Map.entry("org.wallwhale.cli.LoginSession", "the same"),
            Map.entry("org.wallwhale.cli.Span", "when a link ends that a person asks for in so many hours, if the server does not tell the time"),
            Map.entry("org.wallwhale.cli.Welcome", "when a key of the first start ends"),
            Map.entry("org.wallwhale.cli.NetworkLooks", "whether it is right"),
            Map.entry("org.wallwhale.sandbox.Journal", "when the sandbox did what, for tests"));

    /** A program of its own: it shares nothing with the server but the jar it is built into. */
    private static final String SANDBOX = "sandbox";

    private static final Set<String> SERVLETS = Set.of("org.wallwhale.rest.ErrorServlet", "org.wallwhale.rest.OpenApiServlet", "org.wallwhale.rest.PageServlet",
            "org.wallwhale.metrics.MetricsServlet", "org.wallwhale.health.HealthServlet", "org.wallwhale.health.StatusServlet",
            "org.wallwhale.certificate.ChallengeServlet");
    private static final String[] MEANINGLESS = {"util", "utils", "common", "helper", "helpers", "impl", "dto", "manager",
            "core", "base",
        "info", "data", "handler", "processor"};

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void everyRoomHasItsFloor() {
        Set<String> unknown = HOUSE.stream().map(ArchitectureTest::room)
                .filter(room -> !FLOORS.containsKey(room) && !room.equals(SANDBOX))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unknown).as("packages that are no room of the house").isEmpty();
    }

    @Test
    void theDocumentShowsEveryRoomOnItsFloor() throws IOException {
        Map<String, Integer> told = new TreeMap<>();
        Pattern.compile("(?m)^\\| (\\d+) \\| (`[^|]*`) \\|").matcher(Files.readString(Path.of("docs/architecture.md"))).results()
                .forEach(row -> Stream.of(row.group(2).replace("`", "").split(", "))
                        .forEach(room -> told.put(room, Integer.valueOf(row.group(1)))));
        Map<String, Integer> built = HOUSE.stream().map(ArchitectureTest::room).filter(FLOORS::containsKey).distinct()
                .collect(Collectors.toMap(room -> room, FLOORS::get));
        assertThat(told).isEqualTo(built);
    }

    @Test
    void importsGoDownOnly() {
        Map<String, Set<String>> wrong = new TreeMap<>();
        Set<String> unused = new TreeSet<>(EXCEPTIONS.keySet());
        HOUSE.stream().flatMap(from -> from.getDirectDependenciesFromSelf().stream()).forEach(dependency -> {
            String from = room(dependency.getOriginClass());
            String to = room(dependency.getTargetClass().getBaseComponentType());
            if (from.equals(to) || to.isEmpty() || from.equals(SANDBOX) || to.equals(SANDBOX)) {
                return;
            }
            String edge = from + " -> " + to;
            if (FLOORS.get(from) <= FLOORS.get(to) && !unused.remove(edge) && !EXCEPTIONS.containsKey(edge)) {
                wrong.computeIfAbsent(edge, none -> new TreeSet<>()).add(dependency.getDescription());
            }
        });
        assertThat(wrong).as("imports that go up or sideways").isEmpty();
        assertThat(unused).as("exceptions that nobody needs any longer").isEmpty();
    }

    @Test
    void theSandboxIsAProgramOfItsOwn() {
        check(classes().that().resideInAPackage(in(SANDBOX)).should(dependOnClassesThatAreNotIn(SANDBOX))
                .as("the sandbox imports no room"));
        check(noClasses().that().resideOutsideOfPackage(in(SANDBOX)).should(dependOnClassesThat(resideInAPackage(in(SANDBOX))))
                .as("no room imports the sandbox"));
    }

    @Test
    void roomsDoNotGoInCircles() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void resourcesUseServicesAndServicesUseRepositories() {
        check(noClasses().that().haveSimpleNameEndingWith("Resource").should(dependOnClassesThat(
                simpleNameEndingWith("Repository").or(annotated(Entity.class)))));
        check(noClasses().that().haveSimpleNameEndingWith("Service")
                .should(dependOnClassesThat(simpleNameEndingWith("Resource"))));
        check(noClasses().that().haveSimpleNameEndingWith("Repository").should(dependOnClassesThat(
                simpleNameEndingWith("Service").or(simpleNameEndingWith("Resource")))));
        check(noClasses().that().areAnnotatedWith(Entity.class).should(dependOnClassesThat(
                simpleNameEndingWith("Service").or(simpleNameEndingWith("Repository")).or(simpleNameEndingWith("Resource")))));
    }

    @Test
    void entitiesNeverLeaveTheirRoom() {
        check(classes().that().areAnnotatedWith(Entity.class).or().areAnnotatedWith(Embeddable.class).should()
                .bePackagePrivate());
    }

    @Test
    void httpStaysAtTheEdge() {
        check(noClasses().that().resideInAPackage(ROOT + "..").and().resideOutsideOfPackages(in("rest"), in("live"))
                .and().haveSimpleNameNotEndingWith("Resource").and().haveSimpleNameNotEndingWith("Filter")
                .and().haveSimpleNameNotEndingWith("Mapper").and().haveSimpleNameNotEndingWith("Provider")
                .should(dependOnClassesThat(resideInAPackage("jakarta.ws.rs.."))));
        check(noClasses().that().resideOutsideOfPackages(in("rest"), in("live"))
                .and().haveSimpleNameNotEndingWith("Resource").and().haveSimpleNameNotEndingWith("Filter")
                .and().haveSimpleNameNotEndingWith("Servlet").and().haveSimpleNameNotEndingWith("Authentication")
                .should(dependOnClassesThat(resideInAPackage(in("rest")).and(not(simpleNameEndingWith("Config"))))));
    }

    @Test
    void everyServletIsListed() {
        Set<String> servlets = HOUSE.stream().filter(type -> type.isAssignableTo(HttpServlet.class)).map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(servlets).isEqualTo(SERVLETS).allSatisfy(name -> assertThat(name).endsWith("Servlet"));
    }

    @Test
    void processesAreStartedByTheEngineOnly() {
        check(noClasses().that().resideOutsideOfPackages(in("engine"), in(SANDBOX))
                .should(dependOnClassesThat(describe("ProcessBuilder", type -> type.isEquivalentTo(ProcessBuilder.class))))
                .orShould().callMethodWhere(describe("Runtime.exec", call -> call.getTargetOwner().isEquivalentTo(Runtime.class)
                        && call.getName().equals("exec"))));
    }

    @Test
    void onlyRepositoriesTalkToTheDatabase() {
        check(noClasses().that().haveSimpleNameNotEndingWith("Repository")
                .and(describe("are not the producer of entity managers",
                        type -> !type.getName().equals(ROOT + ".database.Persistence")))
                .should(dependOnClassesThat(describe("EntityManager", type -> type.isEquivalentTo(EntityManager.class)))));
    }

    /** Leases, start times, limits and their days go by the database's clock: those of the instances differ, and jump. */
    @Test
    void theMachinesClockDecidesNothingThatInstancesShare() {
        check(noClasses().that(describe("have no say by the machine's clock", type -> !BY_THE_MACHINES_CLOCK.containsKey(type.getName())))
                .should().callMethodWhere(describe("the machine's clock", call -> Set.of("now", "currentTimeMillis", "systemUTC",
                        "systemDefaultZone", "system").contains(call.getName()) && (call.getTargetOwner().getPackageName().equals("java.time")
                        || call.getTargetOwner().isEquivalentTo(System.class))))
                .orShould().callConstructor(java.util.Date.class));
    }

    @Test
    void onlyConfigsAreMadeFromSettings() {
        Set<String> rooms = Set.of("config", "server", "cli");
        Set<String> wrong = HOUSE.stream().filter(type -> !type.getSimpleName().endsWith("Config") && !rooms.contains(room(type)))
                .flatMap(type -> type.getConstructors().stream())
                .filter(constructor -> constructor.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Settings.class)))
                .map(JavaConstructor::getFullName).collect(Collectors.toSet());
        assertThat(wrong).isEmpty();
    }

    @Test
    void onlyServicesAreTransactionBoundaries() {
        check(noClasses().that().haveSimpleNameNotEndingWith("Service").and().areNotAnnotatedWith(Interceptor.class)
                .should().beAnnotatedWith(Transactional.class));
        check(classes().that().areAnnotatedWith(Singleton.class).should().beAnnotatedWith(TransactionManagement.class)
                .because("Payara runs each start and timer in one transaction, unless the bean manages its own"));
        check(methods().that().areAnnotatedWith(Transactional.class).should().beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Service"));
    }

    @Test
    void noPackageHasANameThatSaysNothing() {
        assertThat(HOUSE.stream().flatMap(type -> Set.of(type.getPackageName().split("\\.")).stream()))
                .doesNotContain(MEANINGLESS);
    }

    @Test
    void everyRoomSaysWhatItPromises() {
        Set<String> silent = HOUSE.stream().map(type -> type.getPackageName().replace('.', '/'))
                .filter(path -> Files.notExists(Path.of("src/main/java", path, "package-info.java"))).collect(Collectors.toSet());
        assertThat(silent).as("packages without a package-info").isEmpty();
    }

    private static void check(ArchRule rule) {
        rule.check(HOUSE);
    }

    private static String in(String room) {
        return ROOT + "." + room + "..";
    }

    /** Empty for whatever lies outside of the house. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
    }

    private static DescribedPredicate<JavaClass> annotated(Class<? extends java.lang.annotation.Annotation> annotation) {
        return describe("are annotated with @" + annotation.getSimpleName(), type -> type.isAnnotatedWith(annotation));
    }

    private static ArchCondition<JavaClass> dependOnClassesThatAreNotIn(String room) {
        return new ArchCondition<>("depend on no other room") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !Set.of("", room)
                                .contains(room(dependency.getTargetClass().getBaseComponentType())))
                        .forEach(dependency -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }
}
