package io.signalbox.mesh.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.proxy.conformance.H2Caller.Got;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a caller that speaks HTTP/2 may send, and what of it may reach an application that speaks HTTP/1.1. */
class DowngradeConformanceTest {

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
                        theme.getKey(),
                        theme.getValue().stream().map(sent -> DynamicTest.dynamicTest(sent.name(), () -> play(sent)))));
    }

    @Test
    void everyCaseHasANameOfItsOwn() {
        assertThat(themes().values().stream().flatMap(List::stream).map(H2Case::name))
                .doesNotHaveDuplicates();
    }

    private static Map<String, List<H2Case>> themes() {
        return Map.of(
                "pseudo fields", DowngradeCases.pseudoFields(),
                "targets", DowngradeCases.targets(),
                "authorities", DowngradeCases.authorities(),
                "fields", DowngradeCases.fields(),
                "connection fields", DowngradeCases.connectionFields(),
                "lengths", DowngradeCases.lengths(),
                "bodies", DowngradeCases.bodies(),
                "trailers", DowngradeCases.trailers());
    }

    private static void play(H2Case sent) throws IOException {
        try (RecordingUpstream upstream = new RecordingUpstream(List.of())) {
            mesh.callGoesTo(upstream);
            Got got;
            try (H2Caller caller = mesh.h2Caller()) {
                got = caller.call(sent);
            }
            mesh.probe(upstream);
            upstream.close();
            judge(sent, got, upstream);
        }
    }

    private static void judge(H2Case sent, Got got, RecordingUpstream upstream) {
        List<String> complaints = new ArrayList<>();
        for (H2Case.Fate fate : sent.allowed()) {
            List<String> wrong = new ArrayList<>(upstream.malformed());
            compare(fate, got, upstream, wrong);
            if (wrong.isEmpty()) {
                return;
            }
            complaints.add(fate + ": " + String.join("; ", wrong));
        }
        throw new AssertionError(sent.name() + "\n  " + String.join("\n  or ", complaints) + "\n  caller got " + got
                + "\n  application got " + upstream.whole() + " and in part " + upstream.partial());
    }

    private static void compare(H2Case.Fate fate, Got got, RecordingUpstream upstream, List<String> wrong) {
        List<RecordingUpstream.Seen> whole = upstream.whole();
        switch (fate) {
            case H2Case.Fate.Arrives(Want want) -> {
                if (whole.size() != 1) {
                    wrong.add("requests: " + whole.size() + " (expected: 1)");
                    return;
                }
                String difference = want.difference(whole.getFirst().request());
                if (!difference.isEmpty()) {
                    wrong.add(difference);
                }
                String serial = want.method().equals("HEAD")
                        ? ""
                        : "" + whole.getFirst().serial();
                if (!(got instanceof Got.Answered(String body)) || !body.equals(serial)) {
                    wrong.add("answer: " + got + " (expected: " + serial + ")");
                }
            }
            case H2Case.Fate.Refused _ -> {
                expectNone(wrong, "requests", whole);
                expectNone(wrong, "parts of requests", upstream.partial());
            }
            case H2Case.Fate.Broken _ -> expectNone(wrong, "requests", whole);
        }
    }

    private static void expectNone(List<String> wrong, String what, List<?> seen) {
        if (!seen.isEmpty()) {
            wrong.add(what + ": " + seen + " (expected: none)");
        }
    }
}
