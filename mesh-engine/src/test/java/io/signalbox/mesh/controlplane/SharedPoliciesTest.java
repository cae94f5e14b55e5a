package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedPoliciesTest {

    private final SharedMesh mesh = new SharedMesh();

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void whoSawWhatTheOtherWroteIsNotRefusedByOneThatHasNotHeardOfItYet() {
        long before = mesh.a.put("2s").revision();
        await().until(() -> mesh.b.controlPlane.policies().all().containsKey("catalog"));
        assertThat(mesh.b.controlPlane.policies().current("catalog").revision()).isEqualTo(before);
        mesh.b.way.cut();
        long seen = mesh.a.put("3s").revision();
        mesh.b.way.mend();

        mesh.b.controlPlane.policies().delete("catalog", OptionalLong.of(seen), TestMesh.NOTE);

        await().until(() -> mesh.a.controlPlane.policies().all().isEmpty());
    }

    @Test
    void whatOneControlPlaneIsToldReachesTheSidecarsOfTheOther() {
        FakeSidecar sidecar = new FakeSidecar("storefront", "storefront-1", ServiceKind.CLIENT);
        mesh.b.controlPlane.attach(sidecar);
        mesh.a.register("catalog", "catalog-1", "v1");

        mesh.a.put("3s");

        await().untilAsserted(() ->
                assertThat(sidecar.config("catalog").policy().timeout()).isEqualTo(Duration.ofSeconds(3)));
        assertThat(mesh.b.events.after(0, 100))
                .extracting(RecordedEvent::event)
                .contains(new MeshEvent.PolicyChanged("catalog", 1, TestMesh.NOTE));
    }

    @Test
    void writesThroughBothComeOneAfterTheOtherAndNoneIsLost() {
        List<CompletableFuture<List<Long>>> writers = List.of(mesh.a, mesh.b).stream()
                .map(plane -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 50)
                        .mapToObj(i -> plane.put((1_000 + i) + "ms").revision())
                        .toList()))
                .toList();

        List<Long> revisions = writers.stream()
                .flatMap(writer -> writer.join().stream())
                .sorted()
                .toList();

        assertThat(revisions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(mesh.a.controlPlane.audit().newestFirst(Long.MAX_VALUE, 1_000))
                .extracting(AuditEntry::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).map(i -> 101 - i).boxed().toList());
        await().untilAsserted(() -> assertThat(List.of(mesh.a, mesh.b).stream().map(SharedPoliciesTest::catalog))
                .containsOnly(100L));
    }

    @Test
    void whoSawAnOlderRevisionIsRefusedByEither() {
        mesh.a.put("3s");
        mesh.b.put("4s");
        TrafficPolicy policy =
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: 5s\n");

        assertThatThrownBy(() -> mesh.a.controlPlane.policies().put(policy, OptionalLong.of(1), TestMesh.NOTE))
                .isInstanceOf(StaleRevisionException.class);
    }

    @Test
    void whatNobodyConfirmsIsTakenBackOnceByTheLeader() {
        TrafficPolicy policy =
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: 5s\n");
        mesh.b
                .controlPlane
                .policies()
                .put(policy, OptionalLong.empty(), TestMesh.NOTE, Optional.of(Duration.ofSeconds(10)));
        await().until(() -> !mesh.a.controlPlane.policies().pending().isEmpty());

        mesh.pass(Duration.ofSeconds(12));

        await().untilAsserted(() -> assertThat(List.of(mesh.a, mesh.b).stream()
                        .map(plane -> plane.controlPlane.policies().pending().size()))
                .containsOnly(0));
        assertThat(mesh.a.controlPlane.policies().history("catalog")).hasSize(2);
    }

    @Test
    void aFollowerTakesNothingBack() {
        mesh.b
                .controlPlane
                .policies()
                .put(
                        PolicyFormat.read(
                                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: 5s\n"),
                        OptionalLong.empty(),
                        TestMesh.NOTE,
                        Optional.of(Duration.ofSeconds(2)));

        mesh.b.time.advance(Duration.ofSeconds(3));

        assertThat(mesh.b.controlPlane.policies().pending()).hasSize(1);
    }

    private static long catalog(SharedMesh.Plane plane) {
        return plane.controlPlane.policies().current("catalog").revision();
    }
}
