package io.signalbox.console.topology.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.topology.graph.Variants;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotsTest {

    private static final String CART = "storefront->cart";
    private static final String CATALOG = "storefront->catalog";

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "0.1, 1", "4, 1", "12, 3", "41, 5", "205, 7", "738, 10", "1000000, 16"})
    void dotsGrowWithTheLogarithmOfTheRate(double rps, int dots) {
        assertThat(DotRules.count(rps)).isEqualTo(dots);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 160", "0.1, 160", "1, 140", "10, 105", "100, 70", "1000, 40", "60000, 40"})
    void slowCallsCrawl(double p50Millis, double speed) {
        assertThat(DotRules.speed(p50Millis)).isCloseTo(speed, within(1e-9));
    }

    @Test
    void aDotComesAsFarAsItsSpeedSays() {
        Staged staged = Staged.of(SnapshotFixtures.calm());
        EdgeDots dots = dots(staged, CART, 1);
        double before = dots.x(0);
        dots.advance(0.001);
        double moved = dots.x(0) - before;
        assertThat(moved).isPositive().isLessThanOrEqualTo(DotRules.speed(2) * 0.001 + 1e-3);
    }

    @Test
    void dotsStartEvenlySpreadAndTheSameForTheSameEdge() {
        Staged staged = Staged.of(SnapshotFixtures.calm());
        EdgeDots dots = dots(staged, CART, 10);
        EdgeDots again = dots(staged, CART, 10);
        Route route = staged.route(CART);
        for (int i = 0; i < 10; i++) {
            assertThat(dots.x(i)).isEqualTo(again.x(i));
            double least = route.x(route.length(0) * (i + 0.2) / 10, 0);
            double most = route.x(route.length(0) * (i + 0.8) / 10, 0);
            assertThat(dots.x(i)).isBetween(least - 0.1, most + 0.1);
        }
    }

    @Test
    void asManyDotsAreCrossesAsCallsFailed() {
        EdgeDots dots = dots(Staged.of(failing(10_000)), CART, 16);
        int crosses = 0;
        for (int frame = 0; frame < 3_000; frame++) {
            dots.advance(0.7);
            crosses += crosses(dots);
        }
        assertThat(crosses / 48_000.0).isCloseTo(0.2, within(0.02));
    }

    @Test
    void atLeastOneDotIsACrossWhenAnyCallFailedAndNoneWhenNoneDid() {
        EdgeDots once = dots(Staged.of(failing(1)), CART, 5);
        EdgeDots never = dots(Staged.of(failing(0)), CART, 5);
        for (int frame = 0; frame < 200; frame++) {
            once.advance(0.3);
            never.advance(0.3);
            assertThat(crosses(once)).isPositive();
            assertThat(crosses(never)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CART, CATALOG})
    void behindAnOpenBreakersGapNothingRunsSplitOrNot(String edge) {
        Staged closed = Staged.of(SnapshotFixtures.canary());
        EdgeDots dots = dots(closed, edge, 12);
        for (int frame = 0; frame < 40; frame++) {
            dots.advance(0.05);
        }
        Staged open = Staged.of(Variants.withBreaker(SnapshotFixtures.canary(), edge, BreakerState.OPEN));
        dots.update(open.edge(edge), open.route(edge), 12);
        double gap = open.route(edge).x(open.route(edge).gapStart(), 0);
        for (int frame = 0; frame < 200; frame++) {
            for (int dot = 0; dot < 12; dot++) {
                assertThat(dots.x(dot)).isLessThanOrEqualTo(gap + 0.01);
                assertThat(dots.legBehindTurnout(dot)).isEqualTo(-1);
            }
            dots.advance(0.05);
        }
    }

    @Test
    void legsGetDotsAsTheVersionsGetCalls() {
        EdgeDots dots = dots(Staged.of(SnapshotFixtures.canary()), CATALOG, 16);
        int candidate = 0;
        for (int frame = 0; frame < 3_000; frame++) {
            dots.advance(1.1);
            for (int dot = 0; dot < 16; dot++) {
                candidate += dots.leg(dot);
            }
        }
        assertThat(candidate / 48_000.0).isCloseTo(0.3, within(0.03));
    }

    @Test
    void aSplitThatLosesAVersionTakesItsDotsAlong() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        String edge = "catalog->reviews";
        Staged three = Staged.of(Variants.withSplit(calm, "reviews", "v1", "v2", "v3"));
        Staged two = Staged.of(Variants.withSplit(calm, "reviews", "v1", "v2"));
        EdgeDots dots = dots(three, edge, 16);
        dots.advance(1);
        dots.update(two.edge(edge), two.route(edge), 16);
        for (int frame = 0; frame < 100; frame++) {
            for (int dot = 0; dot < 16; dot++) {
                assertThat(dots.leg(dot)).isBetween(0, 1);
                assertThat(dots.x(dot)).isFinite();
            }
            dots.advance(0.1);
        }
        Staged none = Staged.of(calm);
        dots.update(none.edge(edge), none.route(edge), 16);
        assertThat(dots.x(15))
                .isBetween(
                        none.route(edge).bounds().x(), none.route(edge).bounds().right());
    }

    @Test
    void moreTrafficAddsDotsAndLessTakesThemAway() {
        Staged staged = Staged.of(SnapshotFixtures.calm());
        EdgeDots dots = dots(staged, CART, 2);
        double first = dots.x(0);
        dots.update(staged.edge(CART), staged.route(CART), 9);
        assertThat(dots.count()).isEqualTo(9);
        assertThat(dots.x(0)).isEqualTo(first);
        dots.update(staged.edge(CART), staged.route(CART), 1);
        assertThat(dots.count()).isEqualTo(1);
        assertThat(dots.x(0)).isEqualTo(first);
    }

    @Test
    void allEdgesTogetherHaveAtMost1500DotsAndEveryErringEdgeHasOne() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            int edges = 1_490;
            int[] wanted = random.ints(edges, 1, 17).toArray();
            int erring = random.nextInt(edges);
            DotBudget budget = new DotBudget(Arrays.stream(wanted).sum(), erring);
            int given = 0;
            for (int i = 0; i < edges; i++) {
                boolean fails = i >= edges - erring;
                int dots = budget.take(wanted[i], fails ? DotRules.Errors.SOME : DotRules.Errors.NONE);
                assertThat(dots).isBetween(fails ? 1 : 0, wanted[i]);
                given += dots;
            }
            assertThat(given).isBetween(1_490, DotRules.MOST);
        }
    }

    @Test
    void whileTheBudgetLastsEachEdgeGetsWhatItWants() {
        DotBudget budget = new DotBudget(1_500, 3);
        assertThat(budget.take(16, DotRules.Errors.NONE)).isEqualTo(16);
        assertThat(budget.take(5, DotRules.Errors.SOME)).isEqualTo(5);
        assertThat(budget.take(0, DotRules.Errors.SOME)).isZero();
    }

    @Test
    void aLargeMeshKeepsTheCap() {
        Staged staged = Staged.of(SnapshotFixtures.large(120, 420));
        TrafficDots dots = new TrafficDots();
        dots.update(staged.model(), staged.routes());
        assertThat(dots.count()).isBetween(1_000, DotRules.MOST);
        assertThat(dots.edges()).filteredOn(edge -> edge.edge().erring()).allMatch(edge -> edge.count() > 0);
    }

    @Test
    void refusedCallersAndEdgesThatLeftHaveNoDots() {
        Staged staged = Staged.of(SnapshotFixtures.paymentOpen());
        TrafficDots dots = new TrafficDots();
        dots.update(staged.model(), staged.routes());
        assertThat(dots.edges())
                .filteredOn(edge -> edge.edge().id().equals(EdgeId.parse("intruder->checkout")))
                .allMatch(edge -> edge.count() == 0);
        Staged fewer = Staged.of(Variants.without(SnapshotFixtures.calm(), "mailer"));
        dots.update(fewer.model(), fewer.routes());
        assertThat(dots.edges()).hasSameSizeAs(fewer.model().edges());
    }

    private static MeshSnapshot failing(long failures) {
        Latency latency = new Latency(2_000_000, 3_000_000, 6_000_000, 8_000_000);
        return Variants.withStats(
                SnapshotFixtures.calm(), CART, new TrafficStats(5_000, 50_000, failures, 50_000, failures, latency));
    }

    private static int crosses(EdgeDots dots) {
        int crosses = 0;
        for (int dot = 0; dot < dots.count(); dot++) {
            crosses += dots.cross(dot) ? 1 : 0;
        }
        return crosses;
    }

    private static EdgeDots dots(Staged staged, String edge, int count) {
        EdgeDots dots = new EdgeDots(staged.edge(edge), staged.route(edge));
        dots.update(staged.edge(edge), staged.route(edge), count);
        return dots;
    }
}
