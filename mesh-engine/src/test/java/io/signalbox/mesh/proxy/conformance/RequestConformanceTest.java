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

/** What a caller may send, and what of it may reach the application: each case in one piece and byte by byte. */
class RequestConformanceTest {

    private static final int SHORT = 400;

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
    Stream<DynamicContainer> requests() {
        return themes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(theme -> DynamicContainer.dynamicContainer(
                        theme.getKey(), theme.getValue().stream().flatMap(RequestConformanceTest::tests)));
    }

    @Test
    void everyCaseHasANameOfItsOwn() {
        assertThat(names()).doesNotHaveDuplicates();
    }

    private static List<String> names() {
        return themes().values().stream()
                .flatMap(List::stream)
                .map(RequestCase::name)
                .toList();
    }

    static Map<String, List<RequestCase>> themes() {
        return Map.ofEntries(
                Map.entry("lengths", FramingCases.lengths()),
                Map.entry("codings", FramingCases.codings()),
                Map.entry("chunk sizes", ChunkCases.sizes()),
                Map.entry("chunk extensions", ChunkCases.extensions()),
                Map.entry("trailers", ChunkCases.trailers()),
                Map.entry("field names", FieldCases.names()),
                Map.entry("field values", FieldCases.values()),
                Map.entry("lines", FieldCases.lines()),
                Map.entry("sizes", FieldCases.sizes()),
                Map.entry("methods", RequestLineCases.methods()),
                Map.entry("versions", RequestLineCases.versions()),
                Map.entry("request lines", RequestLineCases.shapes()),
                Map.entry("origins", TargetCases.origins()),
                Map.entry("other targets", TargetCases.otherForms()),
                Map.entry("hosts", TargetCases.hosts()),
                Map.entry("hop by hop", ConnectionCases.hopByHop()),
                Map.entry("expectations", ConnectionCases.expectations()),
                Map.entry("orders", ConnectionCases.orders()));
    }

    private static Stream<DynamicTest> tests(RequestCase sent) {
        DynamicTest whole = DynamicTest.dynamicTest(sent.name(), () -> RequestRun.of(sent, Caller.Pace.AT_ONCE, mesh));
        return sent.size() > SHORT
                ? Stream.of(whole)
                : Stream.of(
                        whole,
                        DynamicTest.dynamicTest(
                                sent.name() + ", byte by byte",
                                () -> RequestRun.of(sent, Caller.Pace.BYTE_BY_BYTE, mesh)));
    }
}
