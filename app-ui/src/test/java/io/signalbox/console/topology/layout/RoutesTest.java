package io.signalbox.console.topology.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.GraphShape;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    @ParameterizedTest
    @CsvSource({"100, 50", "48, 24", "20, 24", "-100, -50", "-20, -24"})
    void controlPointsLieHalfwayButAtLeast24Away(double dx, double reach) {
        Cubic bend = Cubic.bend(10, 0, 10 + dx, 70);
        assertThat(bend.x1()).isEqualTo(10 + reach);
        assertThat(bend.x2()).isEqualTo(10 + dx - reach);
        assertThat(bend.y1()).isZero();
        assertThat(bend.y2()).isEqualTo(70);
        assertThat(bend.straight()).isFalse();
        assertThat(Cubic.line(0, 5, 90, 5).straight()).isTrue();
    }

    @Test
    void anEdgeRunsFromTheRightMiddleToTheLeftMiddle() {
        GraphShape shape = LayoutTest.shapeOf("a->b");
        GraphLayout layout = new ColumnLayout().layout(shape, GraphLayout.EMPTY);
        Route route = route(Routes.of(shape, layout), "a->b");
        Box a = LayoutTest.box(layout, "a");
        Box b = LayoutTest.box(layout, "b");
        Cubic curve = route.trunk().curves().getFirst();
        assertThat(curve.x0()).isEqualTo(a.right());
        assertThat(curve.y0()).isEqualTo(a.centerY());
        assertThat(curve.x3()).isEqualTo(b.x());
        assertThat(curve.y3()).isEqualTo(b.centerY());
        assertThat(route.trunk().length()).isCloseTo(100, within(0.1));
        assertThat(route.gapEnd() - route.gapStart()).isCloseTo(22, within(0.1));
    }

    @Test
    void edgesOfOneCardSpreadOverItsHeightInTheOrderOfTheirTargets() {
        GraphShape shape = LayoutTest.shapeOf("a->b", "a->c", "a->d", "a->e");
        GraphLayout layout = new ColumnLayout().layout(shape, GraphLayout.EMPTY);
        Box a = LayoutTest.box(layout, "a");
        Map<EdgeId, Route> routes = Routes.of(shape, layout);
        List<Double> heights = List.of("a->b", "a->c", "a->d", "a->e").stream()
                .map(id -> route(routes, id).trunk().curves().getFirst().y0())
                .toList();
        assertThat(heights).isSorted().doesNotHaveDuplicates();
        assertThat(heights.getFirst()).isCloseTo(a.y() + 0.12 * a.height(), within(1e-6));
        assertThat(heights.getLast()).isCloseTo(a.y() + 0.88 * a.height(), within(1e-6));
    }

    @Test
    void aSplitEndsInATurnoutWithALegToEachRow() {
        GraphShape shape = GraphModel.of(SnapshotFixtures.canary()).shape();
        GraphLayout layout = new ElkLayout().layout(shape, GraphLayout.EMPTY);
        Route route = route(Routes.of(shape, layout), "storefront->catalog");
        Box catalog = LayoutTest.box(layout, "catalog");
        assertThat(route.split()).isTrue();
        assertThat(route.legs()).hasSize(2);
        Cubic end = route.trunk().curves().getLast();
        assertThat(end.x3()).isBetween(catalog.x() - Route.TURNOUT, catalog.x() - 50);
        for (int row = 0; row < 2; row++) {
            Cubic leg = route.legs().get(row).curves().getFirst();
            assertThat(leg.x0()).isEqualTo(end.x3());
            assertThat(leg.x3()).isEqualTo(catalog.x());
            assertThat(leg.y3()).isEqualTo(catalog.y() + NodeSize.HEADER + NodeSize.ROW * (row + 0.5));
            assertThat(route.x(route.length(row), row)).isCloseTo(catalog.x(), within(0.1));
        }
    }

    @Test
    void aPlaceOnATrackIsAsFarAlongAsAsked() {
        Track track = new Track(List.of(Cubic.bend(0, 0, 100, 80)));
        assertThat(track.x(0)).isZero();
        assertThat(track.x(track.length())).isCloseTo(100, within(0.01));
        assertThat(track.y(track.length() / 2)).isCloseTo(40, within(0.5));
        assertThat(track.x(-5)).isZero();
        assertThat(track.x(1e6)).isCloseTo(100, within(0.01));
        assertThat(track.distanceTo(0, -7)).isCloseTo(7, within(0.01));
        assertThat(track.crosses(new Box(45, 35, 10, 10))).isTrue();
        assertThat(track.crosses(new Box(80, 0, 10, 10))).isFalse();
    }

    @Test
    void anEdgeWithoutAPlaceForBothEndsHasNoRoute() {
        GraphLayout layout = new ColumnLayout().layout(LayoutTest.shapeOf("a->b"), GraphLayout.EMPTY);
        assertThat(Routes.of(LayoutTest.shapeOf("a->b", "a->z"), layout)).containsOnlyKeys(EdgeId.parse("a->b"));
    }

    @ParameterizedTest
    @CsvSource({
        "cart,                SERVICE, INNER, 1, 156,  60",
        "a-very-long-service, SERVICE, INNER, 2, 172,  82",
        "cart,                SERVICE, LEAF,  1, 138,  60",
        "bank,                EXTERNAL, LEAF, 0,  92,  44"
    })
    void cardsAreAsLargeAsTheDesignSays(
            String name, ServiceKind kind, GraphNode.Place place, int lines, double width, double height) {
        NodeSize size = NodeSize.of(new GraphShape.Node(name, kind, "", lines, place));
        assertThat(size.width()).isBetween(width, width + 0.001);
        assertThat(size.height()).isEqualTo(height);
    }

    private static Route route(Map<EdgeId, Route> routes, String id) {
        return Objects.requireNonNull(routes.get(EdgeId.parse(id)));
    }
}
