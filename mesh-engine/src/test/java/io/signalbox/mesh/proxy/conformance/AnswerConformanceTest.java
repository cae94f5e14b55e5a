package io.signalbox.mesh.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an application may answer, and what of it may reach the caller, or the next one. */
class AnswerConformanceTest {

    private static ConformanceMesh mesh;

    @BeforeAll
    static void startMesh() {
        mesh = new ConformanceMesh();
    }

    @AfterAll
    static void stopMesh() {
        mesh.close();
    }

    @TestFactory
    Stream<DynamicContainer> answers() {
        return themes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(theme -> DynamicContainer.dynamicContainer(
                        theme.getKey(), theme.getValue().stream().map(AnswerConformanceTest::test)));
    }

    @Test
    void everyCaseHasANameOfItsOwn() {
        assertThat(names()).doesNotHaveDuplicates();
    }

    private static List<String> names() {
        return themes().values().stream()
                .flatMap(List::stream)
                .map(AnswerCase::name)
                .toList();
    }

    static Map<String, List<AnswerCase>> themes() {
        return Map.of(
                "lengths", AnswerFramingCases.lengths(),
                "codings", AnswerFramingCases.codings(),
                "without a body", AnswerFramingCases.bodiless(),
                "connections", AnswerFramingCases.connections(),
                "status lines", AnswerHeadCases.statusLines(),
                "fields", AnswerHeadCases.fields(),
                "interim answers", AnswerHeadCases.interims());
    }

    private static DynamicTest test(AnswerCase sent) {
        return DynamicTest.dynamicTest(sent.name(), () -> AnswerRun.of(sent, mesh));
    }
}
