package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.trace.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console sees of single requests and circuits of sidecars in other processes. */
final class AttachedDetailsTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "to see");
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TwoSidecars shop;

    @BeforeEach
    void open() throws IOException {
        shop = new TwoSidecars(folder);
        await().atMost(SOON).until(shop::serves);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aRequestIsListedAndExplainedByWhatItsSidecarDecided() {
        shop.call("/items/7", "one");

        await().atMost(SOON).until(() -> isHeld("one"));

        ExplainedRequest explained = shop.mesh.requests().explain("one").getFirst();
        assertThat(explained.request().path()).isEqualTo("/items/7");
        assertThat(explained.request().sourceInstance()).isEqualTo("storefront-1");
        assertThat(explained.certainty()).isEqualTo(ExplainedRequest.Certainty.REPLAYED);
        assertThat(explained.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.instance()).isEqualTo("catalog-1"));
        assertThat(explained.awaySince()).isNull();
    }

    @Test
    void theSpansOfBothEndsAreOneTrace() {
        shop.call("/items/7", "one");
        await().atMost(SOON).until(() -> isHeld("one"));
        String trace = shop.mesh.requests().explain("one").getFirst().request().traceId();

        await().atMost(SOON).until(() -> spans(trace).size() == 2);

        assertThat(spans(trace)).extracting(Span::service).containsExactlyInAnyOrder("storefront", "catalog");
    }

    @Test
    void aTapShowsRequestsAsTheyEnd() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (var _ = shop.mesh.requests().tap(RequestFilter.ALL, new Requests.TapListener() {
            @Override
            public void request(RequestLine request) {
                seen.add(String.valueOf(request.id()));
            }
        })) {
            await().atMost(SOON).until(() -> {
                shop.call("/", "tapped");
                return seen.contains("tapped");
            });
        }
    }

    @Test
    void failuresBeyondWhatIsToldAreCounted() {
        shop.answer.set(500);
        shop.mesh.putPolicy(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                        + "circuitBreaker: { failureThreshold: 100000 }\n",
                NOTE);
        int sent = 0;
        while (untold("storefront") == 0 && sent < 20_000) {
            for (int i = 0; i < 500; i++) {
                shop.call("/", "failing-" + sent++);
            }
        }
        assertThat(untold("storefront")).isPositive();
        assertThat(shop.mesh.requests().newest(RequestFilter.ALL, 10)).anyMatch(line -> line.kept() == Kept.FAILED);
    }

    @Test
    void theMoveOfACircuitIsAnEvent() {
        shop.answer.set(500);
        await().atMost(SOON).until(() -> {
            shop.call("/", "failing");
            return shop.mesh.events(0, 1_000).stream()
                    .map(RecordedEvent::event)
                    .anyMatch(event -> event instanceof MeshEvent.BreakerMoved moved
                            && moved.to() == BreakerState.OPEN
                            && moved.subject().equals("storefront-1->catalog-1"));
        });
    }

    @Test
    void pathsOfTenKilobytesLoseNoMoveOfACircuit() {
        shop.answer.set(500);
        String path = "/" + "x".repeat(10_000);

        await().atMost(SOON).until(() -> {
            for (int i = 0; i < 300; i++) {
                shop.call(path, "long-" + i);
            }
            return shop.mesh.events(0, 1_000).stream()
                    .map(RecordedEvent::event)
                    .anyMatch(
                            event -> event instanceof MeshEvent.BreakerMoved moved && moved.to() == BreakerState.OPEN);
        });
        await().atMost(SOON)
                .until(() -> shop.mesh.requests().newest(RequestFilter.ALL, 10).stream()
                        .anyMatch(line -> line.path().length() == 1_024));
    }

    @Test
    void whyItsCircuitOpenedIsAskedOfTheSidecarThatHoldsIt() {
        shop.answer.set(500);
        await().atMost(SOON).until(() -> shop.call("/", "failing") == 503);
        await().atMost(SOON)
                .until(() -> shop.mesh.snapshot().breakers().stream()
                        .anyMatch(circuit -> circuit.state() == BreakerState.OPEN));
        await().atMost(SOON).until(() -> isHeld("failing"));

        CircuitAutopsy autopsy =
                shop.mesh.breakers().autopsy("storefront->catalog").circuits().getFirst();

        assertThat(autopsy.id()).isEqualTo("storefront-1->catalog-1");
        assertThat(autopsy.rule()).isEqualTo(CircuitAutopsy.Rule.FAILURES_IN_A_ROW);
        assertThat(autopsy.calls().getLast().requestId()).isEqualTo("failing");
        assertThat(autopsy.calls().getLast().explained()).isTrue();
        assertThat(autopsy.refused().getFirst().calls()).isPositive();
        assertThat(autopsy.counterfactuals()).isNotEmpty();
    }

    @Test
    void aCommandHasMovedTheCircuitWhenItReturns() {
        assertThat(shop.mesh.commandBreaker("storefront->catalog", BreakerCommand.OPEN, NOTE))
                .isEqualTo(1);

        assertThat(shop.call("/", "refused")).isEqualTo(503);
        assertThat(shop.mesh.snapshot().breakers()).anyMatch(circuit -> circuit.state() == BreakerState.FORCED_OPEN);
        assertThatThrownBy(() -> shop.mesh.commandBreaker("billing->catalog", BreakerCommand.OPEN, NOTE))
                .hasMessageContaining("circuit: billing->catalog");
    }

    @Test
    void aCommandForASidecarThatHasGoneSaysSo() {
        shop.calling.close();
        await().atMost(SOON).until(() -> shop.mesh.sidecars().size() == 1);

        assertThatThrownBy(() -> shop.mesh.commandBreaker("storefront-1:catalog-1", BreakerCommand.OPEN, NOTE))
                .hasMessageContaining("one whose sidecar is attached; gone are storefront-1 since ");
        assertThatThrownBy(() -> shop.mesh.breakers().autopsy("storefront-1:catalog-1"))
                .hasMessageContaining("gone are storefront-1 since ");
    }

    @Test
    void whoseSidecarHasGoneIsSaid() {
        shop.call("/items/7", "one");
        await().atMost(SOON).until(() -> isHeld("one"));

        shop.calling.close();

        await().atMost(SOON)
                .until(() -> shop.mesh.requests().explain("one").getFirst().awaySince() != null);
    }

    private long untold(String service) {
        return shop.mesh.sidecars().stream()
                .filter(sidecar -> sidecar.service().equals(service))
                .map(SidecarStatus::untold)
                .mapToLong(count -> count == null ? 0 : count)
                .sum();
    }

    private List<Span> spans(String trace) {
        try {
            return shop.mesh.requests().trace(trace);
        } catch (MeshException e) {
            return List.of();
        }
    }

    private boolean isHeld(String id) {
        try {
            return !shop.mesh.requests().explain(id).isEmpty();
        } catch (MeshException e) {
            return false;
        }
    }
}
