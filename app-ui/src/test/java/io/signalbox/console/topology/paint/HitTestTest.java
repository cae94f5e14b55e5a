package io.signalbox.console.topology.paint;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.mesh.model.EdgeId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HitTestTest {

    private final Staged staged = Staged.of(SnapshotFixtures.calm());

    @ParameterizedTest
    @CsvSource({
        "0.05, LAMPS",
        "0.249, LAMPS",
        "0.25, PILLS",
        "0.499, PILLS",
        "0.5, CARDS",
        "0.799, CARDS",
        "0.8, ALL",
        "2.5, ALL"
    })
    void detailFollowsTheZoom(double zoom, Detail detail) {
        assertThat(Detail.at(zoom)).isEqualTo(detail);
        assertThat(Detail.at(zoom).cards()).isEqualTo(zoom >= 0.5);
        assertThat(Detail.at(zoom).dots()).isEqualTo(zoom >= 0.25);
    }

    @Test
    void aPointOnACardIsItsNode() {
        for (String name : staged.layout().boxes().keySet()) {
            Box box = Objects.requireNonNull(staged.layout().box(name));
            assertThat(at(box.centerX(), box.centerY(), 1)).isEqualTo(new Selection.Node(name));
            assertThat(at(box.x() + 0.5, box.bottom() - 0.5, 1)).isEqualTo(new Selection.Node(name));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2})
    void aPointWithin12PixelsOfALineIsItsEdge(double zoom) {
        Route bank = staged.route("payment->bank");
        double x = bank.trunk().x(bank.trunk().length() / 2);
        double y = bank.trunk().y(bank.trunk().length() / 2);
        Selection edge = new Selection.Edge(EdgeId.parse("payment->bank"));
        assertThat(at(x, y, zoom)).isEqualTo(edge);
        assertThat(near(bank, x, y, 11, zoom)).isEqualTo(edge);
        assertThat(near(bank, x, y, 14, zoom)).isNotEqualTo(edge);
    }

    /** Away from the line by so many pixels, square to it. */
    private Selection near(Route route, double x, double y, double pixels, double zoom) {
        double middle = route.trunk().length() / 2;
        double dx = route.trunk().x(middle + 4) - route.trunk().x(middle - 4);
        double dy = route.trunk().y(middle + 4) - route.trunk().y(middle - 4);
        double away = pixels / zoom / Math.hypot(dx, dy);
        return at(x - dy * away, y + dx * away, zoom);
    }

    @Test
    void nothingLiesBesideTheGraph() {
        Box all = staged.layout().bounds();
        assertThat(at(all.x() - 100, all.y() - 100, 1)).isEqualTo(Selection.nothing());
        assertThat(at(all.right() + 100, all.centerY(), 1)).isEqualTo(Selection.nothing());
    }

    @Test
    void whatIsFadedTakesNoClicks() {
        Box cart = Objects.requireNonNull(staged.layout().box("cart"));
        Viewport viewport = viewport(1);
        assertThat(HitTest.at(
                        cart.centerX(),
                        cart.centerY(),
                        viewport,
                        staged.layout(),
                        staged.routes(),
                        staged.scene(Selection.nothing(), "name:catalog", GraphScene.FindMode.HIDE_OTHERS)::clickable))
                .isEqualTo(Selection.nothing());
        assertThat(HitTest.at(
                        cart.centerX(),
                        cart.centerY(),
                        viewport,
                        staged.layout(),
                        staged.routes(),
                        staged.scene(Selection.nothing(), "name:catalog", GraphScene.FindMode.FIND)::clickable))
                .isEqualTo(new Selection.Node("cart"));
    }

    @Test
    void aLampFromAfarIsStillATargetOf24Pixels() {
        Box cart = Objects.requireNonNull(staged.layout().box("cart"));
        double outside = (24 / 0.05 - cart.height()) / 2 - 1;
        assertThat(HitTest.at(
                        cart.centerX() * 0.05,
                        (cart.y() - outside) * 0.05,
                        viewport(0.05),
                        staged.layout(),
                        staged.routes(),
                        thing -> thing.isNode("cart")))
                .isEqualTo(new Selection.Node("cart"));
    }

    @Test
    void zoomingKeepsThePointUnderThePointer() {
        Viewport before = new Viewport(1, 1, 40, 60, 800, 600);
        Viewport after = before.zoomedAt(300, 200, 1.5);
        assertThat(after.zoom()).isEqualTo(1.5);
        assertThat(after.graphX(300)).isEqualTo(before.graphX(300));
        assertThat(after.graphY(200)).isEqualTo(before.graphY(200));
        assertThat(before.zoomedAt(0, 0, 1e9).zoom()).isEqualTo(Viewport.LARGEST);
        assertThat(before.zoomedAt(0, 0, 1e-9).zoom()).isEqualTo(Viewport.SMALLEST);
    }

    @Test
    void fittingShowsTheWholeBoxAndCullingKeeps32PixelsMore() {
        Viewport.Margins margins = new Viewport.Margins(44, 18, 20, 18);
        Viewport fitted = new Viewport(1, 1, 0, 0, 800, 600).fitted(new Box(0, 0, 3_000, 500), margins, 1);
        Box seen = fitted.exactlyVisible();
        assertThat(seen.x()).isLessThanOrEqualTo(0);
        assertThat(seen.right()).isGreaterThanOrEqualTo(3_000);
        assertThat(fitted.visible().x()).isEqualTo(seen.x() - 32 / fitted.scale());
        assertThat(new Viewport(1, 1, 0, 0, 800, 600)
                        .fitted(new Box(0, 0, 10, 10), margins, 1)
                        .zoom())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "cart, cart",
        "exactlyfourtee, exactlyfourtee",
        "recommendations-1, recomme…ions-1",
    })
    void longNamesAreCutInTheMiddle(String name, String shown) {
        assertThat(ShortName.of(name)).isEqualTo(shown).hasSizeLessThanOrEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "9, 1.9", "99, 2.8", "999, 3.7", "1000000, 4"})
    void linesWidenWithTheLogarithmOfTheRate(double rps, double width) {
        assertThat(EdgeLook.width(rps)).isCloseTo(width, org.assertj.core.api.Assertions.within(1e-9));
    }

    private Selection at(double graphX, double graphY, double zoom) {
        Viewport viewport = viewport(zoom);
        return HitTest.at(
                viewport.x(graphX), viewport.y(graphY), viewport, staged.layout(), staged.routes(), thing -> true);
    }

    private static Viewport viewport(double zoom) {
        return new Viewport(zoom, 1, 0, 0, 2_000, 1_000);
    }
}
