package io.signalbox.console.topology.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.GraphShape;
import io.signalbox.console.topology.graph.Variants;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {

    static Stream<LayoutEngine> engines() {
        return Stream.of(new ElkLayout(), new ColumnLayout());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void callsRunFromLeftToRight(LayoutEngine engine) {
        GraphShape shape = shape();
        GraphLayout layout = engine.layout(shape, GraphLayout.EMPTY);
        assertThat(layout.boxes()).hasSameSizeAs(shape.nodes());
        assertThat(shape.edges())
                .allSatisfy(edge -> assertThat(
                                box(layout, edge.id().destination()).x())
                        .as("%s", edge.id())
                        .isGreaterThanOrEqualTo(box(layout, edge.id().source()).right() + 50));
        assertThat(layout.column().get("shoppers")).isZero();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void noTwoCardsOverlap(LayoutEngine engine) {
        for (GraphShape shape : List.of(shape(), large())) {
            List<Box> boxes =
                    List.copyOf(engine.layout(shape, GraphLayout.EMPTY).boxes().values());
            for (int i = 0; i < boxes.size(); i++) {
                for (int j = i + 1; j < boxes.size(); j++) {
                    assertThat(boxes.get(i).intersects(boxes.get(j))).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theSameShapeIsLaidOutTheSame(LayoutEngine engine) {
        assertThat(engine.layout(shape(), GraphLayout.EMPTY)).isEqualTo(engine.layout(shape(), GraphLayout.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aGraphOfNothingHasNoPlaces(LayoutEngine engine) {
        GraphLayout none = engine.layout(new GraphShape(List.of(), List.of()), GraphLayout.EMPTY);
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.bounds().width()).isZero();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aCycleAndACallToItselfEnd(LayoutEngine engine) {
        GraphShape shape = shapeOf("a->b", "b->a", "b->b", "b->c");
        GraphLayout layout = engine.layout(shape, GraphLayout.EMPTY);
        assertThat(layout.boxes()).containsOnlyKeys("a", "b", "c");
        assertThat(Routes.of(shape, layout)).hasSize(4);
    }

    @Test
    void aCallToItselfPushesNothingAside() {
        GraphLayout layout = new ColumnLayout().layout(shapeOf("a->a", "a->b", "b->c", "c->d"), GraphLayout.EMPTY);
        assertThat(layout.column()).containsEntry("a", 0).containsEntry("b", 1).containsEntry("d", 3);
    }

    @Test
    void theOrderOfTheColumnsIsKeptWhenANodeLeaves() {
        GraphLayout before = new ElkLayout().layout(shape(), GraphLayout.EMPTY);
        GraphShape fewer = GraphModel.of(Variants.without(SnapshotFixtures.calm(), "mailer"))
                .shape();
        GraphLayout after = new ElkLayout().layout(fewer, before);
        List<String> kept =
                topDown(before).stream().filter(name -> !name.equals("mailer")).toList();
        assertThat(topDown(after)).isEqualTo(kept);
    }

    @Test
    void longEdgesPassThroughTheColumnsBetweenAndUnderNoCard() {
        GraphShape shape = shape();
        GraphLayout layout = new ElkLayout().layout(shape, GraphLayout.EMPTY);
        assertThat(layout.passages()).isNotEmpty();
        Routes.of(shape, layout)
                .forEach((id, route) -> layout.boxes().forEach((name, box) -> {
                    if (!id.source().equals(name) && !id.destination().equals(name)) {
                        assertThat(route.crosses(box))
                                .as("%s under %s", id, name)
                                .isFalse();
                    }
                }));
    }

    @Test
    void theGapsFollowTheRoomWithinTheirBounds() {
        GraphShape shape = GraphModel.of(SnapshotFixtures.canary()).shape();
        GraphLayout layout = new ElkLayout().layout(shape, GraphLayout.EMPTY);
        GraphLayout narrow = Spacing.fit(shape, layout, 0);
        GraphLayout wide = Spacing.fit(shape, layout, 1e6);
        assertThat(narrow.gaps()).allSatisfy(gap -> assertThat(gap).isBetween(50.0, 92.0));
        assertThat(wide.gaps()).allSatisfy(gap -> assertThat(gap).isBetween(88.0, 132.0));
        assertThat(wide.bounds().width()).isGreaterThan(narrow.bounds().width());
        assertThat(wide.columns()).isEqualTo(narrow.columns());
    }

    @Test
    void nodesTravelFromTheirOldPlaceToTheNew() {
        GraphLayout from = new ColumnLayout().layout(shapeOf("a->b"), GraphLayout.EMPTY);
        GraphLayout to = from.withGaps(List.of(200.0));
        assertThat(box(from.towards(to, 0), "b")).isEqualTo(box(from, "b"));
        assertThat(box(from.towards(to, 1), "b")).isEqualTo(box(to, "b"));
        assertThat(box(from.towards(to, 0.5), "b").x())
                .isEqualTo((box(from, "b").x() + box(to, "b").x()) / 2);
        assertThat(GraphLayout.EMPTY.towards(to, 0.1).boxes()).isEqualTo(to.boxes());
    }

    @Test
    void whereTheLayoutThrowsThePlainOneStandsIn() {
        List<GraphLayout> done = new ArrayList<>();
        LayoutEngine broken = (shape, before) -> {
            throw new IllegalStateException("no algorithm");
        };
        new LayoutRunner(broken, Runnable::run, (shape, layout) -> done.add(layout)).submit(shape());
        assertThat(done).containsExactly(new ColumnLayout().layout(shape(), GraphLayout.EMPTY));
    }

    @Test
    void layoutWaitsForTheBackgroundAndOnlyTheNewestIsDone() {
        Deque<Runnable> background = new ArrayDeque<>();
        List<GraphShape> laidOut = new ArrayList<>();
        List<GraphLayout> earlier = new ArrayList<>();
        LayoutEngine engine = (shape, before) -> {
            laidOut.add(shape);
            earlier.add(before);
            return new ColumnLayout().layout(shape, before);
        };
        List<GraphLayout> done = new ArrayList<>();
        LayoutRunner runner = new LayoutRunner(engine, background::add, (shape, layout) -> done.add(layout));
        runner.submit(shapeOf("a->b"));
        runner.submit(shapeOf("a->c"));
        runner.submit(shapeOf("a->d"));
        assertThat(laidOut).isEmpty();
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(laidOut).containsExactly(shapeOf("a->d"));
        runner.submit(shapeOf("a->e"));
        background.remove().run();
        assertThat(earlier).containsExactly(GraphLayout.EMPTY, done.getFirst());
    }

    @Test
    void arrowsGoToTheNextNodeThatWay() {
        GraphLayout layout = new ColumnLayout().layout(shapeOf("a->b", "a->c", "b->d"), GraphLayout.EMPTY);
        assertThat(Directions.first(layout)).contains("a");
        assertThat(Directions.next(layout, "a", Directions.Direction.RIGHT)).contains("b");
        assertThat(Directions.next(layout, "b", Directions.Direction.DOWN)).contains("c");
        assertThat(Directions.next(layout, "c", Directions.Direction.UP)).contains("b");
        assertThat(Directions.next(layout, "d", Directions.Direction.LEFT)).contains("b");
        assertThat(Directions.next(layout, "a", Directions.Direction.LEFT)).isEmpty();
    }

    private static List<String> topDown(GraphLayout layout) {
        return layout.boxes().keySet().stream()
                .sorted(Comparator.comparingDouble(
                                (String name) -> box(layout, name).x())
                        .thenComparingDouble(name -> box(layout, name).y()))
                .toList();
    }

    static Box box(GraphLayout layout, String name) {
        return Objects.requireNonNull(layout.box(name));
    }

    private static GraphShape shape() {
        return GraphModel.of(SnapshotFixtures.calm()).shape();
    }

    private static GraphShape large() {
        return GraphModel.of(SnapshotFixtures.large(60, 120)).shape();
    }

    static GraphShape shapeOf(String... edges) {
        List<GraphShape.Edge> all = Stream.of(edges)
                .map(text -> new GraphShape.Edge(EdgeId.parse(text), List.of()))
                .toList();
        List<GraphShape.Node> nodes = all.stream()
                .flatMap(edge -> Stream.of(edge.id().source(), edge.id().destination()))
                .distinct()
                .sorted()
                .map(name -> new GraphShape.Node(name, ServiceKind.SERVICE, "", 1, GraphNode.Place.INNER))
                .toList();
        return new GraphShape(nodes, all);
    }
}
