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
import org.junit.jupiter.params.provider.MethodSource;

final class ConsoleArchitectureTest {

    private static final JavaClasses CONSOLE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.signalbox.console");

    static Stream<ArchRule> rules() {
        return new ConsoleArchitecture("io.signalbox.console", "io.signalbox.mesh").rules();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theConsoleKeepsItsShape(ArchRule rule) {
        rule.check(CONSOLE);
    }

    /** Each rule, pointed at a small console that breaks it. */
    @Nested
    final class RulesFire {

        private static final String FIXTURE = "io.signalbox.build.fixture";

        private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(FIXTURE);

        private final ConsoleArchitecture architecture =
                new ConsoleArchitecture(FIXTURE + ".console", FIXTURE + ".mesh");

        @Test
        void onAViewModelThatKnowsAScene() {
            assertThat(violations(architecture.viewModelsKnowNoScene()))
                    .contains("console.traffic.DrawingViewModel", "javafx.scene.Node");
        }

        @Test
        void onAViewModelWithAClockOfItsOwn() {
            assertThat(violations(architecture.viewModelsTakeTimeAsAParameter()))
                    .contains("console.traffic.DrawingViewModel", "java.time.Instant.now()");
        }

        @Test
        void onAScreenThatSeesTheProxy() {
            assertThat(violations(architecture.engineIsUsedByItsPublicPackages()))
                    .contains("console.shell.ScreenThatSeesProxy", "mesh.proxy.Proxy")
                    .doesNotContain("ScreenThatSeesProxy.model");
        }

        @Test
        void onACycleOfPackages() {
            assertThat(violations(architecture.noPackageCycles())).contains("Slice shell", "Slice traffic");
        }

        private String violations(ArchRule rule) {
            return rule.evaluate(FIXTURES).getFailureReport().toString();
        }
    }
}
