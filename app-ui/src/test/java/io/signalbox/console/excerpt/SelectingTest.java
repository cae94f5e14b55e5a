package io.signalbox.console.excerpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.Crowd;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectingTest {

    private static final Bounds FEW = new Bounds(20, 10, 15, 12, 3, 5, 3);

    private final Selecting selecting = new Selecting(FEW);

    @Test
    void aSmallMeshIsShownAsItIs() {
        MeshSnapshot shop = SnapshotFixtures.canary();

        Excerpt excerpt = new Selecting(Bounds.USUAL).of(shop, " ");

        assertThat(excerpt.shown()).isSameAs(shop);
        assertThat(excerpt.extent().isPart()).isFalse();
    }

    @Test
    void ofALargeMeshNoPartExceedsItsBound() {
        Excerpt excerpt = selecting.of(Crowd.of(1_000), "");

        MeshSnapshot shown = excerpt.shown();
        assertThat(shown.services()).hasSize(20);
        assertThat(shown.edges()).hasSizeLessThanOrEqualTo(15);
        assertThat(shown.breakers()).hasSizeLessThanOrEqualTo(12);
        assertThat(shown.splits()).hasSizeLessThanOrEqualTo(3);
        assertThat(excerpt.extent())
                .isEqualTo(new Extent(
                        20,
                        1_000,
                        10,
                        100,
                        shown.breakers().size(),
                        100,
                        shown.edges().size(),
                        100,
                        3,
                        10,
                        1_000,
                        ""));
        assertThat(excerpt.extent().isPart()).isTrue();
    }

    @Test
    void edgesAndCircuitsHaveBothTheirEndsInThePicture() {
        MeshSnapshot shown = selecting.of(Crowd.of(1_000), "").shown();

        Set<String> names = names(shown);
        assertThat(shown.edges()).allMatch(edge -> names.contains(edge.id().source()));
        assertThat(shown.breakers())
                .isNotEmpty()
                .allMatch(circuit -> names.contains(circuit.edge().destination()));
    }

    @Test
    void whatIsInTroubleComesFirst() {
        MeshSnapshot ill = with(Crowd.of(1_000), "svc-00777", ServiceHealth.FAILING);

        assertThat(selecting.of(ill, "").shown().services().getFirst().name()).isEqualTo("svc-00777");
    }

    @Test
    void whatIsShownStaysWhenOthersBecomeBusier() {
        Set<String> before = names(selecting.of(Crowd.of(1_000), "").shown());

        Set<String> after = names(selecting
                .of(with(Crowd.of(1_000), "svc-00990", ServiceHealth.OK), "")
                .shown());

        assertThat(after).isEqualTo(before);
    }

    @Test
    void theFilterFindsWhatWasNotShownAndItsNeighbours() {
        MeshSnapshot mesh = Crowd.of(1_000);

        Excerpt excerpt = selecting.of(mesh, "SVC-0090");

        Set<String> neighbours = new HashSet<>();
        mesh.edges().stream()
                .filter(edge -> edge.id().source().startsWith("svc-0090"))
                .forEach(edge -> neighbours.add(edge.id().destination()));
        assertThat(neighbours).isNotEmpty();
        assertThat(names(excerpt.shown())).contains("svc-00900", "svc-00905").containsAll(neighbours);
        assertThat(excerpt.extent().matching()).isEqualTo(10);
    }

    @Test
    void servicesWithASplitAreShownAmongManyThatAreBusierOrInTrouble() {
        MeshSnapshot mesh = Crowd.of(1_000);
        MeshSnapshot ill = mesh;
        for (int i = 1; i <= 30; i++) {
            ill = with(ill, Crowd.name(i), ServiceHealth.FAILING);
        }

        MeshSnapshot shown =
                new Selecting(new Bounds(20, 10, 15, 12, 20, 5, 3)).of(ill, "").shown();

        assertThat(names(shown))
                .containsAll(mesh.splits().stream().map(SplitStatus::service).toList());
        assertThat(shown.splits()).hasSameSizeAs(mesh.splits());
        assertThat(shown.services().getFirst().health()).isEqualTo(ServiceHealth.FAILING);
    }

    @Test
    void aSplitThatIsLeftOutMakesItAPart() {
        Extent all = new Extent(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "");
        Extent oneSplitLess = new Extent(1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, "");
        Extent oneEdgeLess = new Extent(1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, "");

        assertThat(all.isPart()).isFalse();
        assertThat(oneSplitLess.isPart()).isTrue();
        assertThat(oneEdgeLess.isPart()).isTrue();
    }

    @Test
    void aServiceOfManyVersionsIsCutInAMeshThatIsSmallElse() {
        MeshSnapshot shop = SnapshotFixtures.canary();
        ServiceStatus first = shop.services().get(1);
        VersionStatus like = first.versions().getFirst();
        List<VersionStatus> many = IntStream.range(0, 100_000)
                .mapToObj(i -> new VersionStatus("v" + i, like.health(), like.stats(), List.of()))
                .toList();
        List<ServiceStatus> services = new ArrayList<>(shop.services());
        services.set(
                1,
                new ServiceStatus(first.name(), first.kind(), first.protocol(), first.health(), first.stats(), many));

        MeshSnapshot shown =
                new Selecting(Bounds.USUAL).of(of(shop, services), "").shown();

        assertThat(shown.services())
                .hasSameSizeAs(services)
                .allMatch(service -> service.versions().size() <= 50);
    }

    private static Set<String> names(MeshSnapshot shown) {
        return shown.services().stream().map(ServiceStatus::name).collect(Collectors.toSet());
    }

    /** The same mesh with one service that carries more than any other. */
    private static MeshSnapshot with(MeshSnapshot mesh, String name, ServiceHealth health) {
        List<ServiceStatus> services = new ArrayList<>();
        for (ServiceStatus service : mesh.services()) {
            TrafficStats stats = service.stats();
            services.add(
                    service.name().equals(name)
                            ? new ServiceStatus(
                                    name,
                                    service.kind(),
                                    service.protocol(),
                                    health,
                                    new TrafficStats(1e6, 1, 0, 1, 0, stats.latency()),
                                    service.versions())
                            : service);
        }
        return of(mesh, services);
    }

    private static MeshSnapshot of(MeshSnapshot mesh, List<ServiceStatus> services) {
        return new MeshSnapshot(
                mesh.sequence(),
                mesh.eventSequence(),
                mesh.at(),
                mesh.mesh(),
                mesh.startedAt(),
                mesh.totals(),
                mesh.meshHops(),
                mesh.securedHops(),
                services,
                mesh.edges(),
                mesh.breakers(),
                mesh.splits(),
                mesh.scenario());
    }
}
