package io.signalbox.console.topology.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GraphModelTest {

    @Test
    void everyServiceIsANodeAndEveryCallAnEdge() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        GraphModel graph = GraphModel.of(calm);
        assertThat(graph.nodes()).hasSameSizeAs(calm.services());
        assertThat(graph.nodes()).extracting(GraphNode::name).isSorted().contains("cart", "bank", "shoppers");
        assertThat(graph.edges()).hasSameSizeAs(calm.edges());
        assertThat(graph.edges()).extracting(GraphEdge::id).isSorted();
        assertThat(node(graph, "shoppers").kind()).isEqualTo(ServiceKind.CLIENT);
        assertThat(node(graph, "shoppers").card()).isFalse();
        assertThat(node(graph, "bank").rows()).isEmpty();
    }

    @Test
    void eachVersionIsARowWithAPipForEachInstance() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.canary());
        GraphNode catalog = node(graph, "catalog");
        assertThat(catalog.rows()).extracting(VersionRow::version).containsExactly("v1", "v2");
        assertThat(catalog.rows().getFirst().pips()).containsExactly(Pip.OK, Pip.OK);
        assertThat(catalog.rows())
                .extracting(VersionRow::part)
                .containsExactly(VersionRow.Part.USUAL, VersionRow.Part.CANDIDATE);
        GraphNode pricing = node(GraphModel.of(SnapshotFixtures.paymentOpen()), "pricing");
        assertThat(pricing.rows().getFirst().pips()).containsExactly(Pip.OK, Pip.SLOW, Pip.OK);
    }

    @Test
    void aSplitGivesItsEdgeOneLegAVersion() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.canary());
        GraphEdge split = edge(graph, "storefront->catalog");
        assertThat(split.legs()).extracting(GraphEdge.Leg::version).containsExactly("v1", "v2");
        assertThat(split.legs()).extracting(GraphEdge.Leg::asked).containsExactly(70, 30);
        assertThat(split.legs()).extracting(GraphEdge.Leg::row).containsExactly(0, 1);
        assertThat(edge(graph, "catalog->reviews").legs()).isEmpty();
        assertThat(edge(GraphModel.of(SnapshotFixtures.calm()), "storefront->catalog")
                        .legs())
                .isEmpty();
    }

    @Test
    void aTickOfFiguresKeepsTheShape() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        GraphShape shape = GraphModel.of(calm).shape();
        assertThat(GraphModel.of(SnapshotFixtures.later(calm, 7)).shape()).isEqualTo(shape);
        assertThat(GraphModel.of(Variants.withBreaker(calm, "checkout->payment", BreakerState.OPEN))
                        .shape())
                .isEqualTo(shape);
    }

    @Test
    void membersEdgesAndLegsChangeTheShape() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        GraphShape shape = GraphModel.of(calm).shape();
        assertThat(GraphModel.of(Variants.without(calm, "mailer")).shape()).isNotEqualTo(shape);
        assertThat(GraphModel.of(Variants.withoutEdge(calm, "checkout->stock")).shape())
                .isNotEqualTo(shape);
        assertThat(GraphModel.of(SnapshotFixtures.canary()).shape()).isNotEqualTo(shape);
    }

    @Test
    void anEdgeToAServiceThatIsNotThereIsLeftOut() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        MeshSnapshot torn = new MeshSnapshot(
                2,
                0,
                calm.at(),
                calm.mesh(),
                calm.startedAt(),
                calm.totals(),
                0,
                0,
                Variants.without(calm, "bank").services(),
                calm.edges(),
                calm.breakers(),
                calm.splits(),
                calm.scenario());
        assertThat(GraphModel.of(torn).edge(id("payment->bank"))).isNull();
        assertThat(GraphModel.of(torn).edge(id("checkout->payment"))).isNotNull();
    }

    @Test
    void theBreakerMarkTellsTheSoonestProbeAndWhetherAnyCallPasses() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.paymentOpen());
        BreakerMark open = edge(graph, "checkout->payment").breaker();
        assertThat(open.state()).isEqualTo(BreakerState.OPEN);
        assertThat(open.severed()).isTrue();
        assertThat(open.nextProbe()).isEqualTo(SnapshotFixtures.AT.plusSeconds(37));
        assertThat(open.refused()).isEqualTo(940);
        BreakerMark trial = edge(graph, "checkout->mailer").breaker();
        assertThat(trial.trials()).isEqualTo(1);
        assertThat(trial.trialLimit()).isPositive();
        assertThat(trial.severed()).isFalse();
        BreakerMark forced = edge(graph, "payment->bank").breaker();
        assertThat(forced.note()).isEqualTo("bank maintenance");
        assertThat(forced.nextProbe()).isNull();
        assertThat(edge(graph, "storefront->cart").breaker().severed()).isFalse();
    }

    @Test
    void aCallerWithoutAnIdentityIsRefused() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.paymentOpen());
        assertThat(edge(graph, "intruder->checkout").refusal()).isPresent();
        assertThat(edge(graph, "checkout->payment").refusal()).isEmpty();
    }

    @Test
    void aServiceThatNobodyCallsSleeps() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.paymentOpen());
        assertThat(graph.asleep(node(graph, "mailer"))).isTrue();
        assertThat(graph.asleep(node(graph, "cart"))).isFalse();
        assertThat(graph.asleep(node(graph, "bank"))).isFalse();
    }

    @Test
    void aNodeIsAsSecureAsTheCallsToIt() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.calm());
        assertThat(node(graph, "cart").security()).isEqualTo(Security.MTLS);
        assertThat(node(graph, "bank").security()).isEqualTo(Security.PLAIN);
    }

    @Test
    void theWorstComesFirstAndAtMostSoMany() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.paymentOpen());
        assertThat(Trouble.worst(graph, 5)).hasSize(5);
        Trouble first = Trouble.worst(graph, 5).getFirst();
        assertThat(first.kind()).isEqualTo(Trouble.Kind.BREAKER_OPEN);
        assertThat(first.where().isEdge(id("checkout->payment"))).isTrue();
        assertThat(Trouble.worst(graph, 5))
                .extracting(Trouble::weight)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(Trouble.worst(graph, 20))
                .noneMatch(trouble -> trouble.where().isEdge(id("intruder->checkout")));
        assertThat(Trouble.worst(GraphModel.of(SnapshotFixtures.calm()), 5)).isEmpty();
        assertThat(Trouble.worst(GraphModel.of(SnapshotFixtures.everythingDown()), 5))
                .hasSize(5);
    }

    static EdgeId id(String text) {
        return EdgeId.parse(text);
    }

    static GraphEdge edge(GraphModel graph, String id) {
        return Objects.requireNonNull(graph.edge(id(id)));
    }

    static GraphNode node(GraphModel graph, String name) {
        return Objects.requireNonNull(graph.node(name));
    }
}
