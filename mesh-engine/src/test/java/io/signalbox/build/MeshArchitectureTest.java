package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MeshArchitectureTest {

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.signalbox.mesh");

    static Stream<ArchRule> rules() {
        return new MeshArchitecture("io.signalbox.mesh").rules();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theEngineKeepsItsShape(ArchRule rule) {
        rule.check(ENGINE);
    }

    @Test
    void theEngineIsWhatIsChecked() {
        assertThat(ENGINE).isNotEmpty();
    }

    /** Each rule, pointed at a small mesh that breaks it. */
    @Nested
    final class RulesFire {

        private static final String BROKEN = "io.signalbox.build.fixture.mesh";

        private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(BROKEN);

        private final MeshArchitecture architecture = new MeshArchitecture(BROKEN);

        @Test
        void onAPackageWithoutALayer() {
            assertThat(violations(architecture.everyPackageHasALayer())).contains("attic.Forgotten");
        }

        @ParameterizedTest
        @CsvSource({
            "model.ModelThatSeesEvents, event.Announcement",
            "event.EventThatSeesRouting, routing.RoutingOnJetty",
            "balance.BalanceThatSeesProxy, proxy.ProxyThatSeesCanary",
            "canary.CanaryThatSeesControlPlane, controlplane.ControlPlaneThatSeesRuntime",
            "controlplane.ControlPlaneThatSeesRuntime, runtime.RuntimeThatSeesCommands",
            "runtime.RuntimeThatSeesCommands, cli.Commands",
        })
        void onALowerLayerThatSeesAHigherOne(String lower, String higher) {
            var found = architecture.lowerLayersDoNotSeeHigherOnes().map(this::violations);

            assertThat(found).anySatisfy(text -> assertThat(text).contains(lower, higher));
        }

        @Test
        void onALeafThatSeesAnother() {
            var found = architecture.leavesDoNotSeeEachOther().map(this::violations);

            assertThat(found)
                    .anySatisfy(text -> assertThat(text)
                            .contains("registry.RegistryThatSeesBalance", "balance.BalanceThatSeesProxy"));
        }

        @Test
        void onACycleOfPackages() {
            assertThat(violations(architecture.noPackageCycles()))
                    .contains("proxy.ProxyThatSeesCanary", "canary.CanaryThatSeesControlPlane");
        }

        @Test
        void onJettyAwayFromTheEdges() {
            assertThat(violations(architecture.jettyStaysAtTheEdges())).contains("metrics.MetricsOnJetty");
        }

        @Test
        void onADecisionThatNeedsJetty() {
            assertThat(violations(architecture.decisionsAreFreeOfJetty())).contains("routing.RoutingOnJetty");
        }

        @Test
        void onJsonInTheModel() {
            assertThat(violations(architecture.jacksonStaysAtTheEdges())).contains("model.ModelAsJson");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "java.lang.System.nanoTime()",
                    "java.lang.System.currentTimeMillis()",
                    "java.lang.Math.random()",
                    "java.time.Instant.now()",
                    "java.util.Random.<init>()",
                })
        void onAClockOrChanceThatIsNotPassedIn(String call) {
            assertThat(violations(architecture.timeAndChanceArePassedIn()))
                    .contains("resilience.BreakerWithAClockOfItsOwn")
                    .contains(call);
        }

        @Test
        void onAnEngineThatSeesAnotherModule() {
            assertThat(violations(architecture.engineStandsAlone()))
                    .contains("runtime.RuntimeThatSeesCommands", "console.Screen");
        }

        private String violations(ArchRule rule) {
            return rule.allowEmptyShould(true)
                    .evaluate(FIXTURES)
                    .getFailureReport()
                    .toString();
        }
    }
}
